import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { createLog, migrate, startPostgres } from '#platform';
import { duration, megabytes, percentile, printTable } from './figures.ts';
import type { Throughput } from './workflows/subject.ts';
import { makeWaiting, type WaitingFigures } from './workflows/waiting.ts';

const subject = fileURLToPath(new URL('workflows/subject.ts', import.meta.url));
const migrations = fileURLToPath(new URL('../migrations', import.meta.url));
const secret = 'a secret for benches, of the length that is asked for';

interface Bench {
  readonly isSmoke: boolean;
  /** A migrated database of its own for each measurement. */
  readonly createDatabase: () => Promise<{ readonly owner: string; readonly engine: string }>;
}

/**
 * The embedded engine beside bare DBOS and two job queues, on one Postgres with fsync and synchronous_commit on; and a
 * hundred thousand approvals that wait.
 */
export async function benchWorkflows({ isSmoke }: { readonly isSmoke: boolean }): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskhand-bench-'));
  // The database runs as another user when we are root.
  await chmod(folder, 0o711);
  const server = await startPostgres(folder, createLog({ level: 'silent' }));
  let made = 0;
  try {
    await printSettings(server.url);
    const bench: Bench = {
      isSmoke,
      async createDatabase() {
        made += 1;
        return await createDatabase(server.url, `bench_${made}`);
      },
    };
    await benchRate(bench);
    await benchThroughput(bench);
    await benchWaiting(bench);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchRate({ isSmoke, createDatabase: create }: Bench): Promise<void> {
  const count = isSmoke ? 300 : 3000;
  // Ours and bare take turns: the machine's mood changes over minutes.
  const times: Record<'ours' | 'bare DBOS', number[]> = { ours: [], 'bare DBOS': [] };
  for (let round = 0; round < (isSmoke ? 1 : 3); round += 1) {
    for (const name of ['bare DBOS', 'ours'] as const) {
      const { owner, engine } = await create();
      times[name].push(...(await measure<number[]>('rate', name, name === 'ours' ? engine : owner, count)));
    }
  }
  const row = (name: keyof typeof times): string[] => [
    name,
    String(times[name].length),
    ...[50, 95, 99].map((rank) => duration(percentile(times[name], rank))),
  ];
  const overhead = percentile(times.ours, 50) / percentile(times['bare DBOS'], 50) - 1;
  printTable(
    'Workflows: five steps, 100 begin each second, start to finish (limit: p50 20 ms, p99 100 ms)',
    ['', 'workflows', 'p50', 'p95', 'p99'],
    [row('bare DBOS'), row('ours'), ['overhead of p50 (limit 10 %)', `${(overhead * 100).toFixed(1)} %`]],
  );
}

async function benchThroughput({ isSmoke, createDatabase: create }: Bench): Promise<void> {
  const rounds = isSmoke ? 1 : 3;
  const rates = new Map<string, Throughput[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ['bare DBOS', 'ours', 'graphile-worker', 'pg-boss']) {
      const { owner, engine } = await create();
      const rate = await measure<Throughput>('throughput', name, name === 'ours' ? engine : owner, isSmoke ? 300 : 2000);
      rates.set(name, [...(rates.get(name) ?? []), rate]);
    }
  }
  const medianOf = (name: string, figure: keyof Throughput): number =>
    percentile(
      (rates.get(name) ?? []).map((rate) => rate[figure]),
      50,
    );
  printTable(
    `Workflows: five steps, 100 at a time, median of ${rounds}; the queues carry five jobs, each of which sends the next`,
    ['', 'workflows/s', 'against bare DBOS (limit 0.9)', 'CPU of the process each'],
    [...rates.keys()].map((name) => [
      name,
      medianOf(name, 'perSecond').toFixed(0),
      (medianOf(name, 'perSecond') / medianOf('bare DBOS', 'perSecond')).toFixed(2),
      duration(medianOf(name, 'cpuMsEach')),
    ]),
  );
}

async function benchWaiting({ isSmoke, createDatabase: create }: Bench): Promise<void> {
  const waiting = isSmoke ? 5000 : 100_000;
  const signals = isSmoke ? 50 : 500;
  const { owner, engine } = await create();
  const empty = await measure<WaitingFigures>('waiting', 'ours', engine, 0);
  await makeWaiting(engine, owner, waiting);
  const full = await measure<WaitingFigures>('waiting', 'ours', engine, signals);
  const rows: (readonly [string, (figures: WaitingFigures) => string, string])[] = [
    ['waiting', (figures) => String(figures.waiting + figures.signals), ''],
    ['memory of the server process', (figures) => megabytes(figures.serverBytes), '50 MB more'],
    ['CPU over 10 s idle', (figures) => duration(figures.idleCpuMs), 'no more'],
    ['engine launched', (figures) => duration(figures.launchMs), '10 s'],
    ['signal to go on, p50', (figures) => duration(figures.p50), '150 ms'],
    ['signal to go on, p99', (figures) => duration(figures.p99), ''],
  ];
  printTable(
    'Workflows: approvals that wait',
    ['', 'none wait', 'they wait', 'limit'],
    rows.map(([about, show, limit]) => [about, show(empty), show(full), limit]),
  );
}

/** Runs one measurement in a process of its own. */
async function measure<Result>(part: string, name: string, url: string, size: number): Promise<Result> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=source', '--expose-gc', '--disable-warning=ExperimentalWarning', subject, part, name, url, String(size)],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result;
}

async function createDatabase(serverUrl: string, name: string): Promise<{ owner: string; engine: string }> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.query('checkpoint');
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const { urls } = await migrate(url.toString(), migrations, secret);
  return urls;
}

async function printSettings(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ version: string; fsync: string; commit: string }>(
    `select current_setting('server_version') as version, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
  );
  await client.end();
  const [row] = rows;
  console.log(`Postgres ${row?.version}, fsync ${row?.fsync}, synchronous_commit ${row?.commit}`);
}
