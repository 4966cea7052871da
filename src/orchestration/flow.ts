/**
 * The engine port: what a workflow may ask of whatever engine carries it. It holds to what both DBOS and Temporal can
 * honour (DESIGN.md section 8): values are JSON, activities are named and run at least once under an idempotency key,
 * signals are buffered from the start, timeouts are explicit.
 */

/** Handed to each activity by the engine; the same on every attempt. */
export interface ActivityContext {
  readonly workflowId: string;
  /** Workflow id, activity name and position in the workflow: equal for repeated attempts, different for all else. */
  readonly idempotencyKey: string;
  /** W3C trace parent that came with the workflow's input; the activity's span continues it. */
  readonly traceParent: string | null;
}

// Activities of all kinds share one map; each has its own input and output, so the map's value is open in both.
// oxlint-disable-next-line typescript/no-explicit-any
export type Activity = (context: ActivityContext, input: any) => Promise<unknown>;
export type ActivityMap = Readonly<Record<string, Activity>>;
export type InputOf<A extends Activity> = Parameters<A>[1];
export type OutputOf<A extends Activity> = Awaited<ReturnType<A>>;

/** A message that a workflow waits for. `Payload` is JSON. */
export interface Signal<Payload> {
  readonly name: string;
  readonly payload?: Payload;
}

export type Waited<Payload> = { readonly kind: 'received'; readonly payload: Payload } | { readonly kind: 'timed-out' };

export interface Flow<Activities extends ActivityMap> {
  readonly workflowId: string;
  /** Runs an activity, retrying what its error calls retryable. Rejects with `{ code, retryable }` kept. */
  run<Name extends keyof Activities & string>(name: Name, input: InputOf<Activities[Name]>): Promise<OutputOf<Activities[Name]>>;
  /** Waits for the next buffered signal, first in first out. @param options.timeoutMs - greater than 0. */
  waitFor<Payload>(signal: Signal<Payload>, options: { readonly timeoutMs: number }): Promise<Waited<Payload>>;
}

/** A deterministic function of its input and its `Flow`. */
export type Workflow<Activities extends ActivityMap, Input> = (flow: Flow<Activities>, input: Input) => Promise<void>;

/** An engine that carries workflows durably. */
export interface Engine {
  /** Starts carrying work; work interrupted by a crash goes on by itself. */
  launch(): Promise<void>;
  /** Starts a workflow by id; a known id is left alone, so the call may be repeated. */
  start(workflow: string, workflowId: string, input: unknown): Promise<void>;
  /** @param messageId - the same id twice is one signal. */
  signal(workflowId: string, signal: string, payload: unknown, messageId: string): Promise<void>;
  /** Stops taking work and lets go; running activities are carried on at the next launch. */
  stop(): Promise<void>;
}
