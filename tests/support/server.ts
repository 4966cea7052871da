import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** A Deskhand of its own, in a data folder of its own, started as a user starts it. */
export interface TestServer {
  readonly url: string;
  readonly dataFolder: string;
  /** Everything it printed. */
  output(): string;
  /** Its own process and the database's, which is nobody's child. */
  processes(): readonly number[];
  /** As Ctrl-C. @returns the exit status. */
  interrupt(): Promise<number | null>;
  /** `kill -9` of the server and all its children, the database included. */
  killTree(): Promise<void>;
  /** Starts again on the same data folder and port. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** @param settings - environment on top of a quiet log. */
export async function startTestServer(settings: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'deskhand-journey-'));
  // The database runs as another user when we are root, and mkdtemp closes its folder to all others.
  await chmod(dataFolder, 0o711);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let printed = '';
  const server: TestServer = {
    url,
    dataFolder,
    output: () => printed,
    processes: () => [child?.pid, databaseOf(dataFolder)].filter((pid) => pid !== undefined),
    async start() {
      child = spawn(process.execPath, [path.join(projectFolder, 'scripts', 'deskhand.mjs'), 'start'], {
        cwd: projectFolder,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...environmentForServer(),
          DESKHAND_DATA_DIR: dataFolder,
          DESKHAND_PORT: String(port),
          DESKHAND_LOG_LEVEL: 'warn',
          ...settings,
        },
      });
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      await untilReady(url, child, () => printed);
    },
    async interrupt() {
      if (child === null) return null;
      const ended = onceEnded(child);
      child.kill('SIGINT');
      return ended;
    },
    async killTree() {
      if (child?.pid === undefined) return;
      const ended = onceEnded(child);
      killAll(server.processes());
      await ended;
    },
    async remove() {
      if (child !== null && child.exitCode === null && child.signalCode === null) await server.interrupt();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** What is set for tests and benches (where the data lies, a seed) is no setting of the server, which refuses what it does not know. */
function environmentForServer(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DESKHAND_')));
}

function databaseOf(dataFolder: string): number | undefined {
  const file = path.join(dataFolder, 'postgres', 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  // A server that died leaves the file behind, and its number may be another's by now.
  const command = `/proc/${pid}/cmdline`;
  return pid > 0 && existsSync(command) && readFileSync(command, 'utf8').includes(dataFolder) ? pid : undefined;
}

/** The whole tree, found by its parent links before anything dies. */
function killAll(roots: readonly number[]): void {
  for (const pid of new Set(roots.flatMap(descendantsOf))) signal(pid);
}

function descendantsOf(rootPid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = readStat(entry);
    const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    if (parent !== undefined) parents.set(Number(entry), Number(parent));
  }
  const found = [rootPid];
  for (const pid of found) found.push(...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child));
  return found;
}

function readStat(pid: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT' || (thrown as NodeJS.ErrnoException).code === 'ESRCH') return null;
    throw thrown;
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}

function onceEnded(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

async function untilReady(url: string, child: ChildProcess, printed: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Deskhand ended with ${child.exitCode} before it was ready:\n${printed()}`);
    const isReady = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
