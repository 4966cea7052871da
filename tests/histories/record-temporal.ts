// `npm run record:histories`: runs the office on a real Temporal server and writes the history of each kind of run into
// tests/histories/temporal, under the name of the release in package.json. Run it when a release is made, and when a
// workflow got a way that no history goes; files of earlier releases stay as they are.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askQuestion, decideTask, startPipelineStep } from '#orchestration';
import { openTemporalOffice, type TemporalOffice } from '../cluster/temporal/temporal-office.ts';
import { temporalMissing, temporalProgram } from '../cluster/temporal/temporal-server.ts';

let temporal: TemporalOffice;
let release: string;

beforeAll(async () => {
  if (temporalMissing !== null) throw new Error(temporalMissing);
  ({ version: release } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string });
  temporal = await openTemporalOffice(10);
  await temporal.office.startServer();
});
afterAll(async () => {
  await temporal?.close();
});

/** Once the run's newest history has this in it. */
async function record(
  workflow: string,
  workflowId: string,
  about: string,
  sign = 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED',
): Promise<void> {
  const show = ['workflow', 'show', '--address', temporal.address, '--workflow-id', workflowId, '--output', 'json'];
  const history = async (): Promise<string> => (await promisify(execFile)(temporalProgram, show, { maxBuffer: 100_000_000 })).stdout;
  await expect.poll(history, { timeout: 60_000, interval: 500 }).toContain(sign);
  const name = `${release}-${workflow}-${about}.json`;
  await writeFile(new URL(`temporal/${name}`, import.meta.url), await history());
  process.stdout.write(`recorded ${name}\n`);
}

async function idOf(query: string): Promise<string> {
  const [row] = await temporal.database.query(query);
  return (row?.['id'] ?? '') as string;
}

test('a message, its document and its payment, which the bank confirms at once or when it is asked', async () => {
  const { office } = temporal;
  await office.drop();
  await office.untilAllPaid(60_000);
  await record('handle-message', `message:${await idOf('select id from events order by id limit 1')}`, 'handled');
  await record('handle-document', `document:${await idOf('select id from documents order by id limit 1')}`, 'by-policy');
  const newestRun = 'select id from payment_runs order by id desc limit 1';
  await record('submit-payment-run', `payment-run:${await idOf(newestRun)}`, 'accepted');
  for (const [about, fault] of [
    ['answer-lost', 'drop-after'],
    ['sent-again', 'drop-before'],
  ] as const) {
    office.bank.next(fault);
    if (fault === 'drop-after') office.bank.nextAsk('ask-drop', 'ask-drop', 'ask-drop', 'ask-drop');
    await office.drop();
    await office.untilAllPaid(60_000);
    await record('submit-payment-run', `payment-run:${await idOf(newestRun)}`, about);
  }
});

test('a step of an outside pipeline, which a person answers', async () => {
  const { office, people } = temporal.office;
  const request = {
    kind: 'decision',
    title: 'Load?',
    question: 'Load it?',
    choices: ['load', 'skip'],
    role: 'controller',
    facts: [],
  } as const;
  const { stepId } = await startPipelineStep(office, people.ana, { key: 'nightly/load', request, callback: null, timeoutS: null });
  const task = `select id from tasks where status = 'open' and workflow_id = 'pipeline-step:${stepId}'`;
  await expect.poll(() => idOf(task), { timeout: 60_000 }).not.toBe('');
  await record('serve-pipeline-step', `pipeline-step:${stepId}`, 'waiting', 'EVENT_TYPE_TIMER_STARTED');
  await decideTask(office, people.katrin, { taskId: await idOf(task), decision: 'load' });
  await record('serve-pipeline-step', `pipeline-step:${stepId}`, 'answered');
});

test('a question by mail, which is left to a person because the servers have no mail server any more', async () => {
  const { office, people } = temporal.office;
  await temporal.office.drop();
  await temporal.office.untilAllPaid(60_000);
  const taskId = 'tsk_recorded';
  await temporal.database.query(
    `insert into tasks (id, organization_id, workflow_id, key, kind, reason, title, question, choices, role, invoice_id)
     select $1, organization_id, 'document:' || document_id, 'recorded', 'exception', 'price', 'Price', 'Accept?', '{accept,reject}', 'approver', id
     from invoices order by id desc limit 1`,
    [taskId],
  );
  const mailer = { from: 'invoices@office.example', send: () => Promise.reject(new Error('Only the servers send.')) };
  const recogniseAnswer = (): never => expect.fail('Nothing is read here.');
  const to = { recipient: 'supplier', toName: 'Nordwind', toAddress: 'rechnung@nordwind.example', language: 'en' } as const;
  const question = { ...to, taskId, subject: 'Price', body: 'Is it right?' };
  await askQuestion({ ...office, correspondence: { mailer, recogniseAnswer } }, people.bo, question);
  await record('send-question-mail', `question-mail:${await idOf('select id from question_mails')}`, 'left-to-person');
});
