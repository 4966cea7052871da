import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { createBankGateway } from '#connectors';
import {
  activityPolicies,
  createActivities,
  createTemporalEngine,
  decideTask,
  proposePaymentRun,
  releasePaymentRun,
  startRelay,
  verifyAudit,
  workflows,
} from '#orchestration';
import { createLog, createMetrics, createOutsideCalls } from '#platform';
import { openFakeBank } from '../support/fake-bank.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers } from '../support/office-records.ts';
import { testSecret } from '../support/postgres-server.ts';
import { seededRandom } from '../support/random.ts';
import { startTemporal, temporalMissing } from './temporal/temporal-server.ts';

const seed = Number(process.env['DESKHAND_TEST_SEED'] ?? 20261124);
const project = fileURLToPath(new URL('../..', import.meta.url));
const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** `deskhand migrate-engine` as people call it. @param killAfter - lines; it is killed with -9 once it has printed so many. */
async function migrate(settings: Readonly<Record<string, string>>, args: readonly string[], killAfter?: number): Promise<Ended> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskhand-move-'));
  const outside = Object.entries(process.env).filter(([name]) => !name.startsWith('DESKHAND_'));
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--disable-warning=ExperimentalWarning', 'src/app/main.ts', 'migrate-engine', ...args],
    { cwd: project, env: { ...Object.fromEntries(outside), DESKHAND_DATA_DIR: folder, ...settings } },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (killAfter !== undefined && output.split('\n').length > killAfter) child.kill('SIGKILL');
    });
  }
  const status = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  await rm(folder, { recursive: true, force: true });
  return { status, output };
}

test.skipIf(temporalMissing !== null)(
  `an office moves to Temporal and back with its approvals and a payment run in doubt, killed on the way (seed ${seed})`,
  async () => {
    const random = seededRandom(seed);
    const folder = await mkdtemp(path.join(tmpdir(), 'deskhand-bank-'));
    const bank = await openFakeBank({ folder });
    const temporal = await startTemporal();
    undo.push(() => rm(folder, { recursive: true, force: true }), bank.close, temporal.stop);
    const calls = createOutsideCalls({ metrics: createMetrics(), changes: { bank: { timeoutMs: 2000, restMs: 200, perMinute: 10_000 } } });
    const paymentChannel = createBankGateway({ url: bank.url, token: bank.token, system: calls.to('bank'), arrivesWithinMs: 12_000 });
    const office = await openTestOffice({ paymentChannel });
    undo.push(office.close);
    await importSuppliers(office);
    const runId = await doubtfulRun(office, bank);
    const bill = { quantity: '50', price: '18.90' };
    const invoices = [await cleanInvoice(office, bill), await cleanInvoice(office, bill), await cleanInvoice(office, bill)];
    const settings = {
      DESKHAND_DATABASE_URL: office.testDatabase.url,
      DESKHAND_TEMPORAL_ADDRESS: temporal.address,
      DESKHAND_SECRET: testSecret,
    };
    const there = ['--from', 'dbos', '--to', 'temporal'];
    const back = ['--from', 'temporal', '--to', 'dbos'];
    const refused = await migrate(settings, there);
    expect(refused).toMatchObject({ status: 1, output: expect.stringContaining('Stop all Deskhand servers') as string });

    await office.restart(async () => {
      const planned = await migrate(settings, [...there, '--dry-run']);
      expect(planned, planned.output).toMatchObject({ status: 0 });
      expect(planned.output).toContain('4 runs would go on under temporal');
      const killed = await migrate(settings, there, 1 + Math.floor(random() * 3));
      expect(killed.status).toBeNull();
      const moved = await migrate(settings, there);
      expect(moved, moved.output).toMatchObject({ status: 0 });

      await onTemporal(office, temporal.address, async () => {
        const [task] = await office.openTasks(invoices[0]);
        await decideTask(office.office, office.people.ana, { taskId: task?.id ?? '', decision: 'approve' });
        await expect.poll(async () => (await office.invoice(invoices[0] ?? '')).status, { timeout: 20_000 }).toBe('scheduled');
      });
      const killedAgain = await migrate(settings, back, 1 + Math.floor(random() * 2));
      expect(killedAgain.status).toBeNull();
      const returned = await migrate(settings, back);
      expect(returned, returned.output).toMatchObject({ status: 0 });
    });

    for (const invoiceId of invoices.slice(1)) {
      const [task] = await office.openTasks(invoiceId);
      await office.decide('ana', task, { decision: 'approve' });
      expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
    }
    const submission = async (): Promise<unknown> =>
      (await office.query<{ submission: string }>('select submission from payment_runs where id = $1', [runId]))[0]?.submission;
    // The bank knows nothing of the file until its time to arrive is over; then it is sent again.
    await expect.poll(submission, { timeout: 50_000, interval: 200 }).toBe('accepted');
    expect(bank.booked()).toHaveLength(1);
    expect(await office.query('select count(*)::int as n from payments')).toEqual([{ n: invoices.length + 1 }]);
    expect(await office.query(`select count(*)::int as n from tasks where kind = 'approval'`)).toEqual([{ n: invoices.length }]);
    expect(await verifyAudit(office.office, office.people.katrin)).toMatchObject({ isIntact: true });
  },
);

/** A released run whose file was lost on the way: the bank says that it knows nothing, and it may yet arrive. */
async function doubtfulRun(office: TestOffice, bank: Awaited<ReturnType<typeof openFakeBank>>): Promise<string> {
  const invoiceId = await cleanInvoice(office, { quantity: '10', price: '18.90' });
  const [payment] = await office.query<{ id: string }>('select id from payments where invoice_id = $1', [invoiceId]);
  const { paymentRunId } = await proposePaymentRun(office.office, office.people.ana, { paymentIds: [payment?.id ?? ''] });
  bank.next('drop-before');
  await releasePaymentRun(office.office, office.people.katrin, { paymentRunId });
  await expect.poll(() => bank.seen.questions, { timeout: 10_000 }).toBeGreaterThan(0);
  return paymentRunId;
}

async function onTemporal(office: TestOffice, address: string, work: () => Promise<void>): Promise<void> {
  const log = createLog({ level: 'error' });
  const engine = await createTemporalEngine({
    address,
    namespace: 'default',
    apiKey: null,
    isTls: false,
    databaseUrl: office.testDatabase.urls.engine,
    secrets: [testSecret],
    activities: createActivities(office.office),
    policies: activityPolicies,
    workflowNames: Object.keys(workflows),
    rooms: ['orchestration', 'connectors', 'intelligence'],
    buildId: 'first',
    activitiesAtOnce: 10,
    log,
  });
  await engine.launch();
  const relay = startRelay({ database: office.office.database, engine, log, metrics: office.office.metrics });
  try {
    await work();
  } finally {
    await relay.stop();
    await engine.stop();
  }
}
