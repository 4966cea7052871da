import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { AuditVerification, InvoiceSummary, MessageSummary, PaymentView } from '../../src/interfaces/api/contract.ts';
import { signIn } from '../support/client.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { testSecret } from '../support/postgres-server.ts';
import { seededRandom } from '../support/random.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const seed = Number(process.env['DESKHAND_TEST_SEED'] ?? 20261123);
const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

test(`of two servers on one Postgres one is killed, and its work ends on the other within 30 s (seed ${seed})`, async () => {
  console.log(`two servers: seed ${seed}`);
  const random = seededRandom(seed);
  const database = await createTestDatabase();
  undo.push(() => database.drop());
  await database.query(`grant create on database ${new URL(database.url).pathname.slice(1)} to deskhand_engine`);
  const blobFolder = await mkdtemp(path.join(tmpdir(), 'deskhand-blobs-'));
  undo.push(() => rm(blobFolder, { recursive: true, force: true }));
  const [first, second] = await startTwo(database, blobFolder);

  const busy = await untilBusy(database, first, 3 + Math.floor(random() * 3));
  await first.killTree();
  const killedAt = performance.now();
  // Messages that the killed server had not taken in yet stay outside; all that it had accepted is carried on.
  await expect.poll(() => unfinishedOf(database), { timeout: 60_000, interval: 100 }).toBe(0);
  const seconds = (performance.now() - killedAt) / 1000;
  console.log(`two servers: ${busy} runs of the killed server and all other accepted work ended ${seconds.toFixed(1)} s later`);
  expect(seconds).toBeLessThan(30);

  const controller = await signIn(second.url, 'controller');
  const messages = await controller.all<MessageSummary>('/v1/messages');
  expect(messages.length).toBeGreaterThan(0);
  expect(messages.filter((message) => message.status !== 'handled')).toEqual([]);
  const invoices = await controller.all<InvoiceSummary>('/v1/invoices');
  expect(new Set(invoices.map((invoice) => invoice.documentId)).size).toBe(invoices.length);
  const payments = await controller.all<PaymentView>('/v1/payments');
  expect(new Set(payments.map((payment) => payment.invoice.id)).size).toBe(payments.length);
  expect(await controller.get<AuditVerification>('/v1/audit/verification')).toMatchObject({ isIntact: true, firstFault: null });
});

/** The first brings the sample office with its mail, so that most work begins there. */
async function startTwo(database: TestDatabase, blobFolder: string): Promise<[TestServer, TestServer]> {
  const shared = { DESKHAND_DATABASE_URL: database.url, DESKHAND_SECRET: testSecret, DESKHAND_BLOB_DIR: blobFolder, DESKHAND_READERS: '1' };
  const second = await startTestServer({ ...shared, DESKHAND_SAMPLE_OFFICE: 'false' });
  undo.push(() => second.remove());
  const first = await startTestServer(shared);
  undo.push(() => first.remove());
  return [first, second];
}

/** Until this server carries so many runs at once. @returns how many it carries */
async function untilBusy(database: TestDatabase, server: TestServer, runs: number): Promise<number> {
  for (;;) {
    const rows = await database.query(
      `select executor_id, count(*)::int as count from dbos.workflow_status where status = 'PENDING' group by executor_id`,
    );
    const mine = rows.find((row) => isOf(server, Number(String(row['executor_id']).split(':')[1])));
    if (Number(mine?.['count'] ?? 0) >= runs) return Number(mine?.['count']);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

/** The start script runs the server as a process of its own or as a child. */
function isOf(server: TestServer, pid: number): boolean {
  const [root] = server.processes();
  return pid === root || new RegExp(`^PPid:\\s+${root}$`, 'm').test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

/** Runs under way, and rows that were not handed over yet. Work that ended before the dead server's relay noted it is settled. */
async function unfinishedOf(database: TestDatabase): Promise<number> {
  const [row] = await database.query(
    `select (select count(*) from dbos.workflow_status where status in ('PENDING', 'ENQUEUED'))
          + (select count(*) from outbox where relayed_at is null and state <> 'settled') as count`,
  );
  return Number(row?.['count']);
}
