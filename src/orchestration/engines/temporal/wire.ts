import type { RecordedStep } from '../past.ts';

/** What crosses between the client, the workflow code and the activity workers; stored with running work: add, never rename. */

export const rooms = ['connectors', 'intelligence', 'orchestration'] as const;
export type Room = (typeof rooms)[number];

/** A task queue a room, so that each scales by itself; workflow code runs on orchestration's. */
export const queueOf = (room: Room): string => `deskhand-${room}`;

/** All signals of the port travel under one name, so that no workflow has to know them beforehand. */
export const signalName = 'deskhand';
export const stepsQuery = 'deskhand-steps';
/** Memo of what `Flow.publish` shows. */
export const stateKey = 'state';
/** Reads the signals that were kept for a workflow before it asked. */
export const keptSignals = 'deskhand-kept-signals';
/** Waits for the end of a workflow that somebody else started. */
export const endOf = 'deskhand-end-of';

/** Search attributes; readable by whoever may look at the namespace, so they hold ids only. */
export const attributes = {
  organization: 'DeskhandOrganization',
  invoice: 'DeskhandInvoice',
  supplier: 'DeskhandSupplier',
  waitsFor: 'DeskhandWaitsFor',
  waitsUntil: 'DeskhandWaitsUntil',
} as const;

export interface SentSignal {
  readonly name: string;
  readonly payload: unknown;
  readonly messageId: string;
}

/** The one argument of every workflow. */
export interface RunInput {
  readonly input: unknown;
  /** Calls of the port before this beginning; idempotency keys count on from there. */
  readonly position?: number;
  /** Steps that were taken elsewhere, in order: they are answered, not run. The last may be a wait that goes on. */
  readonly past?: readonly RecordedStep[];
  /** Signals not yet taken, and the ids of all that came. */
  readonly buffered?: readonly SentSignal[];
  readonly seen?: readonly string[];
}

/** The one argument of every activity. */
export interface ActivityInput {
  readonly idempotencyKey: string;
  readonly traceParent: string | null;
  readonly input: unknown;
}
