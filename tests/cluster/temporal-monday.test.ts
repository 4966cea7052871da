import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { InvoiceSummary } from '../../src/interfaces/api/contract.ts';
import { signIn } from '../support/client.ts';
import { createTestDatabase } from '../support/database.ts';
import { runMonday, type MondayReport } from '../support/monday.ts';
import { testSecret } from '../support/postgres-server.ts';
import { seededRandom } from '../support/random.ts';
import { startTestServer } from '../support/server.ts';
import { startTemporal, temporalMissing } from './temporal/temporal-server.ts';
import { startWorker, type WorkerProcess } from './temporal/worker-process.ts';

const seed = Number(process.env['DESKHAND_TEST_SEED'] ?? 20261123);
const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

test.skipIf(temporalMissing !== null)(
  `Ana's Monday on a Temporal cluster whose workers are killed at random ends as the embedded one (seed ${seed})`,
  // Two whole Mondays, one of them with workers that die every few seconds.
  { timeout: 600_000 },
  async () => {
    const embedded = await startTestServer({ DESKHAND_READERS: '1' });
    undo.push(() => embedded.remove());
    const expected = { report: await runMonday(embedded.url), invoices: await invoicesAt(embedded.url) };
    await embedded.interrupt();

    const settings = await openCluster();
    const killing = await startKilledWorkers(settings);
    const server = await startTestServer({ ...settings, DESKHAND_ROLES: 'server' });
    undo.push(() => server.remove());
    const report = await runMonday(server.url);
    const killed = await killing.stop();
    console.log(`Monday on Temporal: ${killed} workers killed with seed ${seed}`);

    expect(killed).toBeGreaterThan(0);
    expect(report.unhandled).toBe(0);
    expect(report.audit).toMatchObject({ isIntact: true, firstFault: null });
    expect(report).toMatchObject({ messages: expected.report.messages, approved: expected.report.approved });
    expect(await invoicesAt(server.url)).toEqual(expected.invoices);
    expect(withoutIds(report)).toBe(withoutIds(expected.report));
  },
);

/** A Temporal server, a Postgres and a folder for documents, which all processes of the cluster share. */
async function openCluster(): Promise<Record<string, string>> {
  const database = await createTestDatabase();
  undo.push(() => database.drop());
  const temporal = await startTemporal();
  undo.push(() => temporal.stop());
  const blobs = await mkdtemp(path.join(tmpdir(), 'deskhand-blobs-'));
  undo.push(() => rm(blobs, { recursive: true, force: true }));
  return {
    DESKHAND_ENGINE: 'temporal',
    DESKHAND_TEMPORAL_ADDRESS: temporal.address,
    DESKHAND_DATABASE_URL: database.url,
    DESKHAND_SECRET: testSecret,
    DESKHAND_BLOB_DIR: blobs,
    DESKHAND_READERS: '1',
  };
}

/** Two workers, one of which is killed and replaced every few seconds. */
async function startKilledWorkers(settings: Readonly<Record<string, string>>): Promise<{ stop(): Promise<number> }> {
  const random = seededRandom(seed);
  const roles = ['connectors,orchestration', 'intelligence,orchestration'];
  const workers: WorkerProcess[] = [];
  undo.push(() => Promise.all(workers.map((worker) => worker.kill())));
  for (const role of roles) workers.push(await startWorker(role, settings));
  let killed = 0;
  let isOver = false;
  const loop = (async () => {
    while (!isOver) {
      await new Promise((resolve) => setTimeout(resolve, 1000 + random() * 3000));
      if (isOver) return;
      const index = Math.floor(random() * roles.length);
      await workers[index]?.kill();
      killed += 1;
      workers[index] = await startWorker(roles[index] ?? '', settings);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await loop;
      return killed;
    },
  };
}

async function invoicesAt(url: string): Promise<unknown[]> {
  const controller = await signIn(url, 'controller');
  const all = await controller.all<InvoiceSummary>('/v1/invoices');
  return all.map(({ number, status, gross }) => JSON.stringify({ number, status, gross })).toSorted();
}

/** The bank file byte for byte, but for random ids, the digest over them, and the moment it was made. */
function withoutIds({ bankFile }: MondayReport): string {
  return bankFile
    .replaceAll(/(RUN|PAY)-[0-9A-Z]{26}(-\d+)?/g, '$1')
    .replaceAll(/<InstrId>[0-9A-F]{32}<\/InstrId>/g, '<InstrId/>')
    .replace(/<CreDtTm>[^<]*<\/CreDtTm>/, '<CreDtTm/>');
}
