import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCallbacks, createBankFiles, createPaymentFiles, createPublicHolidays, createRecordParser } from '#connectors';
import { DeskhandError } from '#domain/errors';
import type { Actor, Role } from '#domain/identity';
import type { RecordKind } from '#domain/ports';
import { classifyMessage, createOptimizer } from '#intelligence';
import {
  activityPolicies,
  createActivities,
  createDbosEngine,
  decideTask,
  importRecords,
  startRelay,
  uploadFiles,
  workflows,
  type Activities,
  type Office,
  type Relay,
  type TaskDecision,
} from '#orchestration';
import { createFileBlobs, createLog, createMetrics, createOutsideCalls, createSealing, newId } from '#platform';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { bytesOfPaper, paperReader } from './paper-reader.ts';
import type { Paper } from './paper.ts';
import { addOrganization, type Person } from './people.ts';

export type { Person } from './people.ts';

/** The office with its engine running on a real Postgres. Documents are read from what a test says they hold. */
export interface TestOffice {
  readonly office: Office;
  readonly testDatabase: TestDatabase;
  readonly organizationId: string;
  readonly people: Readonly<Record<Person, Actor>>;
  /** Sets the day; the time of day stands at nine. */
  setDay(day: string): void;
  /** Sets the instant, as `2026-03-02T09:00:00Z`. */
  setTime(instant: string): void;
  /** Makes an activity throw, this many times. */
  failNext(activity: keyof Activities, times: number, failure: Error): void;
  /** Runs once, right before the next attempt of an activity: for what happens in between. */
  before(activity: keyof Activities, work: () => Promise<unknown>): void;
  /** Drops a file that reads as this paper. @returns its event's id. */
  drop(paper: Paper, fileName?: string): Promise<string>;
  /** Drops a paper and waits until its invoice is at rest. @returns the invoice's id. */
  receive(paper: Paper, fileName?: string): Promise<string>;
  import(kind: RecordKind, csv: string): Promise<void>;
  /** Waits until nothing is handed over and no activity runs any more. */
  settle(): Promise<void>;
  invoice(invoiceId: string): Promise<InvoiceState>;
  openTasks(invoiceId?: string): Promise<readonly TaskState[]>;
  decide(person: Person, task: TaskState | undefined, decision: Omit<TaskDecision, 'taskId'>): Promise<void>;
  /** Runs SQL as the owner of the database, past all rules. */
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Stops engine and relay and starts them again, as a restart of the server does. */
  restart(whileDown?: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

export interface InvoiceState {
  readonly status: string;
  readonly version: number;
  readonly supplier_id: string | null;
  readonly purchase_order_id: string | null;
  readonly gross: string | null;
}
export interface TaskState {
  readonly id: string;
  readonly kind: string;
  readonly reason: string;
  readonly question: string;
  readonly role: Role;
  readonly member_id: string | null;
  readonly invoice_id: string | null;
  readonly choices: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * @param overrides - ports that a test brings itself.
 * @param carried - the workflows, where a test listens in on them.
 */
export async function openTestOffice(overrides: Partial<Office> = {}, carried = workflows): Promise<TestOffice> {
  const testDatabase = await createTestDatabase();
  // A clone has the template's tables, but not the rights on the database itself.
  const name = new URL(testDatabase.url).pathname.slice(1);
  await testDatabase.query(`grant create on database ${name} to deskhand_engine`);
  const folder = await mkdtemp(path.join(tmpdir(), 'deskhand-office-'));
  let now = new Date('2026-03-02T09:00:00Z');
  const log = createLog({ level: 'error' });
  const calls = createOutsideCalls({ metrics: createMetrics() });
  const office: Office = {
    database: testDatabase.database,
    engine: () => engine,
    blobs: createFileBlobs(path.join(folder, 'blobs')),
    sealing: createSealing(['a secret that only tests know']),
    clock: { now: () => now },
    log,
    metrics: createMetrics(),
    ...paperReader,
    triage: { classify: classifyMessage },
    paymentFiles: createPaymentFiles(),
    bankFiles: createBankFiles(),
    paymentChannel: null,
    calls,
    callbacks: createCallbacks({ hosts: [], signingSecret: null, stepFunctions: null, calls }),
    records: createRecordParser(),
    holidays: createPublicHolidays(),
    optimizer: createOptimizer(),
    ...overrides,
  };
  const organizationId = newId('org');
  const people = await addOrganization(office.database, organizationId);
  const saboteur = createSaboteur(createActivities(office));
  const engine = createDbosEngine({
    databaseUrl: testDatabase.urls.engine,
    activities: saboteur.activities,
    policies: activityPolicies,
    workflows: carried,
    executorId: 'test',
    log,
  });
  await engine.launch();
  let relay: Relay = startRelay({ database: office.database, engine, log, metrics: office.metrics });
  const query = async <Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]> =>
    (await testDatabase.query(text, values)) as readonly Row[];
  const settle = (): Promise<void> => untilQuiet(query);

  const drop = async (paper: Paper, fileName = `${paper.number ?? 'paper'}.pdf`): Promise<string> => {
    const bytes = bytesOfPaper(fileName, paper);
    const [receipt] = await uploadFiles(office, people.ana, { files: [{ fileName, bytes }] });
    return receipt?.messageId ?? '';
  };
  return {
    office,
    testDatabase,
    organizationId,
    people,
    setDay: (day) => {
      now = new Date(`${day}T09:00:00Z`);
    },
    setTime: (instant) => {
      now = new Date(instant);
    },
    failNext: saboteur.failNext,
    before: saboteur.before,
    drop,
    async receive(paper, fileName) {
      const eventId = await drop(paper, fileName);
      await settle();
      const [row] = await query<{ id: string }>(
        'select i.id from invoices i join documents d on d.id = i.document_id where d.event_id = $1',
        [eventId],
      );
      return row?.id ?? '';
    },
    async import(kind, csv) {
      const outcome = await importRecords(office, people.ana, {
        kind,
        fileName: `${kind}.csv`,
        bytes: new TextEncoder().encode(csv),
        dryRun: false,
      });
      if (outcome.faults.length > 0) throw new Error(JSON.stringify(outcome.faults));
    },
    settle,
    async invoice(invoiceId) {
      const [row] = await query<InvoiceState>('select * from invoices where id = $1', [invoiceId]);
      if (row === undefined) throw new Error(`There is no invoice ${invoiceId}.`);
      return row;
    },
    async openTasks(invoiceId) {
      return query<TaskState>(
        `select * from tasks where status = 'open' and ($1::text is null or invoice_id = $1) order by created_at, id`,
        [invoiceId ?? null],
      );
    },
    async decide(person, task, decision) {
      if (task === undefined) throw new Error('There is no such task.');
      await decideTask(office, people[person], { taskId: task.id, ...decision });
      await settle();
    },
    query,
    async restart(whileDown) {
      await relay.stop();
      await engine.stop();
      await whileDown?.();
      await engine.launch();
      relay = startRelay({ database: office.database, engine, log, metrics: office.metrics });
      await settle();
    },
    async close() {
      await relay.stop();
      await engine.stop();
      await testDatabase.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Saboteur {
  readonly activities: Activities;
  readonly failNext: TestOffice['failNext'];
  readonly before: TestOffice['before'];
}

/** The real activities; a test may make one fail, or do something right before it. */
function createSaboteur(real: Activities): Saboteur {
  const failures = new Map<string, Error[]>();
  const beforehand = new Map<string, (() => Promise<unknown>)[]>();
  const wrap = (name: string, work: (context: never, input: never) => Promise<unknown>) => async (context: never, input: never) => {
    await beforehand.get(name)?.shift()?.();
    const failure = failures.get(name)?.shift();
    if (failure !== undefined) throw failure;
    return await work(context, input);
  };
  return {
    activities: Object.fromEntries(Object.entries(real).map(([name, work]) => [name, wrap(name, work as never)])) as unknown as Activities,
    failNext: (name, times, failure) =>
      failures.set(
        name,
        Array.from({ length: times }, () => failure),
      ),
    before: (name, work) => beforehand.set(name, [...(beforehand.get(name) ?? []), work]),
  };
}

/** At rest: nothing is in the outbox, each run has ended or is parked, and no parked one has something to wake it. */
async function untilQuiet(query: TestOffice['query']): Promise<void> {
  const giveUpAt = performance.now() + 30_000;
  for (;;) {
    const [row] = await query<{ busy: string }>(`
      select (select count(*) from outbox where relayed_at is null)
           + (select count(*) from dbos.workflow_status where status in ('PENDING', 'ENQUEUED'))
           + (select count(*) from engine.signals join engine.waits using (workflow_id) where taken_by is null and name = signal) as busy`);
    if (Number(row?.busy) === 0) return;
    if (performance.now() > giveUpAt) throw new Error(`The office does not come to rest: ${String(row?.busy)} still busy.`);
    await new Promise((resume) => setTimeout(resume, 10));
  }
}

/** An error as an activity throws it. */
export function failureOf(retryable: boolean, message = 'The disk is full.'): Error {
  return new DeskhandError({ code: 'DH_TEST_FAILED', kind: 'unavailable', retryable }, message);
}
