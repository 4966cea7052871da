import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFolderWatch, createImapSource, type MailboxCursor, type MessageSource, type SourceEvent } from '#connectors';
import { mayTake, openConnection, pauseWork, receiveMessage, resumeWork, uploadFiles } from '#orchestration';
import { createMetrics, createOutsideCalls } from '#platform';
import { createDovecot, dovecotMissing, type Dovecot } from '../support/dovecot.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';

const missing = dovecotMissing();
const testImap = test.skipIf(missing !== null);
if (missing !== null) process.stderr.write(`IMAP tests skipped: ${missing}\n`);

let office: TestOffice;
const backlog = 5;

beforeAll(async () => {
  office = await openTestOffice();
  await office.query("insert into policies (organization_id, kind, version, content) values ($1, 'admission', 1, $2)", [
    office.organizationId,
    JSON.stringify({ connectionBacklog: backlog, organizationBacklog: 3 * backlog }),
  ]);
});
afterAll(() => office.close());

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await condition()) && performance.now() < end) await delay(10);
  expect(await condition()).toBe(true);
}

const stop = { target: { scope: 'organization' }, reason: 'Nothing shall begin while this is tested.' } as const;
const stopAll = () => pauseWork(office.office, office.people.katrin, stop);
const goOn = () => resumeWork(office.office, office.people.katrin, stop);

async function eventsOf(connectionId: string): Promise<number> {
  return (await office.query('select 1 from events where connection_id = $1', [connectionId])).length;
}

/** Fills a connection up to its backlog with work that can not begin, without pausing what fetches. */
async function fill(connectionId: string, count: number): Promise<void> {
  await office.query(
    `insert into outbox (organization_id, kind, workflow_id, payload, connection_id, state)
      select $1, 'start', 'filler' || n, '{}', $2, 'held' from generate_series(1, $3::int) n`,
    [office.organizationId, connectionId, count],
  );
}
const drain = () =>
  office.query("update outbox set state = 'settled', settled_at = now(), relayed_at = now() where workflow_id like 'filler%'");

/** A source wired as the server wires it. */
async function begin(
  make: (wiring: { report: (event: SourceEvent) => void; mayTake: () => Promise<boolean> }) => MessageSource,
  connectionId: string,
): Promise<{ source: MessageSource; events: SourceEvent[] }> {
  const events: SourceEvent[] = [];
  const { organizationId } = office;
  const source = make({ report: (event) => events.push(event), mayTake: () => mayTake(office.office, { organizationId, connectionId }) });
  await source.start(async (message) => void (await receiveMessage(office.office, { organizationId, connectionId, message })));
  return { source, events };
}

test('a folder keeps its files while too much of it waits, and is read on by itself', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'dh-held-'));
  const connectionId = await openConnection(office.office, office.organizationId, 'folder', folder);
  await fill(connectionId, backlog - 2);
  const { source, events } = await begin((wiring) => createFolderWatch({ folder, settleMs: 20, ...wiring }), connectionId);
  await stopUnpacking();
  for (let index = 0; index < 4; index += 1) await writeFile(path.join(folder, `${index}.txt`), `paper ${index}`);
  await until(() => events.some(({ kind }) => kind === 'held-back'));
  await delay(300);
  expect(await eventsOf(connectionId)).toBe(2);
  expect(await readdir(folder)).toHaveLength(4);
  await drain();
  await goOnUnpacking();
  await until(async () => (await eventsOf(connectionId)) === 4);
  await source.stop();
  await office.settle();
  await rm(folder, { recursive: true });
});

/** Nothing begins, though sources may fetch: only the kind of workflow is paused. */
const noUnpacking = { target: { scope: 'workflow', workflow: 'handle-message' }, reason: 'Nothing shall settle meanwhile.' } as const;
const stopUnpacking = () => pauseWork(office.office, office.people.katrin, noUnpacking);
const goOnUnpacking = () => resumeWork(office.office, office.people.katrin, noUnpacking);

