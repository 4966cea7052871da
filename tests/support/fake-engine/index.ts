import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../../../src/orchestration/errors.ts';
import { labelsOf } from '../../../src/orchestration/engines/labels.ts';
import { crossing } from '../../../src/orchestration/engines/values.ts';
import type {
  ActivityMap,
  ActivityPolicies,
  Engine,
  RunFilter,
  WorkflowMap,
  WorkflowRun,
  WorkflowStep,
} from '../../../src/orchestration/flow.ts';
import { Execution, type Surroundings } from './execution.ts';
import { realScheduler, type Scheduler } from './scheduler.ts';
import { createFakeStore, entryKey, errorOf, inboxOf, newRun, type Entry, type FakeStore, type StoredRun } from './store.ts';

export { createFakeStore } from './store.ts';
export type { FakeStore } from './store.ts';
export type { Scheduler } from './scheduler.ts';

export interface FakeEngineOptions<Activities extends ActivityMap> {
  readonly activities: Activities;
  readonly policies: ActivityPolicies<Activities>;
  readonly workflows: WorkflowMap<Activities>;
  /** What outlives it: a new engine on the same store goes on where the old one was cut off. @default an empty one */
  readonly store?: FakeStore;
  /** @default the machine's clock */
  readonly scheduler?: Scheduler;
  /** @default 500 */
  readonly firstPauseMs?: number;
}

/** An engine in memory that keeps every promise of the port; what it would write to disk is its store. */
export function createFakeEngine<Activities extends ActivityMap>(options: FakeEngineOptions<Activities>): Engine {
  return new FakeEngine(options);
}

const cancelled = (workflowId: string): DeskhandError =>
  new DeskhandError(orchestrationErrors.cancelled, `Workflow ${workflowId} was cancelled.`, { details: { workflowId } });

class FakeEngine<Activities extends ActivityMap> implements Engine {
  readonly #workflows: WorkflowMap<Activities>;
  readonly #store: FakeStore;
  readonly #scheduler: Scheduler;
  readonly #around: Surroundings<Activities>;
  readonly #executions = new Map<string, Execution<Activities>>();
  readonly #listeners = new Map<string, (() => void)[]>();
  #isLaunched = false;

