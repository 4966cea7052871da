import { expect, test } from 'vitest';
import type { Activities } from '../activities/index.ts';
import type { Flow } from '../flow.ts';
import { handleDocument } from './handle-document.ts';

type Answers = { readonly [Name in keyof Activities]?: readonly unknown[] };

/** Runs the workflow against scripted answers; an Error is thrown. Tasks ask to be looked at again in five seconds. @returns the activities in the order they were run. */
async function run(answers: Answers, signals = 0, isNew = true): Promise<string[]> {
  const ran: string[] = [];
  const left = new Map(Object.entries(answers).map(([name, all]) => [name, [...all]]));
  let buffered = signals;
  const unused = (): never => {
    throw new Error('This workflow does not use it.');
  };
  const flow: Flow<Activities> = {
    runEach: unused,
    sleepUntil: unused,
    now: unused,
    random: unused,
    runChild: unused,
    continueAsNew: unused,
    publish: unused,
    hasChange: () => Promise.resolve(isNew),
    workflowId: 'document:doc_1',
    run(name) {
      if (name === 'lookAtTasks') return Promise.resolve({ open: 1, lookAgainInMs: 5000 } as never);
      ran.push(name);
      const answer = left.get(name)?.shift();
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer as never);
    },
    waitFor(_, { timeoutMs }) {
      expect(timeoutMs).toBe(isNew ? 5000 : 86_400_000);
      ran.push(buffered > 0 ? '· news' : '· timeout');
      buffered -= 1;
      return Promise.resolve(buffered >= 0 ? { kind: 'received', payload: {} as never } : { kind: 'timed-out' });
    },
  };
  await handleDocument(flow, { organizationId: 'org_1', documentId: 'doc_1', traceParent: null });
  return ran;
}

const invoice = { outcome: 'invoice', invoiceId: 'inv_1' };
const clean = { outcome: 'clean' };
const asking = { outcome: 'asking' };

test('a clean invoice that policy approves is scheduled without waiting', async () => {
  const ran = await run({ readDocument: [invoice], assessInvoice: [clean], askApproval: [{ outcome: 'approved' }] });
  expect(ran).toEqual(['readDocument', 'assessInvoice', 'askApproval', 'schedulePayment']);
});

test('after each answer the invoice is looked at again before anyone is asked to approve', async () => {
  const ran = await run(
    { readDocument: [invoice], assessInvoice: [asking, clean, clean], askApproval: [{ outcome: 'waiting' }, { outcome: 'approved' }] },
    2,
  );
  expect(ran).toEqual([
    'readDocument',
    'assessInvoice',
    '· news',
    'assessInvoice',
    'askApproval',
    '· news',
    'assessInvoice',
    'askApproval',
    'schedulePayment',
  ]);
});

test('a rejected invoice is never scheduled', async () => {
  const ran = await run({ readDocument: [invoice], assessInvoice: [asking, { outcome: 'closed' }] }, 1);
  expect(ran).not.toContain('schedulePayment');
});

test.each([
  ['when its moment comes', true],
  ['once a day, as before, when the run is older than task clocks', false],
])('a person is reminded %s', async (_, isNew) => {
  const ran = await run({ readDocument: [invoice], assessInvoice: [asking, { outcome: 'closed' }] }, 0, isNew);
  expect(ran).toEqual(['readDocument', 'assessInvoice', '· timeout', 'remind', 'assessInvoice']);
});

test('work that failed is reminded of too', async () => {
  const ran = await run({
    readDocument: [new Error('disk full')],
    readFailureDecision: [{ decision: null }, { decision: 'dismiss' }],
  });
  expect(ran).toEqual([
    'readDocument',
    'reportFailure',
    '· timeout',
    'remind',
    'readFailureDecision',
    '· timeout',
    'remind',
    'readFailureDecision',
  ]);
});

test('a paper that asks for no money is filed', async () => {
  expect(await run({ readDocument: [{ outcome: 'filed', invoiceId: null }] })).toEqual(['readDocument']);
});

test('an unreadable document waits until a person sets it aside', async () => {
  const ran = await run(
    { readDocument: [{ outcome: 'asking', invoiceId: null }], enterByHand: [{ isDecided: false }, { isDecided: true, invoiceId: null }] },
    1,
  );
  expect(ran).toEqual(['readDocument', 'enterByHand', '· news', 'enterByHand']);
});

test('work that is tried again after its approval goes on with the payment', async () => {
  const ran = await run(
    {
      readDocument: [invoice, invoice],
      assessInvoice: [clean, { outcome: 'approved' }],
      askApproval: [{ outcome: 'approved' }],
      schedulePayment: [new Error('no account')],
      readFailureDecision: [{ decision: 'retry' }],
    },
    1,
  );
  expect(ran.slice(-3)).toEqual(['readDocument', 'assessInvoice', 'schedulePayment']);
});

test('an activity that gives up becomes a task, and the work starts again when a person says so', async () => {
  const ran = await run(
    {
      readDocument: [new Error('disk full'), invoice],
      readFailureDecision: [{ decision: 'retry' }],
      assessInvoice: [{ outcome: 'closed' }],
    },
    1,
  );
  expect(ran).toEqual(['readDocument', 'reportFailure', '· news', 'readFailureDecision', 'readDocument', 'assessInvoice']);
});
