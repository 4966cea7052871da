import { beforeAll, expect, test } from 'vitest';
import { workflows } from '#orchestration';
import type { Flow } from '../../src/orchestration/flow.ts';
import { readHistories, type History } from '../histories/history.ts';
import type { AnyWorkflow } from '../histories/listen-in.ts';
import { replayOnDbos, type ReplayCase } from '../histories/replay-on-dbos.ts';

const ofToday = workflows as Readonly<Record<string, AnyWorkflow | undefined>>;
const histories = readHistories();

type Asking = Flow<never>['run'];

/** The workflow of a history after somebody changed it. */
function changed(history: History, run: (flow: Flow<never>, run: Asking) => Asking): AnyWorkflow {
  return (flow, input: unknown) => {
    const inner = flow as unknown as Flow<never>;
    return (ofToday[history.workflow] as AnyWorkflow)({ ...inner, run: run(inner, (name, given) => inner.run(name, given)) }, input);
  };
}

type Change = (flow: Flow<never>, run: Asking) => (name: string, input: object) => Promise<unknown>;

const extraStep: Change = (flow, run) => async (name, input) => {
  if (name === 'askApproval') await run('lookAtTasks' as never, input as never);
  return await run(name as never, input as never);
};
const gatedStep: Change = (flow, run) => async (name, input) => {
  if (name === 'askApproval' && (await flow.hasChange('planted'))) await run('lookAtTasks' as never, input as never);
  return await run(name as never, input as never);
};
const lostField: Change = (_, run) => (name, input) =>
  run(name as never, (name === 'askApproval' ? { ...input, invoiceId: undefined } : input) as never);
const gainedField: Change = (_, run) => (name, input) => run(name as never, { ...input, locale: 'de' } as never);
const renamed: Change = (_, run) => (name, input) => run((name === 'schedulePayment' ? 'planPayment' : name) as never, input as never);

const waiting = '0.1.0-handle-document-approval-waiting.json';
const ended = '0.1.0-handle-document-by-policy.json';
const plants: readonly (readonly [string, string, Change])[] = [
  ['an extra step', waiting, extraStep],
  ['an extra step behind a gate', waiting, gatedStep],
  ['an input that lost a field', waiting, lostField],
  ['an input that gained a field', waiting, gainedField],
  ['a renamed activity', ended, renamed],
];

/** Today's workflow over a record whose first step bears another name, as if the engine's adapter had renamed it. */
function otherAdapter(): ReplayCase {
  const history = histories.get(ended) as History;
  const steps = history.steps.map((step) => ({ ...step, name: step.name === 'readDocument' ? 'activity readDocument' : step.name }));
  return { name: 'another adapter', history: { ...history, steps, asks: history.asks.slice(0, 1) }, workflow: ofToday[history.workflow] };
}

let findings: ReadonlyMap<string, string>;

beforeAll(async () => {
  const asIs = [...histories].map(([name, history]): ReplayCase => ({ name, history, workflow: ofToday[history.workflow] }));
  const planted = plants.map(([what, name, change]): ReplayCase => {
    const history = histories.get(name);
    if (history === undefined) throw new Error(`There is no history ${name}: run npm run record:histories.`);
    return { name: what, history, workflow: changed(history, change as never) };
  });
  const dropped: ReplayCase = { name: 'a dropped workflow', history: [...histories.values()][0] as History, workflow: undefined };
  findings = await replayOnDbos([...asIs, ...planted, dropped, otherAdapter()]);
});

test.each([...histories.keys()])('%s goes the same way under the code of today', (name) => {
  expect(findings.get(name)).toBeUndefined();
});

test.each(Object.keys(workflows))('runs of %s are on record, ended and waiting', (workflow) => {
  const ends = new Set([...histories.values()].filter((history) => history.workflow === workflow).map(({ status }) => status));
  expect([...ends].toSorted(), 'record it: npm run record:histories').toEqual(['done', 'waiting']);
});

test('the check finds an extra step, and says where, what and what to do', () => {
  expect(findings.get('an extra step')).toMatch(
    /workflow handle-document leaves the way of release 0\.1\.0 at step 3: then it asked for run askApproval .*it asks for run lookAtTasks .*hasChange/,
  );
});

test('the check finds a lost field, a renamed activity and a dropped workflow', () => {
  expect(findings.get('an input that lost a field')).toMatch(/at step 3: then it asked for run askApproval \{.*"invoiceId".*hasChange/);
  expect(findings.get('a renamed activity')).toMatch(/it asked for run schedulePayment .* it asks for run planPayment/);
  expect(findings.get('a dropped workflow')).toMatch(/there is no workflow .* any more/);
});

test('the check finds an engine that reads its record otherwise than it was written', () => {
  expect(findings.get('another adapter')).toMatch(/the engine left it failed: .*names and numbers of steps must stay/);
});

test('the check lets pass an extra step behind a gate, and a field more', () => {
  expect([findings.get('an extra step behind a gate'), findings.get('an input that gained a field')]).toEqual([undefined, undefined]);
});
