import { defineQuery, defineSignal, makeContinueAsNewFunc, setHandler, workflowInfo } from '@temporalio/workflow';
import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../../errors.ts';
import type { ActivityMap, ActivityPolicy, WorkflowMap } from '../../flow.ts';
import { failureOf } from '../attempt.ts';
import { labelsOf } from '../labels.ts';
import { createPast, type RecordedStep } from '../past.ts';
import { crossing } from '../values.ts';
import { asFailure } from './crossing-failures.ts';
import { createFlow } from './flow.ts';
import { createInbox } from './inbox.ts';
import { signalName, stepsQuery, type RunInput, type SentSignal } from './wire.ts';

type Ending = { readonly kind: 'done'; readonly result: unknown } | { readonly kind: 'again'; readonly input: unknown };

export interface CarryOptions {
  /** A worker that says nothing for so long is dead, and its activity begins on another. */
  readonly deadAfterMs: number;
  /** Told of each step as it begins and as it ends, and of each signal that comes and is taken. */
  readonly tell?: (news: RunNews) => void;
}

export type RunNews =
  | { readonly kind: 'step'; readonly index: number; readonly step: RecordedStep }
  | { readonly kind: 'seen' | 'taken'; readonly messageId: string };

/**
 * The handler of every workflow type on Temporal: runs the engine-neutral function of that name with a `Flow`. Runs in
 * Temporal's sandbox, where clock, timers and chance are replayed.
 */
export function carryWorkflows(
  workflows: WorkflowMap<ActivityMap>,
  policies: Readonly<Record<string, ActivityPolicy>>,
  { deadAfterMs, tell = () => undefined }: CarryOptions = { deadAfterMs: 10_000 },
): (run: RunInput) => Promise<unknown> {
  return async ({ input, position = 0, past = [], buffered = [], seen = [] }) => {
    const { workflowId, workflowType } = workflowInfo();
    const steps: RecordedStep[] = [];
    const before = createPast(past);
    const inbox = createInbox(buffered, seen, tell);
    setHandler(defineSignal<[SentSignal]>(signalName), (signal) => inbox.put(signal));
    setHandler(defineQuery<readonly RecordedStep[]>(stepsQuery), () => steps);
    const workflow = workflows[workflowType];
    if (workflow === undefined)
      throw asFailure(new DeskhandError(orchestrationErrors.engineUnknown, `No workflow is named ${workflowType}.`));
    const ended = Promise.withResolvers<Ending>();
    const { flow, positionNow } = createFlow({
      workflowId,
      policies,
      deadAfterMs,
      traceParent: labelsOf(input).traceParent,
      position,
      past: before,
      steps,
      tell,
      inbox,
      again: (next) => ended.resolve({ kind: 'again', input: next }),
    });
    const work = async (): Promise<Ending> => ({ kind: 'done', result: crossing(await workflow(flow, input), 'The result of a workflow') });
    try {
      const ending = await Promise.race([work(), ended.promise]);
      if (ending.kind === 'done') return ending.result;
      await makeContinueAsNewFunc()({ input: ending.input, position: positionNow(), past: before.left(), ...inbox.left() });
      return null;
    } catch (thrown) {
      throw isEngineWord(thrown) ? thrown : asFailure(failureOf(thrown));
    }
  };
}

function isEngineWord(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'ContinueAsNew';
}
