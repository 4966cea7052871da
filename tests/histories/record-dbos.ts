// `npm run record:histories`: runs the office on the real engine and writes what each kind of run left behind into
// tests/histories/dbos, under the name of the release in package.json. Run it when a release is made, and when a workflow
// got a way that no history goes; files of earlier releases stay as they are.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBankGateway, createCallbacks } from '#connectors';
import type { MailAnswer } from '#domain/ports';
import { recogniseAnswer } from '#intelligence';
import {
  askQuestion,
  pauseWork,
  proposePaymentRun,
  releasePaymentRun,
  resumeWork,
  startPipelineStep,
  uploadFiles,
  workflows,
  type Office,
} from '#orchestration';
import { createMetrics, createOutsideCalls } from '#platform';
import { openFakeBank, type FakeBank } from '../support/fake-bank.ts';
import { failureOf, openTestOffice, type TestOffice, type TaskState } from '../support/office.ts';
import { cleanInvoice, importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';
import { paperReader } from '../support/paper-reader.ts';
import { writeHistory, type History, type RecordedStep } from './history.ts';
import { listenIn, type AnyWorkflow, type Asked } from './listen-in.ts';

const bill = { quantity: '10', price: '18.90' };
const dear = { quantity: '50', price: '18.90' };

/** A release whose runs are recorded; the same office plays them all, as there is one engine in a process. */
interface Stage {
  readonly office: TestOffice;
  readonly bank: FakeBank;
  readonly release: string;
  /** What is answered no to runs of this release. */
  readonly unknownChanges: readonly string[];
}

const asked: Asked = new Map();
/** What runs that begin now do not know; a run keeps its own. */
let unknownChanges: ReadonlySet<string> = new Set();
const unknownTo = new Map<string, ReadonlySet<string>>();
function unknownChangesOf(workflowId: string): ReadonlySet<string> {
  const own = unknownTo.get(workflowId) ?? unknownChanges;
  unknownTo.set(workflowId, own);
  return own;
}

/** From here on runs begin as those of this release. */
function on(stage: Stage): Stage {
  unknownChanges = new Set(stage.unknownChanges);
  return stage;
}

const locked = 'locked.zip';
const problem = { code: 'zip-encrypted', message: 'It is locked with a password.', fileName: locked };
/** One file name says that part of the message was left out. */
const unpacker: Office['unpacker'] = {
  async unpack(message) {
    const unpacked = await paperReader.unpacker.unpack(message);
    return message.fileName === locked ? { ...unpacked, parts: [], problems: [problem] } : unpacked;
  },
};

async function openOffice(folder: string): Promise<{ readonly office: TestOffice; readonly bank: FakeBank }> {
  const bank = await openFakeBank({ folder });
  const calls = createOutsideCalls({ metrics: createMetrics(), changes: { bank: { timeoutMs: 2000, perMinute: 10_000, openAfter: 100 } } });
  const paymentChannel = createBankGateway({ url: bank.url, token: bank.token, system: calls.to('bank'), arrivesWithinMs: 200 });
  const callbacks = createCallbacks({ hosts: [], signingSecret: null, stepFunctions: null, calls });
  const heard = Object.entries(workflows).map(([name, workflow]) => [name, listenIn(workflow as AnyWorkflow, asked, unknownChangesOf)]);
  const office = await openTestOffice({ paymentChannel, callbacks, unpacker }, Object.fromEntries(heard));
  await importSuppliers(office);
  return { office, bank };
}

let folder: string;
let today: Stage;
let before: Stage;

beforeAll(async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  folder = await mkdtemp(path.join(tmpdir(), 'deskhand-record-'));
  const opened = await openOffice(folder);
  today = { ...opened, release: version, unknownChanges: [] };
  // As runs went on that waited when tasks got clocks of their own.
  before = { ...opened, release: '0.0.9', unknownChanges: ['task-moments'] };
});
afterAll(async () => {
  await today.office.close();
  await today.bank.close();
  await rm(folder, { recursive: true, force: true });
});

