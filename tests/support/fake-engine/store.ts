import { asDeskhandError } from '#domain/errors';
import { failureOf } from '../../../src/orchestration/engines/attempt.ts';

/** A failure as it crosses an engine. */
export interface Failure {
  readonly code: string;
  readonly kind: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** One recorded step. `began` without `ended` is work that a crash may cut off. */
export interface Entry {
  readonly position: number;
  readonly item: string | null;
  readonly name: string;
  readonly beganAt: number;
  /** Of a wait or a sleep. */
  readonly until: number | null;
  endedAt: number | null;
  /** JSON text. */
  output: string | null;
  failure: Failure | null;
}

/** One workflow as it is on disk. */
export interface StoredRun {
  readonly workflowId: string;
  readonly workflow: string;
  readonly startedAt: number;
  /** JSON text. */
  input: string;
  /** How often it began again. */
  generation: number;
  history: Map<string, Entry>;
  status: 'open' | 'done' | 'failed' | 'cancelled';
  endedAt: number | null;
  /** JSON text. */
  result: string;
  failure: Failure | null;
  /** JSON text. */
  state: string;
}

/** Signals of one workflow, known or not. */
export interface Inbox {
  readonly messageIds: Set<string>;
  readonly waiting: { readonly name: string; readonly payload: string }[];
}

/** What outlives a crash of the fake engine. Every change to it is one durable write. */
export interface FakeStore {
  readonly runs: Map<string, StoredRun>;
  readonly inboxes: Map<string, Inbox>;
}

export function createFakeStore(): FakeStore {
  return { runs: new Map(), inboxes: new Map() };
}

export function inboxOf(store: FakeStore, workflowId: string): Inbox {
  const inbox = store.inboxes.get(workflowId) ?? { messageIds: new Set(), waiting: [] };
  store.inboxes.set(workflowId, inbox);
  return inbox;
}

export function newRun(workflowId: string, workflow: string, input: string, startedAt: number): StoredRun {
  return {
    workflowId,
    workflow,
    startedAt,
    input,
    generation: 0,
    history: new Map(),
    status: 'open',
    endedAt: null,
    result: 'null',
    failure: null,
    state: 'null',
  };
}

export function entryKey(position: number, item: string | null): string {
  return item === null ? String(position) : `${position}/${item}`;
}

/** What of an error is kept. */
export function storedFailure(thrown: unknown): Failure {
  const { code, kind, message, retryable } = failureOf(thrown);
  return { code, kind, message, retryable };
}

/** The error that a workflow or a caller sees again. */
export function errorOf(failure: Failure): Error {
  return asDeskhandError(failure) ?? Object.assign(new Error(failure.message), failure);
}
