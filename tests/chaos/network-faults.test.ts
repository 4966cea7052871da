import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, test } from 'vitest';
import type { DatabaseUrls } from '#platform';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { seededRandom } from '../support/random.ts';
import { freePort } from '../support/server.ts';
import { openChaosOffice, type ChaosOffice } from './chaos-office.ts';

const seed = Number(process.env['CHAOS_SEED'] ?? 20261123);
const program = path.join(
  process.env['DESKHAND_PEERS'] ?? fileURLToPath(new URL('../../.cache/peers', import.meta.url)),
  'bin',
  'toxiproxy-server',
);
const isThere = existsSync(program);
if (!isThere) process.stderr.write('Network faults skipped: toxiproxy is not installed; run scripts/peers.sh toxiproxy\n');

/** Faults of toxiproxy that a network really has; https://github.com/Shopify/toxiproxy#toxics */
const toxics = [
  { type: 'latency', attributes: { latency: 200, jitter: 150 } },
  { type: 'bandwidth', attributes: { rate: 40 } },
  { type: 'slicer', attributes: { average_size: 64, size_variation: 32, delay: 500 } },
  { type: 'reset_peer', attributes: { timeout: 100 } },
  { type: 'timeout', attributes: { timeout: 500 } },
  { type: 'limit_data', attributes: { bytes: 20_000 } },
] as const;

let database: TestDatabase;
let office: ChaosOffice;
let proxy: ChildProcess | null = null;
let control = '';

beforeAll(async () => {
  if (!isThere) return;
  const port = await freePort();
  control = `http://127.0.0.1:${port}`;
  proxy = spawn(program, ['-host', '127.0.0.1', '-port', String(port)], { stdio: 'ignore' });
  for (let tries = 0; tries < 100 && !(await isUp()); tries += 1) await delay(50);
  database = await createTestDatabase();
  await database.query(`grant create on database ${new URL(database.url).pathname.slice(1)} to deskhand_engine`);
  office = await openChaosOffice(database, { seed, share: 0.2 }, 200, {
    urls: await throughProxy('postgres', database.urls),
    bankUrl: async (url) => (await open('bank', new URL(url).host)).url,
  });
});
afterAll(async () => {
  await office?.close();
  await database?.drop();
  proxy?.kill('SIGKILL');
});

function isUp(): Promise<boolean> {
  return ask('GET', '/version').then(
    () => true,
    () => false,
  );
}

async function ask(method: string, address: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${control}${address}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? null : await response.json().catch(() => null);
}

async function open(name: string, upstream: string): Promise<{ readonly url: string; readonly port: number }> {
  const port = await freePort();
  await ask('POST', '/proxies', { name, listen: `127.0.0.1:${port}`, upstream, enabled: true });
  return { url: `http://127.0.0.1:${port}`, port };
}

async function throughProxy(name: string, urls: DatabaseUrls): Promise<DatabaseUrls> {
  const { port } = await open(name, new URL(urls.app).host);
  const moved = Object.entries(urls).map(([role, text]) => {
    const url = new URL(text as string);
    url.host = `127.0.0.1:${port}`;
    return [role, url.toString()];
  });
  return Object.fromEntries(moved) as DatabaseUrls;
}

test.skipIf(!isThere)(`a network that is slow, breaks off and comes back loses nothing and pays nothing twice (seed ${seed})`, async () => {
  console.log(`network faults: seed ${seed}`);
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  await office.startServer();
  await office.startServer();
  const met = new Map<string, number>();
  for (let round = 0; round < 24; round += 1) {
    const toxic = pick(toxics);
    const where = pick(['postgres', 'bank']);
    const stream = pick(['upstream', 'downstream']);
    met.set(`${where} ${toxic.type}`, (met.get(`${where} ${toxic.type}`) ?? 0) + 1);
    await ask('POST', `/proxies/${where}/toxics`, { name: 'now', stream, toxicity: 0.7, ...toxic });
    for (let invoice = 0; invoice < 5; invoice += 1) await office.drop();
    const until = performance.now() + 1000 + random() * 2000;
    while (performance.now() < until) {
      await office.pay();
      await delay(100);
    }
    await ask('DELETE', `/proxies/${where}/toxics/now`);
  }
  await office.untilAllPaid(120_000);
  await delay(2000);
  console.log(
    `network faults: ${[...met].map(([name, count]) => `${name} × ${count}`).join(', ')}; ${office.bank.duplicates()} duplicates at the bank`,
  );
  await office.checkBooks();
});
