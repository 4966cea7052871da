import { connect, createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  checkImapAccount,
  createImapSource,
  unpackMessage,
  type ImapAccount,
  type ImapSourceOptions,
  type MailboxCursor,
  type MessageSource,
  type SourceEvent,
} from '#connectors';
import type { IncomingMessage } from '#domain/messages';
import { createMetrics, createOutsideCalls } from '#platform';
import { createDovecot, dovecotMissing, type Dovecot } from '../support/dovecot.ts';

const missing = dovecotMissing();
const testImap = test.skipIf(missing !== null);
if (missing !== null) process.stderr.write(`IMAP tests skipped: ${missing}\n`);

let dovecot: Dovecot;
let mailboxNumber = 0;
let mailbox = '';
let ana: ImapFlow;
let source: MessageSource | null = null;
let cursor: MailboxCursor | null = null;
const received: IncomingMessage[] = [];
const events: SourceEvent[] = [];

beforeAll(async () => {
  if (missing !== null) return;
  dovecot = await createDovecot();
  await dovecot.start();
});

afterAll(async () => {
  if (missing === null) await dovecot.close();
});

beforeEach(async () => {
  if (missing !== null) return;
  received.length = 0;
  events.length = 0;
  cursor = null;
  mailboxNumber += 1;
  mailbox = `Invoices${mailboxNumber}`;
  ana = await connectAna();
  await ana.mailboxCreate(mailbox);
});

afterEach(async () => {
  if (missing !== null) return;
  await source?.stop();
  source = null;
  ana.close();
});

function account(changes: Partial<ImapAccount> = {}): ImapAccount {
  return {
    host: '127.0.0.1',
    port: dovecot.port,
    encryption: 'none',
    login: { user: 'ana@office.example', password: 'secret' },
    mailbox,
    ...changes,
  };
}

/** A server in the middle of its start may leave a login unanswered: then another connection is made. */
async function connectAna(): Promise<ImapFlow> {
  for (let tries = 0; tries < 4; tries += 1) {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: dovecot.port,
      secure: false,
      auth: { user: 'ana@office.example', pass: 'secret' },
      logger: false,
    });
    client.on('error', () => undefined);
    const isIn = await Promise.race([client.connect().then(() => true), delay(5000).then(() => false)]);
    if (isIn) return client;
    client.close();
  }
  throw new Error('Dovecot answered no login for 20 seconds.');
}

async function append(subject: string, body = 'text'): Promise<void> {
  await ana.append(
    mailbox,
    `From: billing@supplier.example\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@supplier.example>\r\n\r\n${body}\r\n`,
  );
}

async function begin(
  changes: Partial<ImapSourceOptions> = {},
  deliver = async (message: IncomingMessage) => void received.push(message),
): Promise<void> {
  source = createImapSource({
    account: account(),
    system: createOutsideCalls({ metrics: createMetrics() }).to('imap'),
    loadCursor: async () => cursor,
    saveCursor: async (next) => void (cursor = next),
    report: (event) => events.push(event),
    retryLimitMs: 1000,
    ...changes,
  });
  await source.start(deliver);
}

async function until(condition: () => boolean, ms = 10_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition() && Date.now() < end) await delay(5);
  expect(condition(), JSON.stringify(events)).toBe(true);
}

function subjects(): string[] {
  return received.map((message) => /^Subject: (.*)\r?$/m.exec(Buffer.from(message.bytes).toString())?.[1] ?? '');
}

function troubles(): string[] {
  return events.flatMap((event) => (event.kind === 'trouble' ? [event.error.code] : []));
}

testImap('reads what is there, oldest first, and delivers new mail within a second', async () => {
  await append('one');
  await append('two');
  await begin();
  await until(() => received.length === 2);
  await delay(200);
  const started = performance.now();
  await append('three');
  await until(() => received.length === 3, 1000);
  process.stderr.write(`IDLE delivery after ${Math.round(performance.now() - started)} ms\n`);
  expect(subjects()).toEqual(['one', 'two', 'three']);
  expect(received.map((message) => message.sequence)).toEqual([1, 2, 3]);
  expect(received[0]?.externalId).toBe(`${cursor?.uidValidity}:1`);
  expect(cursor?.lastUid).toBe(3);
});

testImap('changes no flag of any message', async () => {
  await append('one');
  await begin();
  await until(() => received.length === 1);
  const status = await ana.status(mailbox, { unseen: true });
  expect(status && status.unseen).toBe(1);
});

testImap('goes on where it stopped after a restart, without duplicates', async () => {
  await append('one');
  await begin();
  await until(() => received.length === 1);
  await source?.stop();
  await append('two');
  await begin();
  await until(() => received.length === 2);
  await delay(300);
  expect(subjects()).toEqual(['one', 'two']);
});

testImap('reads all again under new ids when the server numbers its messages anew', async () => {
  await append('one');
  await append('two');
  await begin();
  await until(() => received.length === 2);
  await source?.stop();
  await delay(1100); // UIDVALIDITY is a time in seconds
  await ana.mailboxDelete(mailbox);
  await ana.mailboxCreate(mailbox);
  await append('again');
  await begin();
  await until(() => received.length === 3);
  expect(subjects()[2]).toBe('again');
  expect(new Set(received.map((message) => message.externalId)).size).toBe(3);
});