  constructor(options: FakeEngineOptions<Activities>) {
    const { activities, policies, workflows, store = createFakeStore(), scheduler = realScheduler, firstPauseMs = 500 } = options;
    this.#workflows = workflows;
    this.#store = store;
    this.#scheduler = scheduler;
    this.#around = {
      activities,
      policies,
      store,
      scheduler,
      firstPauseMs,
      start: (workflow, workflowId, input) => this.#start(workflow, workflowId, input),
      onEnd: (workflowId, then) => this.#onEnd(workflowId, then),
      ended: (run) => this.#tell(run.workflowId),
      begunAgain: (run) => this.#execute(run),
    };
  }

  async launch(): Promise<void> {
    this.#isLaunched = true;
    for (const run of this.#store.runs.values()) if (run.status === 'open') this.#execute(run);
  }

  async stop(): Promise<void> {
    this.#isLaunched = false;
    for (const execution of this.#executions.values()) execution.stop();
    this.#executions.clear();
  }

  async start(workflow: string, workflowId: string, input: unknown): Promise<void> {
    this.#start(workflow, workflowId, input);
  }

  #start(workflow: string, workflowId: string, input: unknown): void {
    if (this.#workflows[workflow] === undefined)
      throw new DeskhandError(orchestrationErrors.engineUnknown, `No workflow is named ${workflow}.`);
    const text = JSON.stringify(crossing(input, `The input of ${workflow}`) ?? null);
    if (this.#store.runs.has(workflowId)) return;
    const run = newRun(workflowId, workflow, text, this.#scheduler.now());
    this.#store.runs.set(workflowId, run);
    this.#execute(run);
  }

  async signal(workflowId: string, signal: string, payload: unknown, messageId: string): Promise<void> {
    const text = JSON.stringify(crossing(payload, `The signal ${signal}`) ?? null);
    const inbox = inboxOf(this.#store, workflowId);
    if (inbox.messageIds.has(messageId)) return;
    inbox.messageIds.add(messageId);
    inbox.waiting.push({ name: signal, payload: text });
    this.#scheduler.soon(`deliver ${signal}`, () => {
      const waiting = this.#executions.get(workflowId)?.waiting;
      if (waiting?.signal === signal) waiting.wake();
    });
  }

  async state(workflowId: string): Promise<unknown> {
    return JSON.parse(this.#known(workflowId).state);
  }

  result(workflowId: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#onEnd(workflowId, () => {
        const run = this.#known(workflowId);
        if (run.status === 'done') resolve(JSON.parse(run.result));
        else reject(run.failure === null ? cancelled(workflowId) : errorOf(run.failure));
      });
    });
  }

  async runs({ workflowId, organizationId, workflow, status, limit }: RunFilter): Promise<readonly WorkflowRun[]> {
    return [...this.#store.runs.values()]
      .filter((run) => (workflowId ?? run.workflowId) === run.workflowId && (workflow ?? run.workflow) === run.workflow)
      .map((run) => this.#describe(run))
      .filter((run) => (status ?? run.status) === run.status && (organizationId ?? run.organizationId) === run.organizationId)
      .toReversed()
      .slice(0, limit);
  }

  async steps(workflowId: string): Promise<readonly WorkflowStep[]> {
    const entries = [...this.#known(workflowId).history.values()];
    return entries.map(({ position, name, beganAt, endedAt, output, failure }) => ({
      position,
      name,
      startedAt: new Date(beganAt).toISOString(),
      endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
      output: output === null ? null : JSON.parse(output),
      failure: failure === null ? null : { code: failure.code, message: failure.message },
    }));
  }

  async cancel(workflowId: string): Promise<void> {
    const run = this.#known(workflowId);
    if (run.status !== 'open') return;
    this.#drop(workflowId);
    Object.assign(run, { status: 'cancelled', endedAt: this.#scheduler.now() });
    this.#tell(workflowId);
  }

  async resume(workflowId: string): Promise<void> {
    const run = this.#known(workflowId);
    if (run.status !== 'cancelled' && run.status !== 'failed') return;
    const last = Math.max(0, ...[...run.history.values()].map(({ position }) => position));
    for (const [key, entry] of run.history) if (entry.position === last && entry.failure !== null) run.history.delete(key);
    Object.assign(run, { status: 'open', failure: null, endedAt: null });
    this.#execute(run);
  }

  async fork(workflowId: string, position: number, newWorkflowId: string): Promise<string> {
    const from = this.#known(workflowId);
    if (this.#store.runs.has(newWorkflowId)) return newWorkflowId;
    const run = newRun(newWorkflowId, from.workflow, from.input, this.#scheduler.now());
    for (const entry of from.history.values()) {
      if (entry.position < position) run.history.set(entryKey(entry.position, entry.item), { ...entry } satisfies Entry);
    }
    this.#store.runs.set(newWorkflowId, run);
    this.#execute(run);
    return newWorkflowId;
  }

  #known(workflowId: string): StoredRun {
    const run = this.#store.runs.get(workflowId);
    if (run === undefined) throw new DeskhandError(orchestrationErrors.notFound, `There is no workflow ${workflowId}.`);
    return run;
  }

  #execute(run: StoredRun): void {
    if (!this.#isLaunched) return;
    this.#drop(run.workflowId);
    const workflow = this.#workflows[run.workflow];
    if (workflow === undefined) return;
    const execution = new Execution(run, this.#around);
    this.#executions.set(run.workflowId, execution);
    this.#scheduler.soon(`begin ${run.workflow}`, () => {
      if (!execution.isStopped) execution.begin(workflow);
    });
  }

  #drop(workflowId: string): void {
    this.#executions.get(workflowId)?.stop();
    this.#executions.delete(workflowId);
  }

  #onEnd(workflowId: string, then: () => void): void {
    const run = this.#store.runs.get(workflowId);
    if (run !== undefined && run.status !== 'open') this.#scheduler.soon(`tell the end of ${run.workflow}`, then);
    else this.#listeners.set(workflowId, [...(this.#listeners.get(workflowId) ?? []), then]);
  }

  #tell(workflowId: string): void {
    const told = this.#listeners.get(workflowId) ?? [];
    this.#listeners.delete(workflowId);
    for (const then of told) this.#scheduler.soon('tell an end', then);
  }

  #describe(run: StoredRun): WorkflowRun {
    const waiting = this.#executions.get(run.workflowId)?.waiting ?? null;
    return {
      workflowId: run.workflowId,
      workflow: run.workflow,
      status: run.status !== 'open' ? run.status : waiting === null ? 'running' : 'waiting',
      organizationId: labelsOf(JSON.parse(run.input)).organizationId,
      startedAt: new Date(run.startedAt).toISOString(),
      endedAt: run.endedAt === null ? null : new Date(run.endedAt).toISOString(),
      waitsFor: waiting === null ? null : { signal: waiting.signal, until: new Date(waiting.until).toISOString() },
      failure: run.failure === null ? null : { code: run.failure.code, message: run.failure.message },
    };
  }
}
