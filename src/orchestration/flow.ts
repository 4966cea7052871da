/**
 * The engine port: what a workflow may ask of whatever engine carries it, and what the product may ask of an engine.
 * It promises only what DBOS, Temporal and the fake of the unit tests all keep; `tests/contract` runs the same cases on
 * each (docs/reference/engines.md lists them). DESIGN.md section 8 says why each rule is there.
 */

/** Handed to each activity by the engine; the same on every attempt. */
export interface ActivityContext {
  readonly workflowId: string;
  /** Workflow id, position in the workflow and activity name: equal for repeated attempts, different for all else. */
  readonly idempotencyKey: string;
  /** W3C trace parent that came with the workflow's input; the activity's span continues it. */
  readonly traceParent: string | null;
  /** Aborted when the attempt's time is over, the workflow is cancelled or the server stops. */
  readonly signal: AbortSignal;
  /** Long work says that it goes on; silence for longer than the policy's `heartbeatMs` counts as dead. */
  heartbeat(): void;
}

// Activities of all kinds share one map; each has its own input and output, so the map's value is open in both.
// oxlint-disable-next-line typescript/no-explicit-any
export type Activity = (context: ActivityContext, input: any) => Promise<unknown>;
export type ActivityMap = Readonly<Record<string, Activity>>;
export type InputOf<A extends Activity> = Parameters<A>[1];
export type OutputOf<A extends Activity> = Awaited<ReturnType<A>>;

/** How one activity is carried. What is retried, and what not, says the error it throws (`retryable`), never this. */
export interface ActivityPolicy {
  /** Whose workers run it on a cluster: each room has a task queue and scales by itself. */
  readonly room: 'connectors' | 'intelligence' | 'orchestration';
  /** One attempt, greater than 0. */
  readonly timeoutMs: number;
  /** Only for activities that call `heartbeat`. */
  readonly heartbeatMs?: number;
}
export type ActivityPolicies<Activities extends ActivityMap> = { readonly [Name in keyof Activities]: ActivityPolicy };

/** A message that a workflow waits for. `Payload` is JSON. */
export interface Signal<Payload> {
  readonly name: string;
  readonly payload?: Payload;
}

export type Waited<Payload> = { readonly kind: 'received'; readonly payload: Payload } | { readonly kind: 'timed-out' };

/**
 * Values that cross it are JSON of at most 256 KB; larger things go by reference (DH_ORCHESTRATION_VALUE_TOO_LARGE, not
 * retryable). Errors keep `{ code, message, retryable }`.
 */
export interface Flow<Activities extends ActivityMap> {
  readonly workflowId: string;
  /** Runs an activity until it succeeds, fails for good, or failed retryably nine times (about four minutes). */
  run<Name extends keyof Activities & string>(name: Name, input: InputOf<Activities[Name]>): Promise<OutputOf<Activities[Name]>>;
  /**
   * The same activity for each item, side by side; results in the order of the items. The first failure rejects once all
   * have ended. @param items - at most 100, each under a key of its own, which is part of its idempotency key.
   * @throws DH_ORCHESTRATION_FAN_OUT_INVALID
   */
  runEach<Name extends keyof Activities & string>(
    name: Name,
    items: readonly { readonly key: string; readonly input: InputOf<Activities[Name]> }[],
  ): Promise<OutputOf<Activities[Name]>[]>;
  /** Waits for the next buffered signal of this name, first in first out. @param options.timeoutMs - greater than 0. */
  waitFor<Payload>(signal: Signal<Payload>, options: { readonly timeoutMs: number }): Promise<Waited<Payload>>;
  /** @param at - ISO 8601 instant; one that has passed returns at once. */
  sleepUntil(at: string): Promise<void>;
  /** Milliseconds since 1970, the same on replay. */
  now(): Promise<number>;
  /** In [0, 1), the same on replay; not for secrets. */
  random(): Promise<number>;
  /** Starts a workflow under an id of its own and waits for its end. A known id is not started again. Rejects as it failed. */
  runChild<Result>(workflow: string, workflowId: string, input: unknown): Promise<Result>;
  /** Ends this run and begins again with `input` under the same id; buffered signals are kept. Returned by the workflow. */
  continueAsNew(input: unknown): Promise<never>;
  /** What `Engine.state` answers from now on. @param state - JSON of at most 16 KB. */
  publish(state: unknown): Promise<void>;
  /** For code that changed while old runs wait: true for a run that gets here with the change, false for one that was past it. */
  hasChange(change: string): Promise<boolean>;
}