testImap(
  'recovers when the server is killed and comes back',
  async () => {
    await append('before');
    await begin();
    await until(() => received.length === 1);
    await dovecot.kill();
    await until(() => troubles().length > 0);
    expect(new Set(troubles())).toEqual(new Set(['DH_CONNECTORS_MAILBOX_UNREACHABLE']));
    await dovecot.start();
    ana = await connectAna();
    await append('after');
    // A server in the middle of its start may take a login and leave it unanswered: given up after 20 seconds, tried again.
    await until(() => received.length === 2, 45_000);
    expect(subjects()).toEqual(['before', 'after']);
  },
  120_000,
);

testImap('keeps the cursor while delivery fails, says so, and delivers once it works', async () => {
  await append('one');
  let isDown = true;
  await begin({}, async (message) => {
    if (isDown) throw new Error('database is down');
    received.push(message);
  });
  await until(() => troubles().length >= 2);
  expect(new Set(troubles())).toEqual(new Set(['DH_CONNECTORS_DELIVERY_FAILED']));
  expect(cursor).toBeNull();
  isDown = false;
  await until(() => received.length === 1);
  expect(cursor).toMatchObject({ lastUid: 1 });
});

testImap('fetches no body above the size limit and delivers a stand-in with sender and reason', async () => {
  await append('huge', 'x'.repeat(200_000));
  await append('small');
  await begin({ maxMessageBytes: 100_000 });
  await until(() => received.length === 2);
  expect(received[0]?.bytes.byteLength).toBeLessThan(2000);
  const unpacked = await unpackMessage(received[0] as IncomingMessage);
  expect(unpacked).toMatchObject({ subject: 'huge', sender: { address: 'billing@supplier.example' }, problems: [{ code: 'too-large' }] });
  expect(events.some((event) => event.kind === 'set-aside')).toBe(true);
});

testImap('leaves mail from before the chosen day alone', async () => {
  await append('old');
  await begin({ since: new Date(Date.now() + 2 * 86_400_000) });
  await until(() => events.some((event) => event.kind === 'connected'));
  await delay(300);
  expect(received).toEqual([]);
});

testImap('finds new mail by polling where nothing is announced', async () => {
  await begin({ pollIntervalMs: 100 });
  await append('polled');
  await until(() => received.length === 1);
});

testImap('names a refused login, a missing mailbox, an unreachable server and an open wire', async () => {
  await checkImapAccount(account());
  const refused = (changes: Partial<ImapAccount>): Promise<unknown> =>
    checkImapAccount(account(changes)).then(
      () => null,
      (error: { code?: string }) => error.code,
    );
  expect(await refused({ login: { user: 'ana@office.example', password: 'wrong' } })).toBe('DH_CONNECTORS_MAILBOX_LOGIN_REFUSED');
  expect(await refused({ mailbox: 'Nowhere' })).toBe('DH_CONNECTORS_MAILBOX_MISSING');
  expect(await refused({ port: 1 })).toBe('DH_CONNECTORS_MAILBOX_UNREACHABLE');
  expect(await refused({ encryption: 'starttls' })).toBe('DH_CONNECTORS_MAILBOX_UNREACHABLE');
  expect(await refused({ host: 'mail.example' })).toBe('DH_CONNECTORS_MAILBOX_UNENCRYPTED');
});

testImap('keeps trying after a refused login, so that a mended password needs no restart', async () => {
  await begin({ account: account({ login: { user: 'ana@office.example', password: 'wrong' } }), retryLimitMs: 100 });
  await until(() => troubles().length >= 2);
  expect(troubles()[0]).toBe('DH_CONNECTORS_MAILBOX_LOGIN_REFUSED');
});

/** What listens there from now on leads to Dovecot. */
function lead(port: number): Promise<Server> {
  const door = createServer((socket) => {
    const onward = connect(dovecot.port, '127.0.0.1');
    for (const end of [socket, onward]) end.on('error', () => undefined);
    socket.pipe(onward).pipe(socket);
  });
  return new Promise((resolve) => door.listen(port, '127.0.0.1', () => resolve(door)));
}

testImap('leaves a server alone that fails again and again, keeps telling why, and reads on once it is back', async () => {
  await append('kept');
  const door = await lead(0);
  const { port } = door.address() as { port: number };
  await new Promise((resolve) => door.close(resolve));
  const calls = createOutsideCalls({ metrics: createMetrics(), changes: { imap: { openAfter: 2, restMs: 700 } } });
  const system = calls.to('imap');
  await begin({ account: account({ port }), system, retryLimitMs: 50 });
  await until(() => calls.states()[0]?.state === 'left-alone');
  await delay(300);
  expect(troubles()).toEqual(['DH_CONNECTORS_MAILBOX_UNREACHABLE', 'DH_CONNECTORS_MAILBOX_UNREACHABLE']);
  const back = await lead(port);
  await until(() => received.length === 1);
  expect(calls.states()).toMatchObject([{ system: 'imap', state: 'working' }]);
  await source?.stop();
  back.close();
});

testImap('waits for its turn with the connection open when it has read as often as it may', async () => {
  for (const subject of ['one', 'two', 'three']) await append(subject);
  const calls = createOutsideCalls({ metrics: createMetrics(), changes: { imap: { perMinute: 3 } } });
  await begin({ system: calls.to('imap') });
  // Connecting, searching and one mail.
  await until(() => received.length === 1);
  await delay(300);
  expect([subjects(), troubles()]).toEqual([['one'], []]);
});
