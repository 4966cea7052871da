import type { Transaction } from '#platform';
import type { AnswerCause } from './submissions.ts';

/**
 * What became of a payment run, in order. `not-sent`: a try of which nothing left. `no-answer`: the file left, its answer
 * was lost. `asked`: the bank was asked and said nothing clear. `confirmed`: accepted on a person's word.
 */
export type SubmissionStepKind =
  | 'proposed'
  | 'released'
  | 'sent'
  | 'not-sent'
  | 'no-answer'
  | 'asked'
  | 'accepted'
  | 'confirmed'
  | 'refused'
  | 'taken-back';

export interface SubmissionStep {
  readonly what: SubmissionStepKind;
  readonly at: Date;
  /** Of the last of `times` in a row. */
  readonly lastAt: Date;
  readonly times: number;
  /** A member's id, or `deskhand`. */
  readonly actor: string;
  /** The bank's word, its reference, or why; of several in a row the last. */
  readonly note: string | null;
}

/** A stored event of a payment run, as far as it is needed here. */
export interface RunEvent {
  readonly type: string;
  readonly data: unknown;
  readonly actor: string;
  readonly at: Date;
  readonly caused_by: string | null;
}

/** Events of runs, by run, in order. */
export async function loadRunEvents(transaction: Transaction, runIds: readonly string[]): Promise<ReadonlyMap<string, RunEvent[]>> {
  if (runIds.length === 0) return new Map();
  const rows = await transaction
    .selectFrom('stream_events')
    .select(['stream_id', 'type', 'data', 'actor', 'at', 'caused_by'])
    .where('stream_id', 'in', [...runIds])
    .where('stream_kind', '=', 'payment-run')
    .orderBy('stream_id')
    .orderBy('version')
    .execute();
  return Map.groupBy(rows, (row) => row.stream_id);
}

/** The way of a run from its proposal on; the same thing several times in a row is one step. */
export function submissionPath(events: readonly RunEvent[]): SubmissionStep[] {
  const path: SubmissionStep[] = [];
  for (const event of events) {
    const last = path.at(-1);
    const next = stepOf(event, last);
    if (next === null) continue;
    // What was about to leave did not.
    if (next.what === 'not-sent' && last?.what === 'sent') path.pop();
    const before = path.at(-1);
    const step = { ...next, at: event.at, lastAt: event.at, times: 1, actor: event.actor };
    if (before?.what === step.what && repeats.has(step.what)) {
      path[path.length - 1] = { ...step, at: before.at, times: before.times + 1 };
    } else path.push(step);
  }
  return path;
}

const repeats: ReadonlySet<SubmissionStepKind> = new Set(['not-sent', 'asked']);

type Kind = Pick<SubmissionStep, 'what' | 'note'>;

function stepOf({ type, data, actor, caused_by: cause }: RunEvent, last: SubmissionStep | undefined): Kind | null {
  if (type === 'payment-run.proposed') return { what: 'proposed', note: null };
  if (type === 'payment-run.released') return { what: 'released', note: null };
  if (type === 'payment-run.cancelled') return { what: 'taken-back', note: (data as { reason?: string }).reason ?? null };
  return type === 'payment-run.submission-changed' ? changeOf(data as Change, { actor, cause }, last) : null;
}

interface Change {
  readonly submission?: string;
  readonly submission_attempts?: number;
  readonly submission_note?: string | null;
  readonly bank_reference?: string | null;
}

function changeOf(
  change: Change,
  by: { readonly actor: string; readonly cause: string | null },
  last: SubmissionStep | undefined,
): Kind | null {
  const note = change.submission_note ?? null;
  if (change.submission === 'sending') return { what: 'sent', note: null };
  if (change.submission === 'refused') return { what: 'refused', note };
  if (change.submission === 'accepted') {
    return by.actor === 'deskhand' ? { what: 'accepted', note: change.bank_reference ?? null } : { what: 'confirmed', note };
  }
  // A count that was set back: the try never left.
  if (change.submission_attempts !== undefined) return { what: 'not-sent', note };
  if (change.submission !== 'unknown') return null;
  const isOwnAnswer = by.cause === null ? last?.what === 'sent' : by.cause === ('send-payment-file' satisfies AnswerCause);
  return { what: isOwnAnswer ? 'no-answer' : 'asked', note };
}

/** How often the bank was asked without a clear word. */
export function askedTimes(path: readonly SubmissionStep[]): number {
  return path.reduce((sum, { what, times }) => sum + (what === 'asked' ? times : 0), 0);
}
