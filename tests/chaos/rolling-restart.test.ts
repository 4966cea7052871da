import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { seededRandom } from '../support/random.ts';
import { openChaosOffice, type ChaosOffice, type ChaosServer } from './chaos-office.ts';
import type { Graceful } from './server-process.ts';

const seed = Number(process.env['CHAOS_SEED'] ?? 20261124);
const invoices = 60;
const restarts = 4;

let folder: string;
let database: TestDatabase;
let office: ChaosOffice;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskhand-rolling-'));
  database = await createTestDatabase();
  await database.query(`grant create on database ${new URL(database.url).pathname.slice(1)} to deskhand_engine`);
  office = await openChaosOffice(database, {}, invoices);
});
afterEach(async () => {
  await office?.close();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const gracefully = (drainMs: number): Graceful => ({ drainMs, journal: path.join(folder, 'journal'), activityMs: 60 });

test(`servers are replaced one after the other while invoices run: no activity runs twice, no step is lost (seed ${seed})`, async () => {
  console.log(`rolling restart: seed ${seed}`);
  const random = seededRandom(seed);
  const servers: ChaosServer[] = [await office.startServer(null, gracefully(10_000)), await office.startServer(null, gracefully(10_000))];
  const dropping = (async () => {
    for (let invoice = 0; invoice < invoices; invoice += 1) {
      await office.drop();
      await delay(40 + random() * 80);
    }
  })();
  let isPaying = true;
  const paying = (async () => {
    while (isPaying) {
      await office.pay();
      await delay(100);
    }
  })();
  const stopMs: number[] = [];
  for (let restart = 0; restart < restarts; restart += 1) {
    await delay(200 + random() * 500);
    // The new one starts beside the old one, as an upgrade does it.
    const next = await office.startServer(null, gracefully(10_000));
    const startedAt = performance.now();
    expect(await servers.shift()?.stop()).toBe(0);
    stopMs.push(performance.now() - startedAt);
    servers.push(next);
  }
  await dropping;
  isPaying = false;
  await paying;
  await office.untilAllPaid(30_000);
  await office.checkBooks();

  const { doubled, lost, begun, underWay } = await countActivities();
  console.log(
    `rolling restart: ${restarts} servers replaced, ${invoices} invoices paid once, ${begun} activities, ${underWay.join('+')} under way at the ` +
      `stops, none run twice; a stop took ${stopMs.map((ms) => Math.round(ms)).join(', ')} ms`,
  );
  expect({ doubled, lost }).toEqual({ doubled: [], lost: [] });
  expect(await repeatedEntries()).toEqual([]);
  // With nothing under way the run would have shown nothing.
  expect(underWay.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(restarts);
});

test('the count finds what a stop without draining runs twice', async () => {
  const first = await office.startServer(null, gracefully(0));
  await Promise.all(Array.from({ length: 20 }, () => office.drop()));
  await expect.poll(async () => (await countActivities()).begun, { timeout: 20_000, interval: 5 }).toBeGreaterThan(10);
  await first.stop();
  await office.startServer(null, gracefully(0));
  await office.untilAllPaid(30_000);
  await office.checkBooks();
  const { doubled, underWay } = await countActivities();
  console.log(`rolling restart: without draining ${doubled.length} activities of ${underWay.join('+')} under way ran twice`);
  expect(doubled.length).toBeGreaterThan(0);
});

interface Counted {
  /** Keys of activities that began again although they had not failed. */
  readonly doubled: readonly string[];
  /** Keys of activities that began and never came to an end. */
  readonly lost: readonly string[];
  readonly begun: number;
  /** At each stop. */
  readonly underWay: readonly number[];
}

async function countActivities(): Promise<Counted> {
  const lines = (await readFile(path.join(folder, 'journal'), 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  const counts = new Map<string, { begin: number; end: number; fail: number }>();
  const underWay: number[] = [];
  for (const line of lines) {
    const [kind, key] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
    if (kind === 'stop') underWay.push(Number(key));
    else {
      const count = counts.get(key) ?? { begin: 0, end: 0, fail: 0 };
      count[kind as 'begin' | 'end' | 'fail'] += 1;
      counts.set(key, count);
    }
  }
  const keysOf = (is: (count: { begin: number; end: number; fail: number }) => boolean): string[] =>
    [...counts].filter(([, count]) => is(count)).map(([key]) => key);
  return {
    doubled: keysOf(({ begin, fail }) => begin - fail > 1),
    lost: keysOf(({ end }) => end === 0),
    begun: lines.filter((line) => line.startsWith('begin ')).length,
    underWay,
  };
}

/** The same said twice of the same things in the audit trail. */
async function repeatedEntries(): Promise<readonly Record<string, unknown>[]> {
  return await database.query(
    `select action, subjects::text, count(*)::int as times from audit_entries
      where action like any (array['invoice.%', 'payment%', 'document.%', 'message.%']) group by 1, 2 having count(*) > 1`,
  );
}
