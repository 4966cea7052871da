import type { SubmissionFinding } from '#domain/ports';
import { appendAudit, type Transaction } from '#platform';
import type { RunRow } from './payment-order.ts';
import { append, type Entry } from '../streams/append.ts';

/** The one submission of a run: starting it twice finds the first. */
export const submissionWorkflowId = (paymentRunId: string): string => `payment-run:${paymentRunId}`;

/** Reasons of the two questions about a submission. */
export const submissionReasons = { arrival: 'submission-unknown', resend: 'submission-resend' } as const;

/** Where a submission stands, as its workflow sees it. */
export interface Submission {
  /** `cancelled`: taken back before anything left. */
  readonly outcome: SubmissionFinding['outcome'] | 'cancelled';
  /** How often the file was sent; names the next sending. */
  readonly attempt: number;
  /** See `PaymentChannel.arrivesWithinMs`. */
  readonly arrivesWithinMs: number;
}

/** What is known about a released run; everything that is not clear is unknown. */
export function outcomeOf({ submission, status }: RunRow): 'accepted' | 'refused' | 'cancelled' | 'unknown' {
  if (submission === 'accepted' || submission === 'refused') return submission;
  return status === 'cancelled' ? 'cancelled' : 'unknown';
}

/** Whether a released run may be taken back: nothing of it left, or the bank will not carry it out. */
export function mayComeBack({ submission }: Pick<RunRow, 'submission'>): boolean {
  return submission === 'waiting' || submission === 'refused';
}

/** Invoices of a run are paid: the file is in the bank's hands, or in those of the person who hands it in. */
export async function markPaid(transaction: Transaction, paymentRunId: string): Promise<void> {
  const rows = await transaction
    .selectFrom('invoices')
    .select('id')
    .where('id', 'in', transaction.selectFrom('payments').select('invoice_id').where('payment_run_id', '=', paymentRunId))
    .where('status', '=', 'scheduled')
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  await append(
    transaction,
    ...rows.map(({ id }) => ({
      kind: 'invoice' as const,
      id,
      actor: 'deskhand',
      causedBy: paymentRunId,
      events: [{ type: 'invoice.paid' as const, data: {} }],
    })),
  );
}

/** Takes a run apart of which nothing left; its payments may go into another. */
export async function giveBackPayments(
  transaction: Transaction,
  paymentRunId: string,
  { actor, reason }: { readonly actor: string; readonly reason?: string },
): Promise<void> {
  const data = reason === undefined ? {} : { reason };
  await append(
    transaction,
    { kind: 'payment-run', id: paymentRunId, actor, events: [{ type: 'payment-run.cancelled', data }] },
    ...(await entriesOfPayments(transaction, paymentRunId, { actor, type: 'payment.returned' })),
  );
}

/** The same news for each payment of a run. */
export async function entriesOfPayments(
  transaction: Transaction,
  paymentRunId: string,
  news: { readonly actor: string; readonly type: 'payment.released' | 'payment.returned' },
): Promise<Entry[]> {
  const rows = await transaction.selectFrom('payments').select('id').where('payment_run_id', '=', paymentRunId).orderBy('id').execute();
  return rows.map(({ id }) => ({
    kind: 'payment',
    id,
    actor: news.actor,
    causedBy: paymentRunId,
    events: [{ type: news.type, data: {} }],
  }));
}

/** What an answer came to; stored with its event. */
export type AnswerCause = 'send-payment-file' | 'ask-bank' | 'decide-submission' | 'import-bank-file';

interface Recording {
  readonly run: RunRow;
  readonly now: Date;
  /** `deskhand`, or the member who says that it arrived. */
  readonly actor: string;
  /** Whether it answers the file itself, a question about it, or is a person's word. */
  readonly causedBy: AnswerCause;
}

/** Keeps what the bank said, or what a person answers for; the first clear word stands. */
export async function recordAnswer(transaction: Transaction, answer: SubmissionFinding, recording: Recording): Promise<void> {
  const { run, now, actor, causedBy } = recording;
  if (run.submission === 'accepted' || run.submission === 'refused') return;
  const outcome = answer.outcome === 'absent' ? 'unknown' : answer.outcome;
  const note = noteOf(answer);
  await append(transaction, {
    kind: 'payment-run',
    id: run.id,
    actor,
    causedBy,
    events: [
      {
        type: 'payment-run.submission-changed',
        data: {
          submission: outcome,
          submission_note: note,
          bank_reference: answer.outcome === 'accepted' && actor === 'deskhand' ? answer.bankReference : null,
          answered_at: outcome === 'unknown' ? null : now.toISOString(),
        },
      },
    ],
  });
  if (outcome === 'accepted') await markPaid(transaction, run.id);
  // Asked again and again, the same doubt is no news.
  if (outcome === 'unknown' && run.submission === 'unknown') return;
  await appendAudit(transaction, run.organization_id, now, {
    actor,
    action: `payment-run.${outcome === 'unknown' ? 'answer-unknown' : outcome}`,
    subjects: [run.id, ...(await subjectsOf(transaction, run.id))],
    details: {
      messageId: run.message_id,
      fileSha256: run.file_sha256,
      attempt: run.submission_attempts,
      bankReference: answer.outcome === 'accepted' ? answer.bankReference : null,
      note,
    },
  });
}

function noteOf(answer: SubmissionFinding): string | null {
  if (answer.outcome === 'accepted') return null;
  if (answer.outcome === 'refused') return answer.reason;
  return answer.outcome === 'absent' ? 'The bank knows nothing of the file so far.' : answer.why;
}

/** Payments and invoices of a run, for the audit log. */
export async function subjectsOf(transaction: Transaction, paymentRunId: string): Promise<string[]> {
  const rows = await transaction
    .selectFrom('payments')
    .select(['id', 'invoice_id'])
    .where('payment_run_id', '=', paymentRunId)
    .orderBy('id')
    .execute();
  return rows.flatMap((row) => [row.id, row.invoice_id]);
}