test('a paused connection and a stopped organization fetch nothing', async () => {
  const connectionId = await openConnection(office.office, office.organizationId, 'imap', 'quiet');
  const other = await openConnection(office.office, office.organizationId, 'imap', 'other');
  const may = (id: string) => mayTake(office.office, { organizationId: office.organizationId, connectionId: id });
  const connection = { target: { scope: 'connection', connectionId }, reason: 'Moving house.' } as const;
  await pauseWork(office.office, office.people.toni, connection);
  expect([await may(connectionId), await may(other)]).toEqual([false, true]);
  await resumeWork(office.office, office.people.toni, connection);
  await stopAll();
  expect([await may(connectionId), await may(other)]).toEqual([false, false]);
  await goOn();
  expect([await may(connectionId), await may(other)]).toEqual([true, true]);
});

test('an upload beyond the backlog is refused with the time after which there is room, and taken after it', async () => {
  await stopUnpacking();
  const files = (name: string) => ({ files: [{ fileName: `${name}.txt`, bytes: new TextEncoder().encode(name) }] });
  for (let index = 0; index < backlog; index += 1) await uploadFiles(office.office, office.people.ana, files(`upload ${index}`));
  const refused = await uploadFiles(office.office, office.people.ana, files('one more')).catch((thrown: unknown) => thrown);
  expect(refused).toMatchObject({ code: 'DH_ORCHESTRATION_BACKLOG_FULL', retryable: true });
  const { retryAfterS } = (refused as { details: { retryAfterS: number } }).details;
  expect(retryAfterS).toBeGreaterThanOrEqual(2);
  expect(retryAfterS).toBeLessThanOrEqual(600);
  expect((await office.office.metrics.read()).text).toContain('deskhand_held_back_total{by="upload"} 1');
  await goOnUnpacking();
  await office.settle();
  expect(await uploadFiles(office.office, office.people.ana, files('one more'))).toMatchObject([{ isNew: true }]);
  await office.settle();
});

testImap('mail stays on the server while too much of the mailbox waits, and is fetched on by itself', async () => {
  const dovecot: Dovecot = await createDovecot();
  await dovecot.start();
  const ana = new ImapFlow({
    host: '127.0.0.1',
    port: dovecot.port,
    secure: false,
    auth: { user: 'ana@office.example', pass: 'secret' },
    logger: false,
  });
  ana.on('error', () => undefined);
  try {
    await ana.connect();
    for (let index = 0; index < backlog + 4; index += 1)
      await ana.append('INBOX', `Message-ID: <${index}@held>\r\nSubject: ${index}\r\n\r\nmail ${index}\r\n`);
    const connectionId = await openConnection(office.office, office.organizationId, 'imap', 'INBOX');
    await stopUnpacking();
    let cursor: MailboxCursor | null = null;
    const { source, events } = await begin(
      (wiring) =>
        createImapSource({
          system: createOutsideCalls({ metrics: createMetrics() }).to('imap'),
          account: {
            host: '127.0.0.1',
            port: dovecot.port,
            encryption: 'none',
            login: { user: 'ana@office.example', password: 'secret' },
            mailbox: 'INBOX',
          },
          loadCursor: () => Promise.resolve(cursor),
          saveCursor: (next) => {
            cursor = next;
            return Promise.resolve();
          },
          ...wiring,
        }),
      connectionId,
    );
    await until(() => events.some(({ kind }) => kind === 'held-back'));
    await delay(300);
    expect(await eventsOf(connectionId)).toBe(backlog);
    expect(cursor).toMatchObject({ lastUid: backlog });
    await goOnUnpacking();
    await until(async () => (await eventsOf(connectionId)) === backlog + 4);
    await source.stop();
    await office.settle();
    expect(await office.query("select 1 from events where connection_id = $1 and status = 'handled'", [connectionId])).toHaveLength(
      backlog + 4,
    );
  } finally {
    ana.close();
    await dovecot.close();
  }
});
