import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCallbacks } from '#connectors';
import { getPipelineStep, startPipelineStep, type PipelineStepOrder } from '#orchestration';
import { createMetrics, createOutsideCalls } from '#platform';
import { openTestOffice, type TestOffice } from '../support/office.ts';

const signingSecret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

interface Call {
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

let office: TestOffice;
let pipeline: Server;
let host = '';
const calls: Call[] = [];
/** Answers of the pipeline's server, first in first out; 204 when there is none. */
const answers: number[] = [];

const guards = createOutsideCalls({ metrics: createMetrics() });

beforeAll(async () => {
  pipeline = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      calls.push({ body, headers: request.headers });
      response.writeHead(answers.shift() ?? 204).end();
    });
  });
  pipeline.listen(0, '127.0.0.1');
  await once(pipeline, 'listening');
  host = `127.0.0.1:${(pipeline.address() as AddressInfo).port}`;
  office = await openTestOffice({ callbacks: createCallbacks({ hosts: [host], signingSecret, stepFunctions: null, calls: guards }) });
});
afterAll(async () => {
  await office?.close();
  pipeline?.close();
});

function question(key: string, changes: Partial<PipelineStepOrder> = {}): PipelineStepOrder {
  return {
    key,
    request: {
      kind: 'decision',
      title: 'Load the ledger?',
      question: 'The nightly load holds 12 rows more than yesterday. Load it?',
      choices: ['load', 'skip'],
      role: 'controller',
      facts: ['Yesterday: 4,201 rows. Today: 4,213 rows.'],
    },
    callback: { kind: 'http', url: `http://${host}/done` },
    timeoutS: null,
    ...changes,
  };
}

async function questionTask(): Promise<Parameters<TestOffice['decide']>[1]> {
  return (await office.openTasks()).find((task) => task.kind === 'question');
}

test('a person decides, and the pipeline is told once, with a signature that holds', async () => {
  const before = calls.length;
  expect(await startPipelineStep(office.office, office.people.ana, question('run-1/approve'))).toMatchObject({ isNew: true });
  await office.settle();
  const task = await questionTask();
  expect(task).toMatchObject({ role: 'controller', choices: ['load', 'skip'] });
  await office.decide('katrin', task, { decision: 'load', note: 'Month end.' });
  const [call, ...more] = calls.slice(before);
  expect(more).toEqual([]);
  const told = new Webhook(signingSecret).verify(call?.body ?? '', call?.headers as Record<string, string>);
  expect(told).toMatchObject({
    key: 'run-1/approve',
    outcome: 'done',
    result: { decision: 'load', note: 'Month end.', decidedBy: { name: 'katrin' } },
  });
  expect(await getPipelineStep(office.office, office.people.ana, 'run-1/approve')).toMatchObject({
    status: 'ended',
    outcome: 'done',
    callback: { kind: 'http', status: 'delivered' },
  });
});

test('asking again under the same key finds the first step; another question under it is refused', async () => {
  const first = await startPipelineStep(office.office, office.people.ana, question('run-2/approve'));
  const again = await startPipelineStep(office.office, office.people.ana, question('run-2/approve'));
  expect(again).toEqual({ stepId: first.stepId, isNew: false });
  const other = question('run-2/approve', { timeoutS: 60 });
  await expect(startPipelineStep(office.office, office.people.ana, other)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_STEP_DIFFERS' });
  await office.settle();
  expect((await office.openTasks()).filter((task) => task.kind === 'question')).toHaveLength(1);
  await office.decide('katrin', await questionTask(), { decision: 'skip' });
});

test('a pipeline whose server is down for a moment is told later', async () => {
  answers.push(503, 500);
  const before = calls.length;
  await startPipelineStep(office.office, office.people.ana, question('run-3/approve'));
  await office.settle();
  await office.decide('katrin', await questionTask(), { decision: 'load' });
  expect(calls.slice(before).map((call) => call.headers['webhook-id'])).toHaveLength(3);
  expect(new Set(calls.slice(before).map((call) => call.headers['webhook-id'])).size).toBe(1);
});

test('a pipeline that no longer waits is left in peace, and the step says so', async () => {
  answers.push(410);
  await startPipelineStep(office.office, office.people.ana, question('run-4/approve'));
  await office.settle();
  await office.decide('katrin', await questionTask(), { decision: 'load' });
  expect(await getPipelineStep(office.office, office.people.ana, 'run-4/approve')).toMatchObject({ callback: { status: 'gone' } });
});

test('a callback that is refused for good becomes a task', async () => {
  answers.push(401);
  await startPipelineStep(office.office, office.people.ana, question('run-5/approve'));
  await office.settle();
  await office.decide('katrin', await questionTask(), { decision: 'load' });
  const failed = (await office.openTasks()).find((task) => task.kind === 'failed');
  expect(failed).toMatchObject({ reason: 'DH_CONNECTORS_CALLBACK_REFUSED', choices: ['retry', 'dismiss'] });
  await office.decide('ana', failed, { decision: 'retry' });
  expect(await getPipelineStep(office.office, office.people.ana, 'run-5/approve')).toMatchObject({ callback: { status: 'delivered' } });
});

test('only hosts that are allowed by name are called', async () => {
  const elsewhere = question('run-6/approve', { callback: { kind: 'http', url: 'http://169.254.169.254/latest' } });
  await expect(startPipelineStep(office.office, office.people.ana, elsewhere)).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_CALLBACK_NOT_ALLOWED',
    message: expect.stringContaining('169.254.169.254') as unknown,
  });
  await expect(startPipelineStep(office.office, office.people.bo, question('run-7/approve'))).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_NOT_ALLOWED',
  });
});

test('a step whose time is over ends as timed out, and its question is withdrawn', async () => {
  await startPipelineStep(office.office, office.people.ana, question('run-8/approve', { timeoutS: 1 }));
  await office.settle();
  expect(await questionTask()).toBeDefined();
  // Past the deadline by the office's clock; the engine's own timer wakes the workflow a second from now.
  office.setDay('2026-03-03');
  await expect
    .poll(async () => (await getPipelineStep(office.office, office.people.ana, 'run-8/approve')).outcome, { timeout: 10_000 })
    .toBe('timed-out');
  await office.settle();
  expect(await questionTask()).toBeUndefined();
});

test('a document that a pipeline hands in ends the step once nobody is asked about it any more', async () => {
  const bytes = new TextEncoder().encode('no document at all');
  const order: PipelineStepOrder = {
    key: 'run-9/invoice',
    request: { kind: 'document', fileName: 'note.txt', bytes },
    callback: null,
    timeoutS: null,
  };
  await startPipelineStep(office.office, office.people.ana, order);
  await office.settle();
  expect(await getPipelineStep(office.office, office.people.ana, 'run-9/invoice')).toMatchObject({ status: 'open' });
  const unreadable = (await office.openTasks()).find((task) => task.kind === 'unreadable');
  await office.decide('ana', unreadable, { decision: 'dismiss' });
  // The engine looks again two seconds on.
  await expect
    .poll(async () => (await getPipelineStep(office.office, office.people.ana, 'run-9/invoice')).status, { timeout: 10_000 })
    .toBe('ended');
  expect(await getPipelineStep(office.office, office.people.ana, 'run-9/invoice')).toMatchObject({
    status: 'ended',
    outcome: 'done',
    result: { documents: [{ fileName: 'note.txt', invoiceId: null }] },
  });
});
