import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createImapSource, type MailboxCursor } from '#connectors';
import { decideTask, openConnection, receiveMessage } from '#orchestration';
import { createMetrics, createOutsideCalls, type DatabaseUrls } from '#platform';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createDovecot, dovecotMissing } from '../support/dovecot.ts';
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
  await office.startServer();
  await office.startServer();
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

/** A bank that was out of reach for long enough becomes a question; the controller has it asked again, and never says more. */
async function whileBankIsAskedAgain(work: () => Promise<void>): Promise<number> {
  let isOver = false;
  let answered = 0;
  const answering = async (): Promise<void> => {
    while (!isOver) {
      const tasks = await database.query(`select id from tasks where status = 'open' and reason = 'submission-unknown'`);
      for (const { id } of tasks) {
        answered += await decideTask(office.office, office.people.katrin, { taskId: String(id), decision: 'ask-again' }).then(
          () => 1,
          () => 0,
        );
      }
      await delay(500);
    }
  };
  const answers = answering();
  await work().finally(() => (isOver = true));
  await answers;
  return answered;
}

test.skipIf(!isThere)(`a network that is slow, breaks off and comes back loses nothing and pays nothing twice (seed ${seed})`, async () => {
  console.log(`network faults: seed ${seed}`);
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const met = new Map<string, number>();
  const asked = await whileBankIsAskedAgain(async () => {
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
  });
  await delay(2000);
  console.log(
    `network faults: ${[...met].map(([name, count]) => `${name} × ${count}`).join(', ')}; ${office.bank.duplicates()} duplicates at the bank, asked again ${asked} times`,
  );
  await office.checkBooks();
});

/** What a line to a mail server does; all mails here are larger than what gets through the cut one. */
const mailToxics = [
  { type: 'limit_data', attributes: { bytes: 20_000 } },
  { type: 'latency', attributes: { latency: 100, jitter: 80 } },
  { type: 'reset_peer', attributes: { timeout: 150 } },
  { type: 'bandwidth', attributes: { rate: 40 } },
  // Nothing comes any more, and nobody says so.
  { type: 'timeout', attributes: { timeout: 0 } },
  { type: 'timeout', attributes: { timeout: 300 } },
] as const;

test.skipIf(!isThere || dovecotMissing() !== null)(
  `a mailbox behind a line that is slow, silent or cut in the middle of a mail gives each mail once (seed ${seed})`,
  async () => {
    const random = seededRandom(seed + 1);
    const dovecot = await createDovecot();
    await dovecot.start();
    const { port } = await open('imap', `127.0.0.1:${dovecot.port}`);
    const login = { user: 'ana@office.example', password: 'secret' };
    const ana = new ImapFlow({
      host: '127.0.0.1',
      port: dovecot.port,
      secure: false,
      auth: { user: login.user, pass: login.password },
      logger: false,
    });
    await ana.connect();
    const [organization] = await database.query('select id from organizations');
    const organizationId = String(organization?.['id']);
    const connectionId = await openConnection(office.office, organizationId, 'imap', 'INBOX');
    let cursor: MailboxCursor | null = null;
    const troubles = new Map<string, number>();
    let deliveries = 0;
    const calls = createOutsideCalls({ metrics: createMetrics(), changes: { imap: { timeoutMs: 5000, restMs: 500, perMinute: 10_000 } } });
    const source = createImapSource({
      account: { host: '127.0.0.1', port, encryption: 'none', login },
      system: calls.to('imap'),
      loadCursor: () => Promise.resolve(cursor),
      // Some saves are lost: then mails come again.
      saveCursor: (next) => Promise.resolve(random() < 0.3 ? undefined : void (cursor = next)),
      pollIntervalMs: 500,
      retryLimitMs: 1000,
      report: (event) => {
        if (event.kind === 'trouble') troubles.set(event.error.code, (troubles.get(event.error.code) ?? 0) + 1);
      },
    });
    await source.start(async (message) => {
      deliveries += 1;
      await receiveMessage(office.office, { organizationId, connectionId, message });
    });
    const mails = new Set<string>();
    try {
      for (const toxic of [...mailToxics, ...mailToxics]) {
        const stream = mails.size % 2 === 0 ? 'downstream' : 'upstream';
        await ask('POST', '/proxies/imap/toxics', {
          name: 'now',
          stream: toxic.type === 'limit_data' ? 'downstream' : stream,
          toxicity: 0.8,
          ...toxic,
        });
        for (let mail = 0; mail < 3; mail += 1) {
          const { number, bytes } = office.nextBill();
          const filling = `${'x'.repeat(998)}\r\n`.repeat(25 + Math.floor(random() * 75));
          const head = `Message-ID: <${number}@nordwind.example>\r\nSubject: ${number}\r\n\r\n${filling}`;
          await ana.append('INBOX', Buffer.concat([Buffer.from(head), bytes]));
          mails.add(number);
        }
        const until = performance.now() + 1000 + random() * 1000;
        while (performance.now() < until) {
          await office.pay();
          await delay(100);
        }
        await ask('DELETE', '/proxies/imap/toxics/now');
      }
      await whileBankIsAskedAgain(() => office.untilAllPaid(60_000));
    } finally {
      await source.stop();
      ana.close();
      await dovecot.close();
    }
    console.log(
      `mailbox faults: seed ${seed}, ${mails.size} mails in ${deliveries} deliveries; ${[...troubles].map(([code, count]) => `${code} × ${count}`).join(', ')}`,
    );
    expect([...troubles.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5);
    const events = await database.query(`select count(*)::int as n from events where connection_id = '${connectionId}'`);
    expect(events).toEqual([{ n: mails.size }]);
    await office.checkBooks();
  },
);
