import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/server.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));
const program = path.join(process.env['DESKHAND_PEERS'] ?? path.join(project, '.cache/peers'), 'bin', 'temporal');

/** Why there is no Temporal server here; null when there is one. */
export const temporalMissing = existsSync(program) ? null : `no ${program}; scripts/peers.sh temporal builds it`;
if (temporalMissing !== null) process.stderr.write(`Temporal tests skipped: ${temporalMissing}\n`);

export interface TemporalServer {
  readonly address: string;
  stop(): Promise<void>;
}

/** A real Temporal server with its own database in a folder of its own. */
export async function startTemporal(): Promise<TemporalServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskhand-temporal-'));
  const port = await freePort();
  const child = spawn(
    program,
    [
      'server',
      'start-dev',
      '--headless',
      '--port',
      String(port),
      '--db-filename',
      path.join(folder, 'temporal.db'),
      '--log-level',
      'error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries > 300 || child.exitCode !== null) throw new Error('The Temporal server did not start.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    address: `127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
