import { formatMoney } from '#domain/money';
import type { Transaction } from '#platform';
import type { ActivityContext } from '../flow.ts';
import type { Office } from '../tasks/office.ts';
import { lockRun, type RunRow } from '../payments/payment-order.ts';
import { loadPayments } from '../payments/payment-runs.ts';
import { loadRunEvents, submissionPath, type SubmissionStep } from '../payments/submission-path.ts';
import { outcomeOf, submissionReasons, type Submission } from '../payments/submissions.ts';
import { openTask, type TaskDraft } from '../tasks/tasks.ts';
import { once } from './once.ts';

interface Input {
  readonly organizationId: string;
  readonly paymentRunId: string;
}

/** `arrival`: nobody knows whether the file arrived. `resend`: one person says that it did not; a second confirms. */
type About = 'arrival' | 'resend';

/** Puts the doubt before a controller, with what is known. */
export async function askAboutSubmission(
  office: Office,
  context: ActivityContext,
  { organizationId, paymentRunId, about }: Input & { readonly about: About },
): Promise<{ readonly taskId: string }> {
  return once(office, context, organizationId, async (transaction) => {
    const run = await lockRun(transaction, paymentRunId);
    const key = `${submissionReasons[about]}:${context.idempotencyKey}`;
    const why = await factsOf(transaction, run);
    const { taskId } = await openTask(transaction, organizationId, {
      workflowId: context.workflowId,
      key,
      kind: 'question',
      role: 'controller',
      reason: submissionReasons[about],
      facts: { why, paymentRunId },
      ...wordings[about],
    });
    return { taskId };
  });
}

const wordings: Readonly<Record<About, Pick<TaskDraft, 'title' | 'question' | 'choices'>>> = {
  arrival: {
    title: 'Did the bank get this payment run?',
    question:
      'The bank gave no clear answer, and Deskhand does not send the file again on a guess. Ask the bank, or look at the account: did the file arrive?',
    choices: ['ask-again', 'it-arrived', 'it-did-not-arrive'],
  },
  resend: {
    title: 'Send this payment run again?',
    question:
      'A colleague says that the bank never got the file. If you have seen the same, it is sent again, the same file under the same id. If it did arrive, this could pay twice.',
    choices: ['send-again', 'ask-again'],
  },
};

/** Where the run stands, and what was decided about a task of `askAboutSubmission`; null while nobody did. */
export async function readSubmission(
  office: Office,
  _context: ActivityContext,
  { organizationId, paymentRunId, taskId }: Input & { readonly taskId: string },
): Promise<{ readonly outcome: Submission['outcome']; readonly decision: string | null }> {
  return office.database.inOrganization(organizationId, async (transaction) => {
    const run = await lockRun(transaction, paymentRunId);
    const task = await transaction.selectFrom('tasks').select(['status', 'decision']).where('id', '=', taskId).executeTakeFirstOrThrow();
    return {
      outcome: outcomeOf(run),
      // A question that was taken back is no answer: the bank is asked.
      decision: task.status === 'open' ? null : (task.decision ?? 'ask-again'),
    };
  });
}

/** Sentences that a person needs to find the file at the bank: how much it is, what was tried when, what the bank said. */
export async function factsOf(transaction: Transaction, run: RunRow): Promise<string[]> {
  const path = submissionPath((await loadRunEvents(transaction, [run.id])).get(run.id) ?? []);
  const payments = await loadPayments(transaction, { runId: run.id });
  const sums = [...Map.groupBy(payments, (payment) => payment.amount.currency)].map(([currency, own]) => {
    const minor = own.reduce((sum, payment) => sum + payment.amount.minor, 0n);
    return `${own.length} ${own.length === 1 ? 'payment' : 'payments'}, ${formatMoney({ minor, currency })} ${currency}`;
  });
  return [
    ...sums.map((sum) => `${sum}.`),
    `Message id of the file: ${run.message_id}.`,
    ...path.flatMap((step) => triedInWords(step) ?? []),
    ...(run.submission_note === null ? [] : [`The last word: ${run.submission_note}`]),
  ];
}

function triedInWords({ what, times, at, lastAt }: SubmissionStep): string | null {
  if (what === 'sent') return `Sent ${moment(at)}.`;
  if (what === 'not-sent') return `Tried to send ${inTimes(times)}, last ${moment(lastAt)}; nothing left.`;
  return what === 'asked' ? `Asked the bank ${inTimes(times)}, last ${moment(lastAt)}, without a clear answer.` : null;
}

function inTimes(times: number): string {
  return times === 1 ? 'once' : `${times} times`;
}

/** People of several offices may read it: the time zone is named. */
function moment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
