/** What parent and child say to each other, over Node's IPC channel with structured clone, so that bytes stay bytes. */

export interface TaskRequest {
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
}

/** An error as data: class and stack do not survive the channel. */
export interface TaskFailure {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly kind?: string;
  readonly retryable?: boolean;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Sent once, when the entry module is loaded. */
export interface ReadyNotice {
  readonly outcome: 'ready';
}

export type TaskResponse =
  | { readonly id: number; readonly outcome: 'done'; readonly value: unknown }
  | { readonly id: number; readonly outcome: 'failed'; readonly failure: TaskFailure };

/** What the entry module of a pool exports as `tasks`: one function a task, called in the child. */
export type IsolatedTasks = Readonly<Record<string, (input: never) => unknown>>;

/** A file beside this one: `.ts` when run from the sources, `.js` when built. */
export function siblingModule(name: string): URL {
  return new URL(`./${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
}
