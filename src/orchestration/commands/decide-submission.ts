import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import type { Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { lockRun } from '../payments/payment-order.ts';
import { recordAnswer, submissionReasons } from '../payments/submissions.ts';
import type { TaskDecision, TaskRow } from './task-decision.ts';

/** Whether a task asks about a payment run that may or may not have reached the bank. */
export function isAboutSubmission({ reason, facts }: TaskRow): boolean {
  return facts.paymentRunId !== undefined && (reason === submissionReasons.arrival || reason === submissionReasons.resend);
}

/**
 * What a person answers for about a file in doubt: that it arrived, which ends it, or that it is sent again, which two
 * people must have seen.
 *
 * @throws DH_ORCHESTRATION_DECISION_INCOMPLETE without a word on how it is known, DH_ORCHESTRATION_FOUR_EYES
 */
export async function decideSubmission(
  office: Office,
  transaction: Transaction,
  actor: Actor,
  task: TaskRow,
  { decision, note }: TaskDecision,
): Promise<void> {
  if (decision === 'ask-again') return;
  if (note === undefined || note.trim() === '') {
    throw new DeskhandError(
      orchestrationErrors.decisionIncomplete,
      'Say how you know: whom you asked at the bank, or what the account shows.',
      {
        details: { taskId: task.id },
      },
    );
  }
  if (decision === 'send-again') await refuseSamePerson(transaction, actor, task);
  if (decision !== 'it-arrived') return;
  const run = await lockRun(transaction, task.facts.paymentRunId ?? '');
  await recordAnswer(
    transaction,
    { outcome: 'accepted', bankReference: note.slice(0, 140) },
    { run, now: office.clock.now(), actor: actor.memberId, causedBy: 'decide-submission' },
  );
}

async function refuseSamePerson(transaction: Transaction, actor: Actor, task: TaskRow): Promise<void> {
  const first = await transaction
    .selectFrom('tasks')
    .select('decided_by')
    .where('workflow_id', '=', task.workflow_id)
    .where('reason', '=', submissionReasons.arrival)
    .where('decision', '=', 'it-did-not-arrive')
    .orderBy('decided_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (first !== undefined && first.decided_by !== actor.memberId) return;
  throw new DeskhandError(orchestrationErrors.fourEyes, 'You said that it did not arrive; somebody else must have it sent again.', {
    details: { taskId: task.id },
  });
}
