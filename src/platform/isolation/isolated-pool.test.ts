import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { isAlive } from '../process-identity.ts';
import { createIsolatedPool, type IsolatedPool, type IsolatedPoolOptions } from './isolated-pool.ts';

const open: IsolatedPool[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.close()));
});

function buildPool(options: Partial<IsolatedPoolOptions> = {}): IsolatedPool {
  const pool = createIsolatedPool({
    entry: new URL('./fixtures/tasks.ts', import.meta.url),
    processes: 1,
    timeoutMs: 10_000,
    memoryLimitBytes: 400e6,
    ...options,
  });
  open.push(pool);
  return pool;
}

async function until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
  const end = Date.now() + timeoutMs;
  while (!condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  return condition();
}

test('runs tasks in another process, bytes included, and without our environment', { timeout: 20_000 }, async () => {
  const pool = buildPool();
  expect(await pool.run('double', 21)).toBe(42);
  expect(await pool.run('echo', new Uint8Array([1, 2, 255]))).toEqual(new Uint8Array([1, 2, 255]));
  expect(await pool.run('processId', null)).not.toBe(process.pid);
  expect((await pool.run<string[]>('environment', null)).filter((name) => !name.startsWith('NODE_'))).toEqual([]);
});

test('ends a task that takes too long, with a child that never yields, and goes on with the next', { timeout: 20_000 }, async () => {
  const pool = buildPool();
  await pool.run('double', 1);
  await expect(pool.run('spin', null, { timeoutMs: 300 })).rejects.toMatchObject({ code: 'DH_PLATFORM_ISOLATED_TIMED_OUT' });
  expect(await pool.run('double', 4)).toBe(8);
});

test('does not end a task that stays within its time', { timeout: 20_000 }, async () => {
  expect(await buildPool().run('double', 2, { timeoutMs: 9_000 })).toBe(4);
});

test.skipIf(process.platform !== 'linux')('ends a task whose native memory grows over the limit', { timeout: 20_000 }, async () => {
  const pool = buildPool();
  await expect(pool.run('eatNativeMemory', null)).rejects.toMatchObject({ code: 'DH_PLATFORM_ISOLATED_OUT_OF_MEMORY' });
  expect(await pool.run('double', 5)).toBe(10);
});

test('what failed without a name is replaced: its native code may have stopped halfway', { timeout: 20_000 }, async () => {
  const pool = buildPool();
  const first = await pool.run('processId', null);
  await expect(pool.run('refuse', null)).rejects.toMatchObject({ code: 'DH_TEST_REFUSED' });
  expect(await pool.run('processId', null)).toBe(first);
  await expect(pool.run('slip', null)).rejects.toMatchObject({ code: 'DH_PLATFORM_ISOLATED_CRASHED' });
  expect(await pool.run('processId', null)).not.toBe(first);
});

test('ends a task whose objects fill the heap', { timeout: 30_000 }, async () => {
  const pool = buildPool();
  await expect(pool.run('eatHeap', null)).rejects.toMatchObject({ code: 'DH_PLATFORM_ISOLATED_OUT_OF_MEMORY' });
});

test('a crash reaches only the task that caused it', { timeout: 20_000 }, async () => {
  const pool = buildPool({ processes: 2 });
  const results = await Promise.allSettled([pool.run('die', null), pool.run('double', 1), pool.run('exit', null), pool.run('double', 2)]);
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as { code: string }).code))).toEqual([
    'DH_PLATFORM_ISOLATED_CRASHED',
    2,
    'DH_PLATFORM_ISOLATED_CRASHED',
    4,
  ]);
});

test('a named error of the task arrives as itself, another one without its text', { timeout: 20_000 }, async () => {
  const pool = buildPool();
  await expect(pool.run('refuse', null)).rejects.toMatchObject({ code: 'DH_TEST_REFUSED', kind: 'invalid', details: { limit: 3 } });
  const slip = await pool.run('slip', null).catch((error: unknown) => error);
  expect(slip).toMatchObject({ code: 'DH_PLATFORM_ISOLATED_CRASHED', details: { errorName: 'TypeError' } });
  expect(String(slip)).not.toContain('text of a document');
});

test('a child that cannot load its code is a fault of the installation, with its cause', { timeout: 20_000 }, async () => {
  const pool = buildPool({ entry: new URL('./fixtures/broken-tasks.ts', import.meta.url) });
  await expect(pool.run('double', 1)).rejects.toMatchObject({
    code: 'DH_PLATFORM_ISOLATED_BROKEN',
    cause: expect.stringContaining('installation is incomplete') as string,
  });
});

test('closing rejects what is under way and what waits, and leaves no child', { timeout: 20_000 }, async () => {
  const pool = buildPool();
  const childId = await pool.run<number>('processId', null);
  const all = Promise.allSettled([pool.run('spin', null), pool.run('double', 1)]);
  await pool.close();
  expect((await all).map((result) => (result as PromiseRejectedResult).reason.code)).toEqual([
    'DH_PLATFORM_ISOLATED_CLOSED',
    'DH_PLATFORM_ISOLATED_CLOSED',
  ]);
  expect(await until(() => !isAlive(childId), 2_000)).toBe(true);
});

test('stops a child that has had no work for a while', { timeout: 20_000 }, async () => {
  const pool = buildPool({ idleMs: 100 });
  const childId = await pool.run<number>('processId', null);
  expect(await until(() => !isAlive(childId), 3_000)).toBe(true);
  expect(await pool.run('double', 3)).toBe(6);
});

test.each(['idle', 'busy'])('an %s child ends when its parent is killed', { timeout: 30_000 }, async (state) => {
  const parent = spawn(process.execPath, ['--conditions=source', fileURLToPath(new URL('./fixtures/parent.ts', import.meta.url)), state], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  const childId = Number(said.toString());
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(isAlive(childId)).toBe(true);
  parent.kill('SIGKILL');
  expect(await until(() => !isAlive(childId), 5_000)).toBe(true);
});
