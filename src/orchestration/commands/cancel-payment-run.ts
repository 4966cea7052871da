import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, enqueue, type Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { lockRun, type RunRow } from '../payments/payment-order.ts';
import { giveBackPayments, mayComeBack, subjectsOf, submissionWorkflowId } from '../payments/submissions.ts';
import { requireRight } from './require-right.ts';

interface Input {
  readonly paymentRunId: string;
  /** Must be said of a run that was released. */
  readonly reason?: string | undefined;
}

/**
 * Takes a run apart of which nothing left; its payments may go into another. One that was released is taken back by
 * whoever may release, with a reason, as long as the bank was not reached or has refused it.
 *
 * @throws DH_ORCHESTRATION_RUN_NOT_READY for what the bank has or may have, DH_ORCHESTRATION_DECISION_INCOMPLETE without a reason
 */
export async function cancelPaymentRun(office: Office, actor: Actor, { paymentRunId, reason }: Input): Promise<void> {
  if (!actor.roles.includes('controller')) requireRight(actor, 'payment-runs:propose');
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const questions = await lockQuestions(transaction, paymentRunId);
    const run = await lockRun(transaction, paymentRunId);
    if (run.status === 'cancelled') return;
    const why = run.status === 'released' ? reasonToTakeBack(actor, run, reason) : undefined;
    const subjects = await subjectsOf(transaction, paymentRunId);
    await giveBackPayments(transaction, paymentRunId, { actor: actor.memberId, ...(why === undefined ? {} : { reason: why }) });
    if (why !== undefined) await endSubmission(transaction, actor, paymentRunId, questions);
    await appendAudit(transaction, actor.organizationId, office.clock.now(), {
      actor: actor.memberId,
      action: why === undefined ? 'payment-run.cancelled' : 'payment-run.taken-back',
      subjects: [paymentRunId, ...subjects],
      details: why === undefined ? {} : { messageId: run.message_id, reason: why },
    });
  });
}

function reasonToTakeBack(actor: Actor, run: RunRow, reason: string | undefined): string {
  if (!mayComeBack(run)) {
    throw new DeskhandError(orchestrationErrors.runNotReady, 'This run was released; what left cannot be called back here.');
  }
  requireRight(actor, 'payment-runs:release');
  if (reason !== undefined && reason.trim() !== '') return reason.trim();
  throw new DeskhandError(orchestrationErrors.decisionIncomplete, 'Say why this released run is taken back; the audit log keeps it.', {
    details: { paymentRunId: run.id },
  });
}

/** Before the run, as those who answer them do. */
async function lockQuestions(transaction: Transaction, paymentRunId: string): Promise<string[]> {
  const rows = await transaction
    .selectFrom('tasks')
    .select('id')
    .where('workflow_id', '=', submissionWorkflowId(paymentRunId))
    .where('status', '=', 'open')
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

/** What was asked about its sending is answered by that; its workflow looks, and ends. */
async function endSubmission(transaction: Transaction, actor: Actor, paymentRunId: string, questions: readonly string[]): Promise<void> {
  if (questions.length > 0)
    await transaction
      .updateTable('tasks')
      .set({ status: 'cancelled' })
      .where('id', 'in', [...questions])
      .execute();
  await enqueue(transaction, actor.organizationId, {
    kind: 'signal',
    workflowId: submissionWorkflowId(paymentRunId),
    signal: 'news',
    payload: { about: paymentRunId },
  });
}