/** Writes down the run as it is now. */
async function record({ office, release }: Stage, workflowId: string, about: string): Promise<void> {
  await office.settle();
  const [run] = await office.query<{ name: string; inputs: string; serialization: string | null; status: string }>(
    `select s.name, i.inputs, s.serialization, s.status
       from dbos.workflow_status as s join dbos.workflow_input as i using (workflow_uuid) where workflow_uuid = $1`,
    [workflowId],
  );
  const [wait] = await office.query<{ signal: string; position: number }>(
    'select signal, position from engine.waits where workflow_id = $1',
    [workflowId],
  );
  const steps = await office.query<Record<'output' | 'error', string | null> & Omit<RecordedStep, 'output' | 'error'>>(
    `select function_id as position, function_name as name, output, error, child_workflow_id as "childId", serialization
       from dbos.operation_outputs where workflow_uuid = $1 order by function_id`,
    [workflowId],
  );
  if (run === undefined) throw new Error(`There is no run ${workflowId}.`);
  expect([workflowId, run.status]).toEqual([workflowId, wait === undefined ? 'SUCCESS' : 'CANCELLED']);
  const history: History = {
    release,
    workflow: run.name,
    workflowId,
    input: JSON.parse(run.inputs) as unknown,
    serialization: run.serialization,
    status: wait === undefined ? 'done' : 'waiting',
    wait: wait ?? null,
    asks: JSON.parse(JSON.stringify(asked.get(workflowId) ?? [])) as History['asks'],
    steps: steps.map((step) => ({ ...step, output: fromText(step.output), error: fromText(step.error) })),
  };
  process.stdout.write(`recorded ${writeHistory(history, about)}: ${history.asks.length} asks\n`);
}

/** Without the paths of the machine that recorded it. */
function fromText(text: string | null): unknown {
  return text === null ? null : (JSON.parse(text, (key, value: unknown) => (key === 'stack' ? '' : value)) as unknown);
}

const documentRun = async ({ office }: Stage, invoiceId: string): Promise<string> => {
  const [row] = await office.query<{ document_id: string }>('select document_id from invoices where id = $1', [invoiceId]);
  return `document:${row?.document_id ?? ''}`;
};
const documentRunOf = async ({ office }: Stage, eventId: string): Promise<string> => {
  const [row] = await office.query<{ id: string }>('select id from documents where event_id = $1', [eventId]);
  return `document:${row?.id ?? ''}`;
};
const failedTask = async ({ office }: Stage): Promise<TaskState | undefined> =>
  (await office.openTasks()).find((task) => task.kind === 'failed');
const openTaskOf = async ({ office }: Stage, workflowId: string): Promise<TaskState | undefined> =>
  (await office.query<TaskState>(`select * from tasks where workflow_id = $1 and status = 'open'`, [workflowId]))[0];
/** The deadline of a wait passes: as the run recorded it, and as the engine watches for it. */
const timeOut = async ({ office }: Stage, workflowId: string): Promise<void> => {
  const positions = () => office.query('select position from engine.waits where workflow_id = $1', [workflowId]);
  const now = await positions();
  await office.query(
    `update dbos.operation_outputs set output = jsonb_set(output::jsonb, '{json,until}', '0')::text
      where workflow_uuid = $1 and function_id = (select max(function_id) from dbos.operation_outputs where workflow_uuid = $1)`,
    [workflowId],
  );
  await office.query('update engine.waits set until = now() where workflow_id = $1', [workflowId]);
  await expect.poll(positions, { timeout: 20_000 }).not.toEqual(now);
  await office.settle();
};

test('handle-message: straight through', async () => {
  on(today);
  const eventId = await today.office.drop(paperInvoice(await orderPaper(today.office, bill), bill));
  await record(today, `message:${eventId}`, 'handled');
});

test('handle-message: unpacking gave up and waits; then it is tried again; another is set aside', async () => {
  on(today);
  const { office } = today;
  office.failNext('unpackMessage', 1, failureOf(false));
  const eventId = await office.drop(paperInvoice(await orderPaper(office, bill), bill));
  await record(today, `message:${eventId}`, 'failed-waiting');
  await office.decide('ana', await failedTask(today), { decision: 'retry' });
  await record(today, `message:${eventId}`, 'failed-tried-again');
  office.failNext('unpackMessage', 1, failureOf(false));
  const other = await office.drop(paperInvoice(await orderPaper(office, bill), bill));
  await office.settle();
  await office.decide('ana', await failedTask(today), { decision: 'dismiss' });
  await record(today, `message:${other}`, 'failed-set-aside');
});

test('handle-message: part of it was left out, which a person has to know', async () => {
  const { office } = on(today);
  const eventId = await office.drop(paperInvoice(null, bill), locked);
  const run = `message:${eventId}`;
  await record(today, run, 'left-out-waiting');
  await office.decide('ana', await openTaskOf(today, run), { decision: 'done' });
  await record(today, run, 'left-out-known');
});

