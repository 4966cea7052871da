import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createLog, migrate, startPostgres, type DatabaseUrls, type PostgresServer } from '#platform';
import { testSecret } from '../support/postgres-server.ts';
import { seededRandom } from '../support/random.ts';
import { openChaosOffice, type ChaosOffice, type ChaosServer } from './chaos-office.ts';

// 100 kills in CI; the nightly command sets 1,000, with invoices enough that all of them fall among work.
const kills = Number(process.env['CHAOS_KILLS'] ?? 100);
const invoices = Number(process.env['CHAOS_INVOICES'] ?? 500);
const seed = Number(process.env['CHAOS_SEED'] ?? 20261123);
const duplicatesWanted = 200;
// A kill with its waits takes about 3 s on two cores.
const timeLimitMs = 600_000 + kills * 12_000;
const lies = ['drop-before', 'drop-after', 'error-after', 'wrong-json', 'torn', 'late', 'unavailable'] as const;
const bankTroubles = [...lies, ...lies.map(() => 'duplicate' as const)];

let folder: string;
let postgres: PostgresServer;
let urls: DatabaseUrls;
let office: ChaosOffice;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskhand-chaos-pg-'));
  await chmod(folder, 0o711);
  await startDatabase();
  // Most submissions meet a fault: half of those arrive twice, the rest are lost, late or torn on their way.
  office = await openChaosOffice({ urls, query }, { seed, share: 0.9, kinds: bankTroubles }, invoices);
});
afterEach(async () => {
  await office?.close();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function startDatabase(): Promise<void> {
  postgres = await startPostgres(folder, createLog({ level: 'error' }));
  ({ urls } = await migrate(postgres.url, path.resolve(import.meta.dirname, '../../migrations'), testSecret));
}

/** Asks again while the database is away: the people of this office are patient. */
async function query(text: string): Promise<readonly Record<string, unknown>[]> {
  for (let tries = 0; ; tries += 1) {
    const client = new pg.Client({ connectionString: postgres.url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Record<string, unknown>>(text)).rows;
    } catch (thrown) {
      if (tries === 100) throw thrown;
      await delay(100);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

test(
  `${kills} kill -9 of servers and Postgres while ${invoices} invoices run lose nothing and pay nothing twice (seed ${seed})`,
  async () => {
    console.log(`random kills: seed ${seed}`);
    const random = seededRandom(seed);
    const counts = { server: 0, postgres: 0 };
    const servers: ChaosServer[] = [await office.startServer(), await office.startServer()];
    let dropped = 0;
    let isOver = false;
    const dropping = (async () => {
      for (; dropped < invoices && !isOver; dropped += 1) await office.drop();
    })();
    const paying = (async () => {
      while (!isOver) {
        await office.pay();
        await delay(100);
      }
    })();
    const loops = Promise.allSettled([dropping, paying]);
    onTestFinished(async () => {
      isOver = true;
      await loops;
    });
    for (let kill = 0; kill < kills; kill += 1) {
      await delay(200 + random() * 1300);
      // One in eight takes the database with it.
      if (random() < 0.125) {
        counts.postgres += 1;
        await killPostgres();
      } else {
        counts.server += 1;
        const victim = Math.floor(random() * servers.length);
        await servers[victim]?.kill();
        servers[victim] = await office.startServer();
      }
      await reviveServers();
    }
    await dropping;
    expect(dropped).toBe(invoices);
    isOver = true;
    await paying;
    await reviveServers();
    await office.untilAllPaid(60_000);
    // Whatever was delivered late or twice must find nothing to do.
    await delay(3000);
    const duplicates = office.bank.duplicates();
    console.log(
      `random kills: ${counts.server} servers and ${counts.postgres} databases killed; ${invoices} invoices paid once; ` +
        `${duplicates} duplicates and ${office.bank.seen.faults} faults at the bank`,
    );
    await office.checkBooks();
    // With too few the run would have shown nothing.
    expect(duplicates).toBeGreaterThanOrEqual(Math.min(duplicatesWanted, Math.floor(invoices * 0.4)));

    /** As a service manager does: one that could not start, as the database was away just then, is started again. */
    async function reviveServers(): Promise<void> {
      for (const [index, server] of servers.entries()) if (server.hasEnded()) servers[index] = await office.startServer();
    }
  },
  timeLimitMs,
);

/** The postmaster and all its children at once, as when the machine loses its power; then it is started again. */
async function killPostgres(): Promise<void> {
  const pid = (await readFile(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0] ?? '';
  await promisify(execFile)('pkill', ['-KILL', '-P', pid]).catch(() => undefined);
  process.kill(Number(pid), 'SIGKILL');
  await startDatabase();
}
