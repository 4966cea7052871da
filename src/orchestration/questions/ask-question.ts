import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import type { Transaction } from '#platform';
import { holdOpenTask, refuseTaken, refuseUnfit } from '../commands/held-task.ts';
import { requireRight } from '../commands/require-right.ts';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { loadTeam } from '../tasks/team.ts';
import { invoiceToAskAbout } from './askable-task.ts';
import { writeQuestion, type QuestionText } from './write-question.ts';

/** A question as a person wants it to go out. */
export interface QuestionOrder extends QuestionText {
  readonly taskId: string;
}

/**
 * Asks somebody about an exception, on a person's word. Where a mail server is set up the mail is on its way once this is
 * committed; else the text waits for the person to send it (`recordQuestionSent`). One at a time to each of supplier, buyer
 * and receiver: asking the same of them again finds the open question.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_TASK_CLOSED, DH_ORCHESTRATION_TASK_TAKEN, DH_ORCHESTRATION_NOT_ALLOWED,
 *   DH_ORCHESTRATION_VALUE_INVALID for what nobody is asked about by mail, and an address of nobody here where a colleague is asked
 */
export async function askQuestion(office: Office, actor: Actor, order: QuestionOrder): Promise<{ readonly questionId: string }> {
  requireRight(actor, 'tasks:decide');
  return office.database.inOrganization(actor.organizationId, async (transaction) => {
    const task = await holdOpenTask(transaction, order.taskId);
    const team = await loadTeam(office, transaction);
    refuseTaken(team, task, actor);
    await refuseUnfit(transaction, team, task, actor.memberId);
    const invoiceId = invoiceToAskAbout(task);
    const open = await transaction
      .selectFrom('questions')
      .select('id')
      .where('task_id', '=', task.id)
      .where('recipient', '=', order.recipient)
      .where('status', '=', 'open')
      .executeTakeFirst();
    if (open !== undefined) return { questionId: open.id };
    if (order.recipient !== 'supplier') await refuseStranger(transaction, order.toAddress);
    return await writeQuestion(transaction, {
      ...order,
      organizationId: actor.organizationId,
      task,
      invoiceId,
      askedBy: actor.memberId,
      isMailed: office.correspondence?.mailer != null,
      now: team.now,
    });
  });
}

/** What is asked inside the house stays there. */
async function refuseStranger(transaction: Transaction, address: string): Promise<void> {
  const members = await transaction.selectFrom('members').select('email').execute();
  if (members.some(({ email }) => email.toLowerCase() === address.toLowerCase())) return;
  throw new DeskhandError(
    orchestrationErrors.valueInvalid,
    `${address} is the address of nobody in your organization. Buyers and receivers are colleagues.`,
  );
}
