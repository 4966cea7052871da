import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../..', import.meta.url));

/** A worker as a cluster runs it: a process of its own with a data folder of its own. */
export interface WorkerProcess {
  readonly output: () => string;
  /** `kill -9`, its readers too; without grace. */
  kill(): Promise<void>;
}

export async function startWorker(roles: string, settings: Readonly<Record<string, string>>): Promise<WorkerProcess> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskhand-worker-'));
  const outside = Object.entries(process.env).filter(([name]) => !name.startsWith('DESKHAND_'));
  const child = spawn(process.execPath, ['--conditions=source', '--disable-warning=ExperimentalWarning', 'src/app/main.ts', 'start'], {
    cwd: project,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(outside), DESKHAND_DATA_DIR: folder, DESKHAND_ROLES: roles, DESKHAND_LOG_LEVEL: 'error', ...settings },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (!printed.includes('Deskhand works as')) {
    if (child.exitCode !== null) throw new Error(`The worker ended before it was ready:\n${printed}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    output: () => printed,
    async kill() {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
