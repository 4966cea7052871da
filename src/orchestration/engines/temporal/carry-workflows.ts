import { defineQuery, defineSignal, makeContinueAsNewFunc, setHandler, workflowInfo } from '@temporalio/workflow';
import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../../errors.ts';
import type { ActivityMap, ActivityPolicy, WorkflowMap } from '../../flow.ts';
import { failureOf } from '../attempt.ts';
import { labelsOf } from '../labels.ts';
import { crossing } from '../values.ts';
import { asFailure } from './crossing-failures.ts';
import { createFlow } from './flow.ts';
import { createInbox } from './inbox.ts';
import { signalName, stepsQuery, type RecordedStep, type RunInput, type SentSignal } from './wire.ts';

type Ending = { readonly kind: 'done'; readonly result: unknown } | { readonly kind: 'again'; readonly input: unknown };

export interface CarryOptions {
  /** A worker that says nothing for so long is dead, and its activity begins on another. */
  readonly deadAfterMs: number;
}

/**
 * The handler of every workflow type on Temporal: runs the engine-neutral function of that name with a `Flow`. Runs in
 * Temporal's sandbox, where clock, timers and chance are replayed.
 */
export function carryWorkflows(
  workflows: WorkflowMap<ActivityMap>,
  policies: Readonly<Record<string, ActivityPolicy>>,
  { deadAfterMs }: CarryOptions = { deadAfterMs: 10_000 },
): (run: RunInput) => Promise<unknown> {
  return async ({ input, position = 0, past = [], buffered = [], seen = [] }) => {
    const { workflowId, workflowType } = workflowInfo();
    const steps: RecordedStep[] = [];
    const inbox = createInbox(buffered, seen);
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
      past,
      steps,
      inbox,
      again: (next) => ended.resolve({ kind: 'again', input: next }),
    });
    const work = async (): Promise<Ending> => ({ kind: 'done', result: crossing(await workflow(flow, input), 'The result of a workflow') });
    try {
      const ending = await Promise.race([work(), ended.promise]);
      if (ending.kind === 'done') return ending.result;
      await makeContinueAsNewFunc()({ input: ending.input, position: positionNow(), ...inbox.left() });
      return null;
    } catch (thrown) {
      throw isEngineWord(thrown) ? thrown : asFailure(failureOf(thrown));
    }
  };
}

function isEngineWord(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'ContinueAsNew';
}
