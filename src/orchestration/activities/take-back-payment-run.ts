import { DeskhandError } from '#domain/errors';
import { appendAudit } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { ActivityContext } from '../flow.ts';
import type { Office } from '../tasks/office.ts';
import { lockRun } from '../payments/payment-order.ts';
import { giveBackPayments, mayComeBack, subjectsOf } from '../payments/submissions.ts';
import { openTask } from '../tasks/tasks.ts';
import { factsOf } from './ask-about-submission.ts';
import { once } from './once.ts';

interface Input {
  readonly organizationId: string;
  readonly paymentRunId: string;
  /** A sentence. */
  readonly why: string;
}

/**
 * Undoes the release of a run of which nothing left, or which the bank refused: its payments are scheduled again, and a
 * controller is told.
 *
 * @throws DH_ORCHESTRATION_SUBMISSION_IN_DOUBT for a run that the bank has, or may have.
 */
export async function takeBackPaymentRun(
  office: Office,
  context: ActivityContext,
  { organizationId, paymentRunId, why }: Input,
): Promise<{ readonly taskId: string | null }> {
  return once(office, context, organizationId, async (transaction) => {
    const run = await lockRun(transaction, paymentRunId);
    if (run.status === 'cancelled') return { taskId: null };
    if (!mayComeBack(run)) {
      throw new DeskhandError(
        orchestrationErrors.submissionInDoubt,
        `Payment run ${run.message_id} is, or may be, at the bank (${run.submission ?? run.status}). Ask the bank before anything of it is paid again.`,
        { details: { paymentRunId } },
      );
    }
    const isRefused = run.submission === 'refused';
    const facts = await factsOf(transaction, run);
    const subjects = await subjectsOf(transaction, paymentRunId);
    await giveBackPayments(transaction, paymentRunId, { actor: 'deskhand', reason: run.submission_note ?? why });
    await appendAudit(transaction, organizationId, office.clock.now(), {
      actor: 'deskhand',
      action: 'payment-run.taken-back',
      subjects: [paymentRunId, ...subjects],
      details: { messageId: run.message_id, reason: run.submission_note ?? why },
    });
    const { taskId } = await openTask(transaction, organizationId, {
      workflowId: context.workflowId,
      key: `taken-back:${context.idempotencyKey}`,
      kind: 'question',
      reason: isRefused ? 'bank-refused' : 'run-taken-back',
      title: isRefused ? 'The bank refused a payment run' : 'A payment run was taken back',
      question: `${isRefused ? `The bank says: ${run.submission_note ?? 'no reason given'}` : why} Nothing of it was paid. Its payments are scheduled again and may go into another run once the cause is gone.`,
      choices: ['done'],
      role: 'controller',
      facts: { why: facts, paymentRunId },
    });
    return { taskId };
  });
}
