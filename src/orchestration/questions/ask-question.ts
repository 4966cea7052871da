import { randomBytes } from 'node:crypto';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { newReference, type QuestionLanguage, type RecipientKind } from '#domain/questions';
import { appendAudit, newId, type Transaction } from '#platform';
import { holdOpenTask, refuseTaken, refuseUnfit } from '../commands/held-task.ts';
import { requireRight } from '../commands/require-right.ts';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { loadTeam } from '../tasks/team.ts';
import { invoiceToAskAbout } from './askable-task.ts';
import { writeMail } from './outgoing-mails.ts';

/** A question as a person wants it to go out. */
export interface QuestionOrder {
  readonly taskId: string;
  readonly recipient: RecipientKind;
  readonly toName: string;
  /** Answers count from this address only. */
  readonly toAddress: string;
  readonly language: QuestionLanguage;
  readonly subject: string;
  readonly body: string;
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
    const { supplier_id: supplierId } = await transaction
      .selectFrom('invoices')
      .select('supplier_id')
      .where('id', '=', invoiceId)
      .executeTakeFirstOrThrow();
    const question = await transaction
      .insertInto('questions')
      .values({
        id: newId('qst'),
        organization_id: actor.organizationId,
        task_id: task.id,
        invoice_id: invoiceId,
        supplier_id: supplierId,
        recipient: order.recipient,
        to_name: order.toName,
        to_address: order.toAddress,
        language: order.language,
        reference: newReference(randomBytes(10)),
        asked_by: actor.memberId,
        asked_at: team.now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const isMailed = office.correspondence?.mailer != null;
    const text = { subject: order.subject, body: order.body, purpose: 'ask', writtenBy: actor.memberId, isMailed } as const;
    await writeMail(transaction, question, text, team.now);
    await appendAudit(transaction, actor.organizationId, team.now, {
      actor: actor.memberId,
      action: 'question.asked',
      subjects: [question.id, task.id, invoiceId],
      details: { recipient: order.recipient, to: order.toAddress, toName: order.toName, title: task.title },
    });
    return { questionId: question.id };
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
