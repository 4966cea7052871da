import type { Activities } from '#orchestration';
import type { Flow, Workflow } from '../../src/orchestration/flow.ts';
import type { Ask } from './history.ts';

// The map keeps each workflow's own input.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyWorkflow = Workflow<Activities, any>;

/** What each run asked in its last execution, by workflow id. */
export type Asked = Map<string, readonly Ask[]>;

const none: ReadonlySet<string> = new Set();

/**
 * Writes down what a workflow asks of the engine.
 *
 * @param unknownChanges - which changes are answered no to a run, as if it had begun before them.
 */
export function listenIn(
  workflow: AnyWorkflow,
  asked: Asked,
  unknownChanges: (workflowId: string) => ReadonlySet<string> = () => none,
): AnyWorkflow {
  return (flow, input: unknown) => {
    const asks: Ask[] = [];
    asked.set(flow.workflowId, asks);
    return workflow(listening(flow, asks, unknownChanges(flow.workflowId)), input);
  };
}

function listening(flow: Flow<Activities>, asks: Ask[], unknownChanges: ReadonlySet<string>): Flow<Activities> {
  const note = (ask: string, name: string, input?: unknown): void => {
    asks.push(input === undefined ? { ask, name } : { ask, name, input });
  };
  return {
    workflowId: flow.workflowId,
    run(name, input) {
      note('run', name, input);
      return flow.run(name, input);
    },
    runEach(name, items) {
      note('runEach', name, items);
      return flow.runEach(name, items);
    },
    waitFor(signal, options) {
      note('waitFor', signal.name);
      return flow.waitFor(signal, options);
    },
    sleepUntil(at) {
      note('sleepUntil', '');
      return flow.sleepUntil(at);
    },
    now() {
      note('now', '');
      return flow.now();
    },
    random() {
      note('random', '');
      return flow.random();
    },
    runChild(workflow, workflowId, input) {
      note('runChild', workflow, input);
      return flow.runChild(workflow, workflowId, input);
    },
    continueAsNew(input) {
      note('continueAsNew', '', input);
      return flow.continueAsNew(input);
    },
    publish(state) {
      note('publish', '');
      return flow.publish(state);
    },
    async hasChange(change) {
      const has = !unknownChanges.has(change) && (await flow.hasChange(change));
      if (has) note('hasChange', change);
      return has;
    },
  };
}
