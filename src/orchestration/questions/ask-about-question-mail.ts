import { loadInvoice } from '../invoices/invoices.ts';
import type { ActivityContext } from '../flow.ts';
import type { Office } from '../tasks/office.ts';
import { openTask } from '../tasks/tasks.ts';
import { loadTeam } from '../tasks/team.ts';
import { once } from '../activities/once.ts';
import { giveUp, holdMail } from './deliver-question-mail.ts';
import { markSent } from './outgoing-mails.ts';

interface Input {
  readonly organizationId: string;
  readonly mailId: string;
}

/** Nobody knows whether a mail left: whoever wrote it says whether it goes again. SMTP knows no way to ask. */
export async function askAboutQuestionMail(
  office: Office,
  context: ActivityContext,
  { organizationId, mailId }: Input,
): Promise<{ readonly taskId: string }> {
  return once(office, context, organizationId, async (transaction) => {
    const { mail, question } = await holdMail(transaction, mailId);
    const { row } = await loadInvoice(transaction, question.invoice_id);
    const { role } = await transaction.selectFrom('tasks').select('role').where('id', '=', question.task_id).executeTakeFirstOrThrow();
    const { taskId } = await openTask(transaction, organizationId, {
      workflowId: context.workflowId,
      key: `question-mail-unknown:${context.idempotencyKey}`,
      kind: 'question',
      reason: 'question-mail-unknown',
      title: `Did this mail leave? Question about ${row.number ?? 'an invoice'}`,
      question: `${mail.delivery_note ?? 'The mail server’s answer was lost.'} It went to ${question.to_address}. Deskhand does not send it again on a guess: look at the mail server, or ask them. Sent again, they may get it twice, under the same Message-ID.`,
      choices: ['mail-left', 'send-mail-again'],
      role: role as 'office-manager',
      memberId: question.asked_by,
      documentId: row.document_id,
      facts: { aboutTaskId: question.task_id, why: [`Subject: ${mail.subject}`] },
    });
    return { taskId };
  });
}

/** What was decided about a task of `askAboutQuestionMail`; null while nobody did. One that was taken back says that it left. */
export async function readQuestionMail(
  office: Office,
  _context: ActivityContext,
  { organizationId, taskId }: { readonly organizationId: string; readonly taskId: string },
): Promise<{ readonly decision: string | null }> {
  return office.database.inOrganization(organizationId, async (transaction) => {
    const task = await transaction.selectFrom('tasks').select(['status', 'decision']).where('id', '=', taskId).executeTakeFirstOrThrow();
    return { decision: task.status === 'open' ? null : (task.decision ?? 'mail-left') };
  });
}

/** A person's word on a mail that Deskhand could not speak for. `left`: it did; `given-up`: it is not sent any more. */
export async function settleQuestionMail(
  office: Office,
  context: ActivityContext,
  { organizationId, mailId, fate }: Input & { readonly fate: 'left' | 'given-up' },
): Promise<{ readonly isDone: true }> {
  return once(office, context, organizationId, async (transaction) => {
    const { mail, question } = await holdMail(transaction, mailId);
    const isOpen = mail.delivery === 'waiting' || mail.delivery === 'sending' || mail.delivery === 'unknown';
    if (!isOpen) return { isDone: true };
    const team = await loadTeam(office, transaction);
    if (fate === 'left') await markSent(transaction, team, question, mail, { delivery: 'sent', actor: 'deskhand' });
    else await giveUp(transaction, { mail, question }, team.now, 'Sending it was given up.');
    return { isDone: true };
  });
}
