import { fork, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createLog, migrate, startPostgres, type DatabaseUrls } from '#platform';
import { hogConnections } from '../tests/support/idle-connections.ts';
import { duration, printTable } from './figures.ts';
import type { Carried, LoadNews } from './recovery/steady-load.ts';
import type { BenchOptions } from './run.ts';

const load = fileURLToPath(new URL('recovery/steady-load.ts', import.meta.url));
const migrations = fileURLToPath(new URL('../migrations', import.meta.url));
const secret = 'a secret for benches, of the length that is asked for';
const share = 0.98;
const limitS = 10;
// One good second after a silent one is work that had piled up.
const meanOfS = 3;

interface Ground {
  readonly folder: string;
  readonly ownerUrl: string;
  readonly urls: DatabaseUrls;
}

interface Trouble {
  readonly name: string;
  readonly cause: (ground: Ground) => Promise<unknown>;
}

const troubles: readonly Trouble[] = [
  { name: 'Postgres killed (kill -9)', cause: ({ folder }) => signalPostmaster(folder, 'SIGKILL') },
  { name: 'Postgres restarted (fast shutdown)', cause: ({ folder }) => signalPostmaster(folder, 'SIGINT') },
  { name: 'all its connections cut', cause: ({ ownerUrl }) => cutConnections(ownerUrl, 100) },
  { name: '300 idle connections for 8 s, 5 of ours cut', cause: hogAndCut },
];

/**
 * Five-step workflows at a fixed rate on the embedded engine, while its Postgres is disturbed: how soon the rate is back.
 * Postgres is brought back by the product's own supervision.
 */
export async function benchRecovery({ isSmoke }: BenchOptions): Promise<void> {
  // Half of what two cores carry: what piled up must be caught up with beside what comes.
  const perSecond = isSmoke ? 30 : 50;
  const watchedS = isSmoke ? 15 : 20;
  const folder = await mkdtemp(path.join(tmpdir(), 'deskhand-bench-'));
  // The database runs as another user when we are root.
  await chmod(folder, 0o711);
  const server = await startPostgres(folder, createLog({ level: 'silent' }), { supervise: { restarted: () => undefined } });
  try {
    const { urls } = await migrate(server.url, migrations, secret);
    const child = fork(load, [urls.engine, String(perSecond)], {
      execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await heard(child, 'ready');
    // The first ones pay for plans and connections.
    await delay(3000);
    const begunAt: number[] = [];
    const met = isSmoke ? troubles.slice(0, 1) : troubles;
    for (const trouble of met) {
      await delay(meanOfS * 1000 + 2000);
      begunAt.push(Date.now());
      await Promise.all([trouble.cause({ folder, ownerUrl: server.url, urls }), delay(watchedS * 1000)]);
    }
    const done = heard(child, 'done');
    child.send('stop');
    const { carried } = await done;
    child.kill();
    report(met, carried, begunAt, { perSecond, watchedS });
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function report(
  met: readonly Trouble[],
  carried: readonly Carried[],
  begunAt: readonly number[],
  { perSecond, watchedS }: { readonly perSecond: number; readonly watchedS: number },
): void {
  const ended = carried.flatMap(({ endedAt }) => endedAt ?? []);
  const seconds = begunAt.map((at) => Array.from({ length: watchedS }, (_, second) => endedBetween(ended, at + second * 1000, 1000)));
  const before = begunAt.map((at) => endedBetween(ended, at - meanOfS * 1000, meanOfS * 1000) / meanOfS);
  printTable(
    `Recovery: five-step workflows, ${perSecond} begin each second; back at ${share * 100} % of the rate before (limit ${limitS} s)`,
    ['', 'before, per s', 'back within', 'limit', 'slowest one'],
    met.map(({ name }, index) => [
      name,
      (before[index] ?? 0).toFixed(1),
      inWords(backAfter(seconds[index] ?? [], before[index] ?? 0)),
      `${limitS} s`,
      duration(slowest(carried, begunAt[index] ?? 0, watchedS)),
    ]),
  );
  for (const [index, { name }] of met.entries()) console.log(`${name}, ended per second after: ${seconds[index]?.join(' ')}`);
  console.log(`${carried.length} begun, ${carried.length - ended.length} lost`);
  if (before.some((rate) => rate < share * perSecond))
    console.log('This machine was too busy to keep the rate even undisturbed: run it alone.');
  if (carried.length !== ended.length) process.exitCode = 1;
}

/** @returns the end of the first second at the rate of before that is followed by others like it, in seconds */
function backAfter(seconds: readonly number[], before: number): number | null {
  for (let second = 0; second + meanOfS <= seconds.length; second += 1) {
    const mean = seconds.slice(second, second + meanOfS).reduce((sum, count) => sum + count, 0) / meanOfS;
    if ((seconds[second] ?? 0) >= share * before && mean >= share * before) return second + 1;
  }
  return null;
}

function inWords(seconds: number | null): string {
  return seconds === null ? 'never' : `${seconds} s`;
}

function endedBetween(ended: readonly number[], from: number, forMs: number): number {
  return ended.filter((at) => at >= from && at < from + forMs).length;
}

/** From when it was due to its end, of those that were due while it was watched. */
function slowest(carried: readonly Carried[], from: number, watchedS: number): number {
  const inTime = carried.filter(({ dueAt }) => dueAt >= from - 1000 && dueAt < from + watchedS * 1000);
  return Math.max(...inTime.map(({ dueAt, endedAt }) => (endedAt ?? Number.POSITIVE_INFINITY) - dueAt));
}

function heard<Kind extends LoadNews['kind']>(child: ChildProcess, kind: Kind): Promise<Extract<LoadNews, { readonly kind: Kind }>> {
  return new Promise((resolve, reject) => {
    child.once('exit', (status) => reject(new Error(`The load ended with status ${status} before it was ${kind}.`)));
    child.on('message', (news: LoadNews) => {
      if (news.kind === kind) resolve(news as Extract<LoadNews, { readonly kind: Kind }>);
    });
  });
}

async function signalPostmaster(folder: string, signal: NodeJS.Signals): Promise<void> {
  process.kill(Number((await readFile(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]), signal);
}

async function cutConnections(ownerUrl: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from (
       select pid from pg_stat_activity where usename = 'deskhand_engine' order by pid limit $1) as ours`,
    [count],
  );
  await client.end();
}

async function hogAndCut({ ownerUrl, urls }: Ground): Promise<void> {
  const hogs = await hogConnections(urls.app, 300);
  console.log(`idle connections: ${hogs.held()} held, ${hogs.refused()} refused by Postgres`);
  await cutConnections(ownerUrl, 5);
  await delay(8000);
  await hogs.release();
}
