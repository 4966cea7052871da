// Imports types only: a cluster's workers bundle this file as it is.
import type { Flow, Signal } from '../../src/orchestration/flow.ts';
import type { ContractActivities, Fault } from './activities.ts';

type ContractFlow = Flow<ContractActivities>;
interface Caught {
  readonly code: unknown;
  readonly message: unknown;
  readonly retryable: unknown;
}

const word: Signal<unknown> = { name: 'word' };
const otherWord: Signal<unknown> = { name: 'other-word' };

/** What a workflow sees of a failure. */
async function caught(work: Promise<unknown>): Promise<Caught | 'none'> {
  try {
    await work;
    return 'none';
  } catch (failure) {
    const { code, message, retryable } = failure as { code?: unknown; message?: unknown; retryable?: unknown };
    return { code, message, retryable };
  }
}

/** Runs `echo` on each value in turn. */
async function echoes(flow: ContractFlow, { values }: { readonly values: readonly unknown[] }): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (const value of values) seen.push(await flow.run('echo', value));
  return seen;
}

/** Runs one activity and returns what came of it. */
function one(
  flow: ContractFlow,
  { activity, input }: { readonly activity: keyof ContractActivities; readonly input: never },
): Promise<unknown> {
  return flow.run(activity, input);
}

/** Runs one activity, and another when it failed. */
async function forgiving(flow: ContractFlow, { fault }: { readonly fault: Fault }): Promise<unknown> {
  const failure = await caught(flow.run('flaky', { failures: 1000, fault }));
  return { failure, afterwards: await flow.run('echo', 'went on') };
}

/** Finishes two steps before one that fails until the test mends it. */
async function stumbling(flow: ContractFlow, input: { readonly gate: string; readonly fault: Fault }): Promise<unknown> {
  const first = await flow.run('echo', 'first');
  const second = await flow.run('echo', 'second');
  return [first, second, await flow.run('mendable', input)];
}

async function each(
  flow: ContractFlow,
  { activity, items }: { readonly activity: keyof ContractActivities; readonly items: readonly { key: string; input: never }[] },
): Promise<unknown> {
  let results: unknown[] = [];
  const failure = await caught(
    flow.runEach(activity, items).then((all) => {
      results = all;
    }),
  );
  return failure === 'none' ? results : { failure };
}

/** Passes a gate, then takes `count` words, one of the other kind last if so wished. */
async function listening(
  flow: ContractFlow,
  {
    gate,
    count,
    timeoutMs,
    other,
  }: { readonly gate?: string; readonly count: number; readonly timeoutMs: number; readonly other?: boolean },
): Promise<unknown> {
  if (gate !== undefined) await flow.run('gated', { gate, value: null });
  const heard: unknown[] = [];
  for (let taken = 0; taken < count; taken += 1) {
    const answer = await flow.waitFor(word, { timeoutMs });
    heard.push(answer.kind === 'received' ? answer.payload : answer.kind);
  }
  if (other === true) {
    const answer = await flow.waitFor(otherWord, { timeoutMs });
    heard.push(answer.kind === 'received' ? answer.payload : answer.kind);
  }
  return heard;
}

/** Waits in vain first, then for the real thing. */
async function patient(flow: ContractFlow, input: { readonly shortMs: number; readonly longMs: number }): Promise<unknown> {
  const first = await flow.waitFor(word, { timeoutMs: input.shortMs });
  await flow.run('echo', first);
  const second = await flow.waitFor(word, { timeoutMs: input.longMs });
  return [first, second];
}

async function sleeping(flow: ContractFlow, { forMs }: { readonly forMs: number }): Promise<{ sleptMs: number; woken: boolean }> {
  const before = await flow.now();
  await flow.sleepUntil(instant(before + forMs));
  const after = await flow.now();
  await flow.run('echo', 'woken');
  return { sleptMs: after - before, woken: true };
}

/** Reads clock and dice before and after a wait, so that a replay would show. */
async function reading(flow: ContractFlow): Promise<unknown> {
  const before = { now: await flow.now(), random: await flow.random() };
  await flow.run('echo', before);
  const answer = await flow.waitFor(word, { timeoutMs: 60_000 });
  const after = { now: await flow.now(), random: await flow.random() };
  return { before, after, answer };
}

async function parent(
  flow: ContractFlow,
  { child, childId, input }: { readonly child: string; readonly childId: string; readonly input: unknown },
): Promise<unknown> {
  let result: unknown;
  const failure = await caught(
    flow.runChild(child, childId, input).then((value) => {
      result = value;
    }),
  );
  return failure === 'none' ? { result } : { failure };
}

/** Takes one word in each of its runs and begins again with what it has. */
async function renewing(
  flow: ContractFlow,
  { left, heard }: { readonly left: number; readonly heard: readonly unknown[] },
): Promise<unknown> {
  await flow.run('echo', { left });
  const answer = await flow.waitFor(word, { timeoutMs: 60_000 });
  const all = [...heard, answer.kind === 'received' ? answer.payload : answer.kind];
  return left === 1 ? all : flow.continueAsNew({ left: left - 1, heard: all });
}

async function publishing(flow: ContractFlow, { states }: { readonly states: readonly unknown[] }): Promise<void> {
  for (const state of states) {
    await flow.waitFor(word, { timeoutMs: 20_000 });
    await flow.publish(state);
    await flow.run('echo', 'published');
  }
}

async function publishingTooMuch(flow: ContractFlow, { characters }: { readonly characters: number }): Promise<unknown> {
  return caught(flow.publish('x'.repeat(characters)));
}

/** Runs a step, waits, runs another. */
async function pausing(flow: ContractFlow, { timeoutMs }: { readonly timeoutMs: number }): Promise<unknown> {
  const before = await flow.run('echo', 'before');
  const answer = await flow.waitFor(word, { timeoutMs });
  return [before, answer, await flow.run('echo', 'after')];
}

/** As it was first released; `second-release.ts` has it as it is now. */
async function changing(flow: ContractFlow): Promise<unknown> {
  await flow.run('echo', 'as ever');
  await flow.waitFor(word, { timeoutMs: 60_000 });
  return flow.run('echo', 'ended');
}

function failing(_: ContractFlow, { fault }: { readonly fault: Fault }): Promise<unknown> {
  const { code, message, retryable } = fault;
  return Promise.reject(Object.assign(new Error(message), { code, kind: 'conflict', retryable }));
}

/** ISO 8601 without a clock: workflows have none, and a formatter is no clock. */
function instant(ms: number): string {
  // oxlint-disable-next-line eslint/no-restricted-globals
  return new Date(ms).toISOString();
}

/** Workflows of the first release. */
export const workflows = {
  echoes,
  one,
  forgiving,
  stumbling,
  each,
  listening,
  patient,
  sleeping,
  reading,
  parent,
  renewing,
  publishing,
  publishingTooMuch,
  pausing,
  changing,
  failing,
} as const;
