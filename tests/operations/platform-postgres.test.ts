import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, chown, mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog, isAlive, startPostgres } from '#platform';

const program = path.resolve(import.meta.dirname, '../support/run-postgres.ts');
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

let base = '';
const running: ChildProcess[] = [];

beforeEach(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'postgres-'));
  await chmod(base, 0o755);
});
afterEach(async () => {
  for (const child of running.splice(0)) if (child.exitCode === null && child.signalCode === null) await end(child, 'SIGTERM');
  await rm(base, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
}

async function start(dataFolder: string, identity: { uid?: number; gid?: number } = {}): Promise<Started> {
  const child = spawn(process.execPath, ['--conditions=source', program, dataFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: os.tmpdir(),
    ...identity,
  });
  running.push(child);
  let output = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    output += chunk.toString();
    if (output.includes('\n')) return { child, url: output.trim() };
  }
  throw new Error(errors);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'close');
  child.kill(signal);
  await ended;
}

async function ask(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  // A server that is stopped under us is what some of these tests are about.
  client.on('error', () => null);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Takes the port as soon as the killed server lets go of it. */
async function holdPort(port: number): Promise<Server> {
  for (;;) {
    const holder = createServer().listen(port, '127.0.0.1');
    // Not by `once` of node:events, which throws at an error while it waits for anything else.
    const isHeld = await new Promise<boolean>((resolve) => {
      holder.once('listening', () => resolve(true)).once('error', () => resolve(false));
    });
    if (isHeld) return holder;
  }
}

async function postmasterOf(dataFolder: string): Promise<number> {
  return Number((await readFile(path.join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

async function recovery(dataFolder: string, identity: { uid?: number; gid?: number } = {}): Promise<void> {
  const first = await start(dataFolder, identity);
  await ask(first.url, 'create table kept (value integer); insert into kept values (1)');
  const orphan = await postmasterOf(dataFolder);
  await end(first.child, 'SIGKILL');
  expect(isAlive(orphan), 'the server outlives its parent').toBe(true);
  const second = await start(dataFolder, identity);
  expect(isAlive(orphan), 'the orphan was stopped').toBe(false);
  expect(await ask(second.url, 'select value from kept')).toEqual([{ value: 1 }]);
  const third = await postmasterOf(dataFolder);
  await end(second.child, 'SIGTERM');
  expect(isAlive(third), 'a stop takes the database with it').toBe(false);
}

describe('embedded Postgres', () => {
  test('recovers from kill -9: the orphan is stopped and nothing is lost', () => recovery(path.join(base, 'data')));

  test.runIf(isRoot)('does the same for a user who is not root', async () => {
    await chown(base, nobody, nobody);
    await recovery(path.join(base, 'data'), { uid: nobody, gid: nobody });
  });

  test('recovers on its port when the server and all its children were killed too, though the port is not free at once', async () => {
    const dataFolder = path.join(base, 'data');
    const first = await start(dataFolder);
    await ask(first.url, 'create table kept (value integer); insert into kept values (1)');
    const postmaster = await postmasterOf(dataFolder);
    first.child.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    const port = Number(new URL(first.url).port);
    const late = await holdPort(port);
    setTimeout(() => late.close(), 1500);
    const second = await start(dataFolder);
    expect(Number(new URL(second.url).port)).toBe(port);
    expect(await ask(second.url, 'select value from kept')).toEqual([{ value: 1 }]);
  });

  test('one that dies is started again on its port, as often as it dies, and can be stopped while it is dead', async () => {
    const dataFolder = path.join(base, 'data');
    await mkdir(dataFolder);
    const restarts: string[] = [];
    const server = await startPostgres(dataFolder, createLog({ level: 'silent' }), {
      supervise: { restarted: (outcome) => restarts.push(outcome) },
    });
    await ask(server.url, 'create table kept (value integer); insert into kept values (1)');
    for (const [deaths, signal] of (['SIGKILL', 'SIGINT'] as const).entries()) {
      process.kill(await postmasterOf(dataFolder), signal);
      await expect.poll(() => restarts, { timeout: 20_000, interval: 20 }).toEqual(Array.from({ length: deaths + 1 }, () => 'started'));
      expect(await ask(server.url, 'select value from kept')).toEqual([{ value: 1 }]);
    }
    const postmaster = await postmasterOf(dataFolder);
    process.kill(postmaster, 'SIGKILL');
    await server.stop();
    expect(isAlive(postmaster)).toBe(false);
    await expect(ask(server.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('a lock file whose number belongs to another process by now is stale', async () => {
    const dataFolder = path.join(base, 'data');
    const first = await start(dataFolder);
    await end(first.child, 'SIGTERM');
    const lock = path.join(dataFolder, 'postgres', 'postmaster.pid');
    await writeFile(lock, `${process.pid}\n${dataFolder}/postgres\n1700000000\n5432\n\n127.0.0.1\n\nready\n`);
    const second = await start(dataFolder);
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a database that was half made is made again', async () => {
    const dataFolder = path.join(base, 'data');
    await mkdir(path.join(dataFolder, 'postgres'), { recursive: true });
    await writeFile(path.join(dataFolder, 'postgres', 'PG_VERSION'), '18\n');
    const { url } = await start(dataFolder);
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('listens on loopback only, wants a password, keeps it to its owner and syncs each commit', async () => {
    const dataFolder = path.join(base, 'data');
    const { url } = await start(dataFolder);
    const [row] = await ask(
      url,
      `select current_setting('listen_addresses') as host, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
        current_setting('unix_socket_directories') as socket, current_setting('shared_buffers') as buffers`,
    );
    expect(row).toEqual({ host: '127.0.0.1', fsync: 'on', commit: 'on', socket: '', buffers: '64MB' });
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(ask(wrong.toString(), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    const { mode } = await stat(path.join(dataFolder, 'postgres-password'));
    expect(mode & 0o077).toBe(0);
  });

  test('a second start on the same folder says who runs and where', async () => {
    const dataFolder = path.join(base, 'data');
    const first = await start(dataFolder);
    await expect(start(dataFolder)).rejects.toThrow(/DH_PLATFORM_ALREADY_RUNNING/);
    await expect(start(dataFolder)).rejects.toThrow(new RegExp(`runs at http://127.0.0.1:3999 \\(process ${first.child.pid}\\)`));
    await end(first.child, 'SIGTERM');
    await expect(access(path.join(dataFolder, 'deskhand.pid'))).rejects.toThrow();
  });

  test.runIf(isRoot)('as root below a folder that no other user may enter, the database moves out and is found again', async () => {
    await chmod(base, 0o700);
    const dataFolder = path.join(base, 'data');
    await recovery(dataFolder);
    const moved = await readlink(path.join(dataFolder, 'postgres'));
    expect(moved).toMatch(/^\/var\/lib\/deskhand\/data-/);
    await rm(moved, { recursive: true });
  });
});