test('handle-document: approved by policy', async () => {
  on(today);
  await record(today, await documentRun(today, await cleanInvoice(today.office, bill)), 'by-policy');
});

test('handle-document: waits for an approval, is reminded, approved, and scheduled', async () => {
  for (const stage of [today, before]) {
    on(stage);
    const invoiceId = await cleanInvoice(stage.office, dear);
    const run = await documentRun(stage, invoiceId);
    await record(stage, run, 'approval-waiting');
    await timeOut(stage, run);
    await record(stage, run, 'approval-reminded');
    await stage.office.decide('ana', (await stage.office.openTasks(invoiceId))[0], { decision: 'approve' });
    await record(stage, run, 'approval-given');
  }
});

test('handle-document: an exception waits and is rejected', async () => {
  on(today);
  const { office } = today;
  const order = await orderPaper(office, bill);
  const invoiceId = await office.receive(paperInvoice(order, { quantity: '10', price: '25.00' }));
  const run = await documentRun(today, invoiceId);
  await record(today, run, 'exception-waiting');
  await office.decide('bo', (await office.openTasks(invoiceId))[0], { decision: 'reject' });
  await record(today, run, 'exception-rejected');
});

test('handle-document: typed in by hand', async () => {
  on(today);
  const { office } = today;
  const eventId = await office.drop(null as never, 'nothing-to-read.txt');
  await office.settle();
  const run = await documentRunOf(today, eventId);
  await record(today, run, 'by-hand-waiting');
  const task = (await office.openTasks()).find(({ kind }) => kind === 'unreadable');
  await office.decide('ana', task, { decision: 'enter' });
  await record(today, run, 'by-hand-entered');
});

test('handle-document: the payment gave up and was set aside, so all is undone; one cannot be undone', async () => {
  for (const stage of [today, before]) {
    on(stage);
    const { office } = stage;
    office.failNext('schedulePayment', 1, failureOf(false));
    const invoiceId = await office.receive(paperInvoice(await orderPaper(office, bill), bill));
    await record(stage, await documentRun(stage, invoiceId), 'payment-failed');
    await office.decide('ana', await failedTask(stage), { decision: 'dismiss' });
    await record(stage, await documentRun(stage, invoiceId), 'payment-undone');
  }
  const { office } = on(today);
  office.failNext('schedulePayment', 1, failureOf(false));
  office.failNext('cancelPayment', 1, failureOf(false));
  const invoiceId = await office.receive(paperInvoice(await orderPaper(office, bill), bill));
  await office.decide('ana', await failedTask(today), { decision: 'dismiss' });
  await record(today, await documentRun(today, invoiceId), 'payment-handed-over');
});

test('handle-document: stands still while it is paused', async () => {
  on(today);
  const { office } = today;
  const paper = paperInvoice(await orderPaper(office, bill), bill);
  const paused = { target: { scope: 'organization' }, reason: 'Recording.' } as const;
  office.before('assessInvoice', () => pauseWork(office.office, office.people.katrin, paused));
  const eventId = await office.drop(paper);
  await expect.poll(() => office.query(`select 1 from engine.waits where signal = 'resumed'`), { timeout: 10_000 }).toHaveLength(1);
  const run = await documentRunOf(today, eventId);
  await record(today, run, 'paused');
  await resumeWork(office.office, office.people.katrin, paused);
  await expect.poll(() => office.query(`select 1 from engine.waits where signal = 'resumed'`), { timeout: 10_000 }).toEqual([]);
  await record(today, run, 'paused-resumed');
});

test('serve-pipeline-step: a question waits and is answered', async () => {
  for (const stage of [today, before]) {
    on(stage);
    const { office } = stage;
    const { stepId } = await startPipelineStep(office.office, office.people.ana, {
      key: `nightly/load ${stage.release}`,
      request: { kind: 'decision', title: 'Load?', question: 'Load the ledger?', choices: ['load', 'skip'], role: 'controller', facts: [] },
      callback: null,
      timeoutS: null,
    });
    const run = `pipeline-step:${stepId}`;
    await record(stage, run, 'question-waiting');
    await office.decide('katrin', await openTaskOf(stage, run), { decision: 'load' });
    await record(stage, run, 'question-answered');
  }
});

async function released({ office }: Stage): Promise<string> {
  const invoiceId = await cleanInvoice(office, bill);
  const [payment] = await office.query<{ id: string }>('select id from payments where invoice_id = $1', [invoiceId]);
  const { paymentRunId } = await proposePaymentRun(office.office, office.people.ana, { paymentIds: [payment?.id ?? ''] });
  await releasePaymentRun(office.office, office.people.katrin, { paymentRunId });
  return `payment-run:${paymentRunId}`;
}

