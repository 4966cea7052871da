import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createLog, migrate, startPostgres, type DatabaseUrls, type PostgresServer } from '#platform';
import { hogConnections } from '../support/idle-connections.ts';
import { testSecret } from '../support/postgres-server.ts';
import { seededRandom } from '../support/random.ts';
import { openChaosOffice, type ChaosOffice } from './chaos-office.ts';

const seed = Number(process.env['CHAOS_SEED'] ?? 20261124);
// The nightly command asks for more of each.
const restarts = Number(process.env['CHAOS_RESTARTS'] ?? 3);
const cuts = Number(process.env['CHAOS_CUTS'] ?? 10);
const idleConnections = 300;
const hogMs = 6000;
// A person would look after a minute; from arrival to payment, which is more than any one step.
const stuckAfterMs = 60_000;

let folder: string;
let postgres: PostgresServer;
let urls: DatabaseUrls;
let office: ChaosOffice;
let restarted: number;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskhand-chaos-pg-'));
  await chmod(folder, 0o711);
  restarted = 0;
  // The product's own supervision brings it back, as in a server that runs.
  const supervise = { restarted: (outcome: string) => (restarted += outcome === 'started' ? 1 : 0) };
  postgres = await startPostgres(folder, createLog({ level: 'silent' }), { supervise });
  ({ urls } = await migrate(postgres.url, path.resolve(import.meta.dirname, '../../migrations'), testSecret));
  office = await openChaosOffice({ urls, query }, { seed, share: 0.2, kinds: ['duplicate', 'drop-after'] }, 2000);
});
afterEach(async () => {
  await office?.close();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** As the owner, for whom Postgres keeps a few connections free; asks again while the database is away. */
async function query(text: string): Promise<readonly Record<string, unknown>[]> {
  for (let tries = 0; ; tries += 1) {
    const client = new pg.Client({ connectionString: postgres.url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Record<string, unknown>>(text)).rows;
    } catch (thrown) {
      if (tries === 200) throw thrown;
      await delay(100);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

test(`restarts of Postgres, cut connections and ${idleConnections} idle ones lose nothing and pay nothing twice (seed ${seed})`, async () => {
  console.log(`database troubles: seed ${seed}`);
  const random = seededRandom(seed);
  const servers = [await office.startServer(), await office.startServer()];
  let isOver = false;
  let dropped = 0;
  const busy = Promise.all([
    (async () => {
      for (; !isOver; dropped += 1) {
        await office.drop();
        await delay(300);
      }
    })(),
    (async () => {
      while (!isOver) {
        await office.pay();
        await delay(200);
      }
    })(),
  ]);
  onTestFinished(async () => {
    isOver = true;
    await busy.catch(() => undefined);
  });
  await told('before anything', () => delay(1500));
  await told(`${restarts} restarts`, () => restartAgainAndAgain(random));
  await told(`${cuts} cuts`, () => cutAgainAndAgain(random));
  await told(`${idleConnections} idle connections`, () => takeAllConnections(random));
  isOver = true;
  await busy;
  await office.untilAllPaid(stuckAfterMs);
  expect(servers.map((server) => server.hasEnded())).toEqual([false, false]);
  expect(restarted).toBe(restarts);
  const slowest = await slowestMs();
  console.log(`database troubles: ${dropped} invoices paid once; the slowest took ${(slowest / 1000).toFixed(1)} s from its arrival`);
  expect(slowest).toBeLessThan(stuckAfterMs);
  await office.checkBooks();

  async function told(what: string, work: () => Promise<string | void>): Promise<void> {
    const before = office.bank.booked().length;
    const startedAt = performance.now();
    const more = await work();
    const seconds = (performance.now() - startedAt) / 1000;
    console.log(
      `  ${what}: ${office.bank.booked().length - before} paid in ${seconds.toFixed(1)} s${more === undefined ? '' : `; ${more}`}`,
    );
  }
});

/** In turn as an administrator does it and as the kernel does it when memory is short. */
async function restartAgainAndAgain(random: () => number): Promise<void> {
  for (let restart = 0; restart < restarts; restart += 1) {
    await delay(5000 + random() * 5000);
    const pid = Number((await readFile(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, restart % 2 === 0 ? 'SIGKILL' : 'SIGINT');
    await expect.poll(() => restarted, { timeout: 60_000, interval: 20 }).toBe(restart + 1);
  }
}

async function cutAgainAndAgain(random: () => number): Promise<string> {
  let cut = 0;
  for (let round = 0; round < cuts; round += 1) {
    await delay(200 + random() * 800);
    cut += await cutSome(random, 1 + Math.floor(random() * 4));
  }
  return `${cut} connections cut`;
}

/** Some of the product's connections, whatever they are doing. */
async function cutSome(random: () => number, count: number): Promise<number> {
  const rows = await query(
    `select pid from pg_stat_activity where usename like 'deskhand\\_%' and usename <> current_user and application_name <> 'hog' order by pid`,
  );
  const pids = rows.map((row) => Number(row['pid']));
  const chosen = Array.from({ length: Math.min(count, pids.length) }, () => pids.splice(Math.floor(random() * pids.length), 1)[0]);
  if (chosen.length > 0) await query(`select pg_terminate_backend(pid) from unnest('{${chosen.join(',')}}'::int[]) as pid`);
  return chosen.length;
}

/** Somebody takes all connections there are, and those that the product loses meanwhile. */
async function takeAllConnections(random: () => number): Promise<string> {
  const hogs = await hogConnections(urls.app, idleConnections);
  const until = performance.now() + hogMs;
  while (performance.now() < until) {
    await cutSome(random, 1);
    await delay(1000);
  }
  const said = `${hogs.held()} held, ${hogs.refused()} refused`;
  const left = await query(
    `select count(*)::int as n from pg_stat_activity where application_name <> 'hog' and usename like 'deskhand\\_%'`,
  );
  await hogs.release();
  // With connections to spare the run would have shown nothing.
  expect(hogs.refused()).toBeGreaterThan(idleConnections / 2);
  await delay(2000);
  return `${said}, ${String(left[0]?.['n'])} left to everybody else`;
}

/** From the arrival of an invoice to the last that happened to it, its payment. */
async function slowestMs(): Promise<number> {
  const [row] = await query(`
    select max(extract(epoch from last.at - e.received_at) * 1000)::float8 as ms
      from invoices i join documents d on d.id = i.document_id join events e on e.id = d.event_id
      cross join lateral (select max(at) as at from stream_events where stream_id = i.id) as last`);
  return Number(row?.['ms']);
}
