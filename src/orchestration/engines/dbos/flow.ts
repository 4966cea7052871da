import { DBOS, DBOSWorkflowConflictError, Error as dbosErrors } from '@dbos-inc/dbos-sdk';
import { currentOwnerXid } from '@dbos-inc/dbos-sdk/internal/context';
import { asDeskhandError, DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../../errors.ts';
import type { Activity, ActivityMap, ActivityPolicy, Flow, Signal, Waited } from '../../flow.ts';
import { attemptActivity, failureOf } from '../attempt.ts';
import { childStep, waitStep, type Past } from '../past.ts';
import { checkItems, crossing, crossingState } from '../values.ts';
import { isAway } from './patience.ts';
import type { Outcome, Waits } from './waits.ts';

/** What `Flow.publish` is kept under. */
export const stateKey = 'state';

/** One execution of a run in this process, from its dispatch until it ends, parks or is lost. */
export interface Execution {
  readonly workflowId: string;
  readonly traceParent: string | null;
  /** Aborted on cancel and on stop. */
  readonly signal: AbortSignal;
  /** Aborted when the server drains: a step that has begun ends and is recorded, none begins. */
  readonly draining: AbortSignal;
  /** How many steps have begun and not ended. */
  readonly steps: { inFlight: number };
  /** Ends the execution from outside the workflow's code, which could catch what is thrown into it. */
  end(ending: Ending): void;
  /** True once the server stops: nothing more may be recorded, as the run is still ours to go on with. */
  isStopping(): boolean;
}

export type Ending = { readonly kind: 'again'; readonly input: unknown } | { readonly kind: 'left'; readonly reason: unknown };

export interface FlowParts {
  readonly activities: ActivityMap;
  readonly policies: Readonly<Record<string, ActivityPolicy>>;
  readonly waits: Waits;
  readonly firstPauseMs: number | undefined;
  /** Starts a child, recorded as a step of the caller. */
  startChild(workflow: string, workflowId: string, input: unknown): Promise<void>;
  /** What the run brought along from another engine, and how many calls of activities were before that. */
  readonly past: Past;
  readonly position: number;
  /** Told of a wait that this server should wake in time. */
  parkedUntil(until: number | null): void;
}

/** Never settles: the code behind it is forgotten with the execution. */
const never = new Promise<never>(() => undefined);

/** A `Flow` for one execution. Positions are counted over all its beginnings, so keys stay unique after `continueAsNew`. */
export function createFlow(parts: FlowParts, execution: Execution): Flow<ActivityMap> {
  const { workflowId, traceParent, signal, draining, steps } = execution;
  let { position } = parts;
  let waited = 0;

  const { answer } = parts.past;

  /** What a workflow may see of a step: its result or a failure; an execution that is over sees nothing more. */
  const seen = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (draining.aborted) return await never;
    steps.inFlight += 1;
    try {
      const result = await work();
      steps.inFlight -= 1;
      return result;
    } catch (thrown) {
      steps.inFlight -= 1;
      if (execution.isStopping()) return await never;
      // Activities fail with errors of ours. Postgres away is no outcome of a step: the run is taken up again from the queue.
      const isTrouble = asDeskhandError(thrown) === null && isAway(thrown);
      if (!isTrouble && !(thrown instanceof dbosErrors.DBOSError)) throw failureOf(thrown);
      execution.end({ kind: 'left', reason: isTrouble ? new DBOSWorkflowConflictError(workflowId) : thrown });
      return await never;
    }
  };
  const step = <Result>(name: string, work: () => Promise<Result>): Promise<Result> =>
    seen(() => DBOS.runStep(() => untilStopped(execution, work()), { name }));

  const runActivity = (name: string, idempotencyKey: string, given: unknown): Promise<unknown> => {
    const policy = parts.policies[name];
    if (policy === undefined) return Promise.reject(new DeskhandError(orchestrationErrors.engineUnknown, `No activity is named ${name}.`));
    const input = crossing(given, `The input of ${name}`);
    const activity: Activity | undefined = parts.activities[name];
    const context = { workflowId, idempotencyKey, traceParent };
    const { firstPauseMs } = parts;
    return answer(name, () =>
      step(name, () => attemptActivity({ name, activity, policy, context, input, signal, draining, firstPauseMs })),
    );
  };

  /** Parks until `until` or until something comes. */
  const wait = async (name: string, what: { signal: string | null; childId: string | null; until: number | null }): Promise<Outcome> => {
    waited += 1;
    const mine = waited;
    return await step(name, async () => {
      const ownerXid = currentOwnerXid(workflowId) ?? '';
      const outcome = await parts.waits.takeOrPark({ workflowId, ownerXid, position: mine, ...what });
      if (outcome.kind === 'parked') parts.parkedUntil(what.until);
      if (outcome.kind === 'parked' || outcome.kind === 'lost') throw new DBOSWorkflowConflictError(workflowId);
      return outcome;
    });
  };

  return {
    workflowId,
    async run(name, input) {
      position += 1;
      return await runActivity(name, `${workflowId}/${position}/${name}`, input);
    },
    async runEach(name, items) {
      checkItems(items);
      position += 1;
      const group = position;
      const all = await Promise.allSettled(
        items.map(async ({ key, input }) => await runActivity(name, `${workflowId}/${group}/${name}/${key}`, input)),
      );
      return all.map((one) => {
        if (one.status === 'rejected') throw one.reason;
        return one.value as never;
      });
    },
    async waitFor<Payload>({ name }: Signal<Payload>, { timeoutMs }: { readonly timeoutMs: number }): Promise<Waited<Payload>> {
      return await answer(waitStep(name), async (begun) => {
        const { until } = await step(waitStep(name), () => Promise.resolve({ until: begun?.untilMs ?? Date.now() + timeoutMs }));
        const outcome = await wait(`heard ${name}`, { signal: name, childId: null, until });
        return outcome as Waited<Payload>;
      });
    },
    async sleepUntil(at) {
      await answer('sleep', async () => {
        await step('sleep', () => Promise.resolve({ until: Date.parse(at) }));
        await wait('slept', { signal: null, childId: null, until: Date.parse(at) });
      });
    },
    now: () => answer('now', () => seen(() => DBOS.now())),
    random: () => answer('random', () => step('random', () => Promise.resolve(Math.random()))),
    async runChild<Result>(workflow: string, childId: string, input: unknown): Promise<Result> {
      const given = crossing(input, `The input of ${workflow}`);
      return await answer(childStep(workflow), async () => {
        await seen(() => parts.startChild(workflow, childId, given));
        await wait('child ended', { signal: null, childId, until: null });
        return (await step('child result', () => DBOS.getResult(childId).catch(childFailure))) as Result;
      });
    },
    continueAsNew(input) {
      execution.end({ kind: 'again', input: crossing(input, 'The input that a workflow goes on with') });
      return never;
    },
    async publish(state) {
      const shown = crossingState(state);
      // What was shown elsewhere is shown here too.
      parts.past.next('publish');
      await seen(() => DBOS.setEvent(stateKey, shown));
    },
    hasChange: async (change) => parts.past.change(change) ?? (await seen(() => DBOS.patch(change))),
  };
}

/** A step that fails because the server stops has not failed: it is run again by whoever carries the run next. */
async function untilStopped<Result>(execution: Execution, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (thrown) {
    if (execution.isStopping()) return await never;
    if (thrown === execution.draining.reason) {
      // It rested between two attempts: nothing of it runs, and nothing is recorded.
      execution.steps.inFlight -= 1;
      return await never;
    }
    throw thrown instanceof dbosErrors.DBOSError ? thrown : failureOf(thrown);
  }
}

function childFailure(thrown: unknown): never {
  if (thrown instanceof dbosErrors.DBOSAwaitedWorkflowCancelledError)
    throw new DeskhandError(orchestrationErrors.cancelled, 'The child workflow was cancelled.');
  throw failureOf(thrown);
}
