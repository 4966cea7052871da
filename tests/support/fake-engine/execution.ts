import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../../../src/orchestration/errors.ts';
import { labelsOf } from '../../../src/orchestration/engines/labels.ts';
import { checkItems, crossing, crossingState } from '../../../src/orchestration/engines/values.ts';
import type { ActivityMap, ActivityPolicies, Flow, Signal, Waited, Workflow } from '../../../src/orchestration/flow.ts';
import { attemptOnScheduler, type Outcome } from './attempts.ts';
import type { Scheduler } from './scheduler.ts';
import { entryKey, errorOf, inboxOf, storedFailure, type Entry, type FakeStore, type StoredRun } from './store.ts';

/** What an execution needs of its engine. */
export interface Surroundings<Activities extends ActivityMap> {
  readonly activities: Activities;
  readonly policies: ActivityPolicies<Activities>;
  readonly store: FakeStore;
  readonly scheduler: Scheduler;
  readonly firstPauseMs: number;
  /** Starts a workflow unless it is known. */
  start(workflow: string, workflowId: string, input: unknown): void;
  /** Calls back, in a turn of its own, once the workflow has ended. */
  onEnd(workflowId: string, then: () => void): void;
  ended(run: StoredRun): void;
  begunAgain(run: StoredRun): void;
}

/** One workflow function being run, from its beginning over what was recorded to where new things happen. */
export class Execution<Activities extends ActivityMap> {
  readonly run: StoredRun;
  /** The wait that is open, if any. */
  waiting: { readonly signal: string; readonly until: number; readonly wake: () => void } | null = null;
  readonly #around: Surroundings<Activities>;
  readonly #stop = new AbortController();
  readonly #traceParent: string | null;
  #position = 0;

  constructor(run: StoredRun, around: Surroundings<Activities>) {
    this.run = run;
    this.#around = around;
    this.#traceParent = labelsOf(JSON.parse(run.input)).traceParent;
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  begin(workflow: Workflow<Activities, unknown>): void {
    // oxlint-disable-next-line promise/prefer-await-to-then
    Promise.resolve()
      .then(() => workflow(this.#flow(), JSON.parse(this.run.input)))
      .then((result) => crossing(result, 'The result of the workflow'))
      .then(
        (result) => this.#end('done', JSON.stringify(result ?? null), null),
        (failure: unknown) => this.#end('failed', 'null', storedFailure(failure)),
      );
  }

  /** Nothing further happens: the promises that the function waits for never settle. */
  stop(): void {
    this.#stop.abort();
    this.waiting = null;
  }

  #end(status: 'done' | 'failed', result: string, failure: StoredRun['failure']): void {
    if (this.isStopped) return;
    this.#around.scheduler.soon(`record the end of ${this.run.workflow}`, () => {
      if (this.isStopped) return;
      this.stop();
      Object.assign(this.run, { status, result, failure, endedAt: this.#around.scheduler.now() });
      this.#around.ended(this.run);
    });
  }

  #flow(): Flow<Activities> {
    const { scheduler } = this.#around;
    const read = (name: string, value: () => unknown): Promise<unknown> => this.#instant(name, value);
    return {
      workflowId: this.run.workflowId,
      run: (name, input) => this.#activity(name, this.#next(), null, input) as never,
      runEach: (name, items) => this.#each(name, items) as never,
      waitFor: (signal, { timeoutMs }) => this.#wait(signal, timeoutMs),
      sleepUntil: (at) => this.#sleep(Date.parse(at)),
      now: () => read('now', () => scheduler.now()) as Promise<number>,
      random: () => read('random', () => scheduler.random()) as Promise<number>,
      runChild: (workflow, workflowId, input) => this.#child(workflow, workflowId, input) as never,
      continueAsNew: (input) => this.#again(input),
      publish: async (state) => {
        await read('publish', () => {
          this.run.state = JSON.stringify(crossingState(state) ?? null);
          return null;
        });
      },
      hasChange: (change) => this.#change(change),
    };
  }

  #next(): number {
    this.#position += 1;
    return this.#position;
  }

