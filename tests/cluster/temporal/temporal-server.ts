import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/server.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));
/** Server and command line in one. */
export const temporalProgram = path.join(process.env['DESKHAND_PEERS'] ?? path.join(project, '.cache/peers'), 'bin', 'temporal');

/** Why there is no Temporal server here; null when there is one. */
export const temporalMissing = existsSync(temporalProgram) ? null : `no ${temporalProgram}; scripts/peers.sh temporal builds it`;
if (temporalMissing !== null) process.stderr.write(`Temporal tests skipped: ${temporalMissing}\n`);

export interface TemporalServer {
  readonly address: string;
  stop(): Promise<void>;
}

/** A real Temporal server with its own database, in memory. */
export async function startTemporal(): Promise<TemporalServer> {
  const port = await freePort();
  const child = spawn(temporalProgram, ['server', 'start-dev', '--headless', '--port', String(port), '--log-level', 'error'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Calls that a killed worker left behind fill pages of it.
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-4000)));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  // A test that fails before it can stop it leaves nothing behind.
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries > 300 || child.exitCode !== null) throw new Error(`The Temporal server did not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    address: `127.0.0.1:${port}`,
    async stop() {
      kill();
      await ended;
      process.off('exit', kill);
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
