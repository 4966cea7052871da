import { ParentClosePolicy, patched, scheduleActivity, startChild, WorkflowIdReusePolicy, upsertMemo } from '@temporalio/workflow';
import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../../errors.ts';
import type { ActivityMap, ActivityPolicy, Flow, Signal, Waited } from '../../flow.ts';
import { labelsOf } from '../labels.ts';
import { changeStep, childStep, outcomeOf, stepFailure, waitStep, type Past, type RecordedStep } from '../past.ts';
import { checkItems, crossing, crossingState } from '../values.ts';
import { failureBehind } from './crossing-failures.ts';
import { waitVisibly, type Inbox } from './inbox.ts';
import { searchAttributesOf } from './labels.ts';
import type { RunNews } from './carry-workflows.ts';
import { endOf, queueOf, stateKey, type ActivityInput, type RunInput } from './wire.ts';

export interface FlowParts {
  readonly workflowId: string;
  readonly policies: Readonly<Record<string, ActivityPolicy>>;
  readonly deadAfterMs: number;
  readonly traceParent: string | null;
  readonly position: number;
  readonly past: Past;
  readonly steps: RecordedStep[];
  readonly tell: (news: RunNews) => void;
  readonly inbox: Inbox;
  again(input: unknown): void;
}

// All nine tries of one worker and their pauses (two minutes); a new worker begins anew.
const maxTries = 9;
const allPausesMs = 150_000;
const farAway = Date.UTC(9999, 11, 31);

/** A `Flow` inside Temporal's sandbox. Steps of the past are answered in their order and not run again. */
export function createFlow(parts: FlowParts): { readonly flow: Flow<ActivityMap>; readonly positionNow: () => number } {
  const { workflowId, policies, deadAfterMs, traceParent, past, steps, tell, inbox } = parts;
  let { position } = parts;

  const step = async <Result>(name: string, work: (entry: RecordedStep) => Promise<Result>): Promise<Result> => {
    const before = past.next(name);
    const entry: RecordedStep = before ?? { name, startedAtMs: Date.now(), endedAtMs: null, output: null, failure: null };
    const index = steps.push(entry) - 1;
    const isOver = before !== null && before.endedAtMs !== null;
    tell({ kind: 'step', index, step: { ...entry } });
    if (isOver) return outcomeOf(before) as Result;
    try {
      const output = await work(entry);
      entry.output = output ?? null;
      return output;
    } catch (thrown) {
      const failure = failureBehind(thrown);
      entry.failure = stepFailure(failure);
      throw failure;
    } finally {
      entry.endedAtMs = Date.now();
      tell({ kind: 'step', index, step: { ...entry } });
    }
  };

  const runActivity = (name: string, idempotencyKey: string, given: unknown): Promise<unknown> => {
    const policy = policies[name];
    if (policy === undefined) return Promise.reject(new DeskhandError(orchestrationErrors.engineUnknown, `No activity is named ${name}.`));
    const argument: ActivityInput = { idempotencyKey, traceParent, input: crossing(given, `The input of ${name}`) };
    return step(name, () =>
      scheduleActivity(name, [argument], {
        taskQueue: queueOf(policy.room),
        startToCloseTimeout: maxTries * policy.timeoutMs + allPausesMs,
        heartbeatTimeout: deadAfterMs,
        // Without a limit: tries of the business are counted inside, so that crashes do not use them up.
        retry: { initialInterval: '1 second', backoffCoefficient: 1.5, maximumInterval: '10 seconds' },
      }),
    );
  };

  const flow: Flow<ActivityMap> = {
    workflowId,
    run(name, input) {
      position += 1;
      return runActivity(name, `${workflowId}/${position}/${name}`, input);
    },
    async runEach(name, items) {
      checkItems(items);
      position += 1;
      const group = position;
      const all = await Promise.allSettled(
        items.map(({ key, input }) => runActivity(name, `${workflowId}/${group}/${name}/${key}`, input)),
      );
      return all.map((one) => {
        if (one.status === 'rejected') throw one.reason;
        return one.value as never;
      });
    },
    waitFor<Payload>({ name }: Signal<Payload>, { timeoutMs }: { readonly timeoutMs: number }): Promise<Waited<Payload>> {
      return step(waitStep(name), async (entry) => {
        // A wait that began on another engine keeps its deadline.
        const leftMs = entry.untilMs === undefined ? timeoutMs : Math.max(1, entry.untilMs - Date.now());
        entry.untilMs ??= Date.now() + timeoutMs;
        tell({ kind: 'step', index: steps.indexOf(entry), step: { ...entry } });
        const signal = await inbox.take(name, leftMs, entry.untilMs);
        return signal === null ? { kind: 'timed-out' } : { kind: 'received', payload: signal.payload as Payload };
      });
    },
    sleepUntil: (at) =>
      step('sleep', async () => {
        const leftMs = Date.parse(at) - Date.now();
        if (leftMs > 0) await waitVisibly('time', Date.parse(at), () => false, leftMs);
      }),
    now: () => step('now', () => Promise.resolve(Date.now())),
    random: () => step('random', () => Promise.resolve(Math.random())),
    runChild: (workflow, childId, input) => step(childStep(workflow), () => runChild(workflow, childId, input, deadAfterMs)) as never,
    continueAsNew(input) {
      parts.again(crossing(input, 'The input that a workflow goes on with'));
      return new Promise<never>(() => undefined);
    },
    async publish(state) {
      const shown = crossingState(state);
      const isPast = past.left().length > 0;
      await step('publish', () => Promise.resolve(upsertMemo({ [stateKey]: shown })));
      // What was shown elsewhere is shown here too.
      if (isPast) upsertMemo({ [stateKey]: shown });
    },
    async hasChange(change) {
      const told = past.change(change);
      const recorded = { name: changeStep(change), startedAtMs: Date.now(), endedAtMs: Date.now(), output: told, failure: null };
      if (told === null) return step(changeStep(change), () => Promise.resolve(patched(change)));
      tell({ kind: 'step', index: steps.push(recorded) - 1, step: recorded });
      return told;
    },
  };
  return { flow, positionNow: () => position };
}

async function runChild(workflow: string, childId: string, given: unknown, deadAfterMs: number): Promise<unknown> {
  const input = crossing(given, `The input of ${workflow}`);
  const run: RunInput = { input };
  const child = await startChild(workflow, {
    workflowId: childId,
    args: [run],
    parentClosePolicy: ParentClosePolicy.ABANDON,
    workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    typedSearchAttributes: searchAttributesOf(labelsOf(input)),
  }).catch((thrown: unknown) => {
    if (thrown instanceof Error && thrown.name === 'WorkflowExecutionAlreadyStartedError') return null;
    throw thrown;
  });
  let isOver = false;
  // A known id runs, or ran, elsewhere: an activity waits for its end.
  const ended = (child === null ? resultOf(childId, deadAfterMs) : child.result()).finally(() => {
    isOver = true;
  });
  const [result] = await Promise.all([ended, waitVisibly(childId, farAway, () => isOver, null)]);
  return result;
}

/** Of a workflow that this one did not start. */
function resultOf(workflowId: string, deadAfterMs: number): Promise<unknown> {
  return scheduleActivity(endOf, [workflowId], {
    taskQueue: queueOf('orchestration'),
    startToCloseTimeout: '5 minutes',
    heartbeatTimeout: deadAfterMs,
    retry: { initialInterval: '1 second', maximumInterval: '10 seconds' },
  });
}