  /** The recorded entry of this step, or a new one. A replay that asks for something else shows code that is not deterministic. */
  #entry(
    position: number,
    item: string | null,
    name: string,
    until: number | null = null,
  ): { readonly entry: Entry; readonly isNew: boolean } {
    const { history } = this.run;
    const key = entryKey(position, item);
    const known = history.get(key);
    if (known !== undefined) {
      if (known.name !== name) throw new Error(`${this.run.workflowId} replayed ${name} at ${key}, where it had ${known.name}.`);
      return { entry: known, isNew: false };
    }
    const entry: Entry = { position, item, name, beganAt: this.#around.scheduler.now(), until, endedAt: null, output: null, failure: null };
    history.set(key, entry);
    return { entry, isNew: true };
  }

  #settled(entry: Entry): Promise<unknown> {
    return entry.failure === null ? Promise.resolve(JSON.parse(entry.output ?? 'null')) : Promise.reject(errorOf(entry.failure));
  }

  #record(entry: Entry, outcome: Outcome): void {
    entry.endedAt = this.#around.scheduler.now();
    if ('output' in outcome) entry.output = JSON.stringify(outcome.output ?? null);
    else entry.failure = storedFailure(outcome.failure);
  }

  async #instant(name: string, value: () => unknown): Promise<unknown> {
    const { entry } = this.#entry(this.#next(), null, name);
    if (entry.endedAt === null) this.#record(entry, { output: value() });
    return this.#settled(entry);
  }

  /** The promise of a step that is carried on elsewhere; never settles once the execution is stopped. */
  #until(entry: Entry, carry: (settle: (outcome: Outcome) => void) => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      carry((outcome) => {
        if (this.isStopped || entry.endedAt !== null) return;
        this.#record(entry, outcome);
        this.#settled(entry).then(resolve, reject);
      });
    });
  }

  async #activity(name: string, position: number, item: string | null, input: unknown): Promise<unknown> {
    const text = JSON.stringify(crossing(input, `The input of ${name}`) ?? null);
    const { entry } = this.#entry(position, item, name);
    if (entry.endedAt !== null) return this.#settled(entry);
    const { activities, policies, scheduler, firstPauseMs } = this.#around;
    const [activity, policy] = [activities[name], policies[name]];
    if (activity === undefined || policy === undefined)
      throw new DeskhandError(orchestrationErrors.engineUnknown, `No activity is named ${name}.`);
    const { workflowId, generation } = this.run;
    const place = generation === 0 ? `${position}` : `${generation}.${position}`;
    const idempotencyKey = `${workflowId}/${place}/${name}${item === null ? '' : `/${item}`}`;
    const context = { workflowId, idempotencyKey, traceParent: this.#traceParent };
    return this.#until(entry, (settle) =>
      attemptOnScheduler({ name, activity, policy, context, input: text, scheduler, firstPauseMs, signal: this.#stop.signal }, settle),
    );
  }

  async #each(name: string, items: readonly { readonly key: string; readonly input: unknown }[]): Promise<unknown[]> {
    checkItems(items);
    const position = this.#next();
    const settled = await Promise.allSettled(items.map(({ key, input }) => this.#activity(name, position, key, input)));
    return settled.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
  }

  async #wait<Payload>(signal: Signal<Payload>, timeoutMs: number): Promise<Waited<Payload>> {
    const { scheduler, store } = this.#around;
    const { entry } = this.#entry(this.#next(), null, `wait for ${signal.name}`, scheduler.now() + timeoutMs);
    if (entry.endedAt !== null) return this.#settled(entry) as Promise<Waited<Payload>>;
    return this.#until(entry, (settle) => {
      const { waiting } = inboxOf(store, this.run.workflowId);
      const take = (): boolean => {
        const at = waiting.findIndex(({ name }) => name === signal.name);
        if (at < 0) return false;
        // Taken and recorded in one turn: one durable write.
        const [taken] = waiting.splice(at, 1);
        end({ kind: 'received', payload: JSON.parse(taken?.payload ?? 'null') });
        return true;
      };
      const end = (output: unknown): void => {
        cancelDeadline();
        this.waiting = null;
        settle({ output });
      };
      const until = entry.until ?? 0;
      const cancelDeadline = scheduler.at(until, `deadline of ${signal.name}`, () => {
        if (!this.isStopped && entry.endedAt === null) end({ kind: 'timed-out' });
      });
      this.#stop.signal.addEventListener('abort', cancelDeadline, { once: true });
      const wake = (): void => {
        if (!this.isStopped && entry.endedAt === null) take();
      };
      if (!take()) this.waiting = { signal: signal.name, until, wake };
    }) as Promise<Waited<Payload>>;
  }

  async #sleep(at: number): Promise<void> {
    const { entry } = this.#entry(this.#next(), null, 'sleep', at);
    if (entry.endedAt !== null) return;
    await this.#until(entry, (settle) => {
      const cancel = this.#around.scheduler.at(entry.until ?? 0, 'sleep', () => settle({ output: null }));
      this.#stop.signal.addEventListener('abort', cancel, { once: true });
    });
  }

  async #child(workflow: string, workflowId: string, input: unknown): Promise<unknown> {
    const { entry } = this.#entry(this.#next(), null, `child ${workflow}`);
    if (entry.endedAt !== null) return this.#settled(entry);
    const { store, start, onEnd } = this.#around;
    start(workflow, workflowId, input);
    return this.#until(entry, (settle) =>
      onEnd(workflowId, () => {
        const child = store.runs.get(workflowId);
        if (child?.status === 'done') settle({ output: JSON.parse(child.result) });
        else settle({ failure: errorOf(child?.failure ?? storedFailure(null)) });
      }),
    );
  }

  async #again(input: unknown): Promise<never> {
    const text = JSON.stringify(crossing(input, 'The input that a workflow begins again with') ?? null);
    if (!this.isStopped) {
      this.stop();
      Object.assign(this.run, { input: text, generation: this.run.generation + 1, history: new Map() });
      this.#around.begunAgain(this.run);
    }
    return new Promise(() => undefined);
  }

  async #change(change: string): Promise<boolean> {
    const next = this.#position + 1;
    const name = `change ${change}`;
    const known = [...this.run.history.values()].filter(({ position }) => position >= next);
    if (known.some((entry) => entry.position === next && entry.name === name)) return this.#instant(name, () => true) as Promise<boolean>;
    if (known.length > 0) return false;
    return this.#instant(name, () => true) as Promise<boolean>;
  }
}