const untilAsked = async (stage: Stage, workflowId: string, reason: string): Promise<TaskState | undefined> => {
  await expect.poll(async () => (await openTaskOf(stage, workflowId))?.reason, { timeout: 20_000 }).toBe(reason);
  return openTaskOf(stage, workflowId);
};

/** No short wait between two questions to the bank any more. */
async function untilEnded({ office }: Stage, workflowId: string): Promise<void> {
  const status = () => office.query('select status from dbos.workflow_status where workflow_uuid = $1', [workflowId]);
  await expect.poll(status, { timeout: 20_000 }).toEqual([{ status: 'SUCCESS' }]);
}

test('send-question-mail: taken and answered, refused, and its answer lost until a person speaks', async () => {
  const { office } = on(today);
  const answers: MailAnswer[] = [];
  const send = () => Promise.resolve(answers.shift() ?? ({ outcome: 'accepted' } as const));
  const mailer = { from: 'invoices@office.example', send };
  Object.assign(office.office, { correspondence: { mailer, recogniseAnswer } });
  const asked = async (): Promise<string> => {
    const order = await orderPaper(office, bill);
    const invoiceId = await office.receive(paperInvoice(order, { quantity: '10', price: '25.00' }));
    const taskId = (await office.openTasks(invoiceId))[0]?.id ?? '';
    const to = { recipient: 'supplier', toName: 'Nordwind', toAddress: 'rechnung@nordwind.example', language: 'en' } as const;
    const { questionId } = await askQuestion(office.office, office.people.bo, { ...to, taskId, subject: 'Price', body: 'Is it right?' });
    await office.settle();
    const [mail] = await office.query<{ id: string }>('select id from question_mails where question_id = $1', [questionId]);
    return `question-mail:${mail?.id ?? ''}`;
  };
  const taken = await asked();
  await record(today, taken, 'taken');
  const [mail] = await office.query<{ message_id: string }>('select message_id from question_mails where id = $1', [taken.split(':')[1]]);
  const reply = new TextEncoder().encode(`<reply@nordwind.example>\nIn-Reply-To: ${mail?.message_id ?? ''}\n\nNo document.`);
  const [receipt] = await uploadFiles(office.office, office.people.ana, { files: [{ fileName: 'reply.eml', bytes: reply }] });
  await record(today, `message:${receipt?.messageId ?? ''}`, 'answer-tied');
  answers.push({ outcome: 'refused', reason: 'No such user.' });
  await record(today, await asked(), 'refused');
  answers.push({ outcome: 'unknown', why: 'The answer was lost.' });
  const run = await asked();
  await record(today, run, 'doubt-waiting');
  await office.decide('bo', await openTaskOf(today, run), { decision: 'send-mail-again' });
  await record(today, run, 'doubt-sent-again');
});

test('submit-payment-run: accepted, asked about after a lost answer, sent again, refused', async () => {
  on(today);
  for (const [about, fault] of [
    ['accepted', null],
    ['answer-lost', 'drop-after'],
    ['sent-again', 'drop-before'],
    ['refused', 'refuse'],
  ] as const) {
    if (fault !== null) today.bank.next(fault);
    const run = await released(today);
    await untilEnded(today, run);
    await record(today, run, about);
  }
});

test('submit-payment-run: stays in doubt, and two people have it sent again', async () => {
  for (const stage of [today, before]) {
    on(stage);
    const { office } = stage;
    const inner = office.office.paymentChannel;
    if (inner === null) throw new Error('There is a bank here.');
    const unknown = { outcome: 'unknown', why: 'It said nothing.' } as const;
    const say = () => Promise.resolve(unknown);
    Object.assign(office.office, { paymentChannel: { ...inner, arrivesWithinMs: 40, submit: say, find: say } });
    const run = await released(stage);
    const arrival = await untilAsked(stage, run, 'submission-unknown');
    await record(stage, run, 'doubt-waiting');
    await office.decide('katrin', arrival, { decision: 'it-did-not-arrive', note: 'By telephone.' });
    const resend = await untilAsked(stage, run, 'submission-resend');
    Object.assign(office.office, { paymentChannel: inner });
    await office.decide('kim', resend, { decision: 'send-again', note: 'Not on the account.' });
    await untilEnded(stage, run);
    await record(stage, run, 'doubt-sent-again');
  }
});
