import { sql } from 'kysely';
import type { OfficeTransaction } from '../ask.ts';
import { mayComeBack } from '../../payments/submissions.ts';
import { askedTimes, loadRunEvents, submissionPath, type SubmissionStep } from '../../payments/submission-path.ts';
import type { PaymentRunRow } from './payment-run-rows.ts';
import type { PaymentRunQuestionView, SubmissionState, SubmissionView } from '../views-payments.ts';

/** What is known about the submission of one run. */
export interface KnownSubmission {
  readonly path: readonly SubmissionStep[];
  /** What people are asked about it now. */
  readonly questions: readonly PaymentRunQuestionView[];
  /** Null before its release, and for one that was never released. */
  readonly view: SubmissionView | null;
}

/** Where runs stand with the bank, in two queries however long the list is. */
export async function findSubmissions(
  transaction: OfficeTransaction,
  rows: readonly PaymentRunRow[],
): Promise<ReadonlyMap<string, KnownSubmission>> {
  const events = await loadRunEvents(
    transaction,
    rows.map(({ id }) => id),
  );
  const questions = await findQuestions(transaction, rows);
  return new Map(
    rows.map((row) => {
      const path = submissionPath(events.get(row.id) ?? []);
      const asked = questions.get(row.id) ?? [];
      return [row.id, { path, questions: asked, view: toSubmission(row, path, asked) }];
    }),
  );
}

async function findQuestions(
  transaction: OfficeTransaction,
  rows: readonly PaymentRunRow[],
): Promise<ReadonlyMap<string, PaymentRunQuestionView[]>> {
  const runIds = rows.filter(({ released_at: releasedAt }) => releasedAt !== null).map(({ id }) => id);
  if (runIds.length === 0) return new Map();
  // Of its sending, and of what the bank said about its payments.
  const runId = sql<string>`case when workflow_id like 'payment-run:%' then substr(workflow_id, 13) else facts ->> 'paymentRunId' end`;
  const open = await transaction
    .selectFrom('tasks')
    .select(['id', 'kind', 'title', 'question', runId.as('run_id')])
    .where('status', '=', 'open')
    .where('kind', 'in', ['question', 'failed'])
    .where(runId, 'in', runIds)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return new Map(
    [...Map.groupBy(open, (task) => task.run_id)].map(([id, tasks]) => [
      id,
      tasks.map(({ id: taskId, kind, title, question }) => ({ taskId, kind, title, question })),
    ]),
  );
}

function toSubmission(
  row: PaymentRunRow,
  path: readonly SubmissionStep[],
  questions: readonly PaymentRunQuestionView[],
): SubmissionView | null {
  if (row.released_at === null) return null;
  const state = stateOf(row);
  const sent = path.findLast(({ what }) => what === 'sent');
  const since = state === 'in-doubt' ? sent : path.at(-1);
  return {
    state,
    since: (since?.at ?? row.released_at).toISOString(),
    sentTimes: row.submission_attempts,
    askedTimes: askedTimes(path),
    bankReference: row.bank_reference,
    lastWord: state === 'taken-back' ? (path.at(-1)?.note ?? null) : row.submission_note,
    next: nextOf(row, state, questions),
  };
}

function stateOf({ status, submission }: PaymentRunRow): SubmissionState {
  if (submission === 'refused') return 'refused';
  if (status === 'cancelled') return 'taken-back';
  if (submission === null) return 'hand-in';
  if (submission === 'sending') return 'sent';
  return submission === 'unknown' ? 'in-doubt' : submission;
}

const givenBack = 'Nothing of it was paid. Its payments are scheduled again and may go into another run once the cause is gone.';

/** What happens next, in words. */
function nextOf(row: PaymentRunRow, state: SubmissionState, questions: readonly PaymentRunQuestionView[]): string {
  if (row.status === 'cancelled') return givenBack;
  if (state === 'hand-in') return 'No bank is connected: download the file and hand it in. Its invoices count as paid.';
  if (state === 'accepted') return 'Nothing more: its invoices are paid.';
  if (questions.some(({ kind }) => kind === 'failed')) {
    const otherwise = mayComeBack(row) ? 'set aside, it is taken back' : 'nothing is sent on a guess';
    return `It stopped and waits for a controller: tried again once the cause is gone; ${otherwise}.`;
  }
  if (questions.length > 0) return 'Deskhand sends nothing on a guess: a controller is asked.';
  if (state === 'refused') return 'Its payments are being given back; nothing of it is paid.';
  if (state === 'waiting') {
    return row.submission_note === null
      ? 'Deskhand sends the file by itself. Until then it can be taken back.'
      : 'Nothing has left. Deskhand tries again by itself; until then it can be taken back.';
  }
  return state === 'sent'
    ? 'Deskhand waits for the bank’s answer.'
    : 'Deskhand asks the bank again by itself, and sends nothing on a guess.';
}
