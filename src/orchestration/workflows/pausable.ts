import type { Activities } from '../activities/index.ts';
import type { Flow, Signal, Workflow } from '../flow.ts';

/** A pause that this workflow came upon is over; there may be another. */
const resumed: Signal<{ readonly pauseId: string }> = { name: 'resumed' };

// The signal tells; this is for one that was lost.
const lookAgainMs = 86_400_000;

/** What an activity answers instead of beginning while its organization or workflow is paused. Stored with running work. */
export const pausedMark = { deskhandPaused: true } as const;

// The map keeps each workflow's own input.
// oxlint-disable-next-line typescript/no-explicit-any
type Workflows = Readonly<Record<string, Workflow<Activities, any>>>;

/**
 * Lets workflows stand still while they are paused: an activity that answers `pausedMark` has not begun, and is run again
 * once the pause is over. The wait is the engine's, so it survives restarts, costs no slot and hits no timeout.
 */
export function pausable<All extends Workflows>(workflows: All): All {
  return Object.fromEntries(
    Object.entries(workflows).map(([name, workflow]) => [
      name,
      (flow: Flow<Activities>, input: unknown) => workflow(pausableFlow(flow), input),
    ]),
  ) as unknown as All;
}

function pausableFlow(flow: Flow<Activities>): Flow<Activities> {
  const untilResumed = (): Promise<unknown> => flow.waitFor(resumed, { timeoutMs: lookAgainMs });
  return {
    workflowId: flow.workflowId,
    async run(name, input) {
      for (;;) {
        const output = await flow.run(name, input);
        if (!isPaused(output)) return output as never;
        await untilResumed();
      }
    },
    async runEach(name, items) {
      const outputs = await flow.runEach(name, items);
      for (;;) {
        const left = [...outputs.keys()].filter((index) => isPaused(outputs[index]));
        if (left.length === 0) return outputs;
        await untilResumed();
        const again = await flow.runEach(
          name,
          left.flatMap((index) => items[index] ?? []),
        );
        for (const [position, index] of left.entries()) outputs[index] = again[position] as (typeof outputs)[number];
      }
    },
    waitFor: (signal, options) => flow.waitFor(signal, options),
    sleepUntil: (at) => flow.sleepUntil(at),
    now: () => flow.now(),
    random: () => flow.random(),
    runChild: (workflow, workflowId, input) => flow.runChild(workflow, workflowId, input),
    continueAsNew: (input) => flow.continueAsNew(input),
    publish: (state) => flow.publish(state),
    hasChange: (change) => flow.hasChange(change),
  };
}

function isPaused(output: unknown): boolean {
  return output !== null && typeof output === 'object' && 'deskhandPaused' in output;
}