/** A deterministic function of its input and its `Flow`. */
export type Workflow<Activities extends ActivityMap, Input, Result = unknown> = (flow: Flow<Activities>, input: Input) => Promise<Result>;
// Workflows differ in their input; the engine passes it through as JSON.
// oxlint-disable-next-line typescript/no-explicit-any
export type WorkflowMap<Activities extends ActivityMap> = Readonly<Record<string, Workflow<Activities, any>>>;

export type RunStatus = 'running' | 'waiting' | 'done' | 'failed' | 'cancelled';

/** One workflow as an operator sees it. */
export interface WorkflowRun {
  readonly workflowId: string;
  readonly workflow: string;
  readonly status: RunStatus;
  /** From the workflow's input, where it has one; null otherwise. */
  readonly organizationId: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** What it waits for and until when; null when it does not wait. */
  readonly waitsFor: { readonly signal: string; readonly until: string } | null;
  /** Why it failed; null when it did not. */
  readonly failure: { readonly code: string; readonly message: string } | null;
}

/** One recorded step of a run, in order. */
export interface WorkflowStep {
  readonly position: number;
  readonly name: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** JSON as recorded; null while it runs or when it failed. */
  readonly output: unknown;
  readonly failure: { readonly code: string; readonly message: string } | null;
}

export interface RunFilter {
  /** Only this one. */
  readonly workflowId?: string;
  readonly organizationId?: string;
  readonly workflow?: string;
  readonly status?: RunStatus;
  /** At most 500. */
  readonly limit: number;
}

/** An engine that carries workflows durably. */
export interface Engine {
  /** Starts carrying work; work interrupted by a crash goes on by itself, that of other, dead servers too. */
  launch(): Promise<void>;
  /** Starts a workflow by id; a known id is left alone, so the call may be repeated. `organizationId`, `invoiceId`, `supplierId` of the input label the run. */
  start(workflow: string, workflowId: string, input: unknown): Promise<void>;
  /** Kept until asked for, also when the workflow is unknown yet or has ended. @param messageId - the same id twice is one signal. */
  signal(workflowId: string, signal: string, payload: unknown, messageId: string): Promise<void>;
  /** What the workflow published last; null before. @throws DH_ORCHESTRATION_NOT_FOUND */
  state(workflowId: string): Promise<unknown>;
  /** Resolves with what the workflow returned, once it ended. Rejects as it failed, and with DH_ORCHESTRATION_CANCELLED. */
  result(workflowId: string): Promise<unknown>;
  runs(filter: RunFilter): Promise<readonly WorkflowRun[]>;
  /** @throws DH_ORCHESTRATION_NOT_FOUND */
  steps(workflowId: string): Promise<readonly WorkflowStep[]>;
  /** The kill switch: no further step begins. A business cancel is a signal. Harmless when it has ended. */
  cancel(workflowId: string): Promise<void>;
  /** A cancelled or failed workflow goes on after its last finished step. */
  resume(workflowId: string): Promise<void>;
  /** A new workflow with the steps below `position` as they were, which goes on from there. @returns its id. */
  fork(workflowId: string, position: number, newWorkflowId: string): Promise<string>;
  /** Stops taking work and lets go; running activities are carried on at the next launch. */
  stop(): Promise<void>;
}
