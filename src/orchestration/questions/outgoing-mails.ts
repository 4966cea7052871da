import { createHash } from 'node:crypto';
import { domainOf } from '#domain/accounts-payable';
import { writtenMail } from '#domain/audit-folder';
import { addBusinessDays, closingTime } from '#domain/calendar';
import { withReference, type QuestionDraft } from '#domain/questions';
import { appendAudit, enqueue, newId, type Tables, type Transaction } from '#platform';
import type { Selectable } from 'kysely';
import { changeTask } from '../commands/held-task.ts';
import type { Team } from '../tasks/team.ts';
import { questionMailWorkflowId } from '../workflows/names.ts';

export type QuestionRow = Selectable<Tables['questions']>;
export type QuestionMailRow = Selectable<Tables['question_mails']>;

export interface OutgoingText extends QuestionDraft {
  readonly purpose: 'ask' | 'remind';
  /** Member whose word it goes out on; null where it is the policy's. */
  readonly writtenBy: string | null;
  /** Deskhand sends it; else a person does, from their own program. */
  readonly isMailed: boolean;
}

/** SHA-256 of what was written and to whom, as the audit log keeps it and an auditor's folder is checked against. */
export function sha256OfMail({ to_address: to }: Pick<QuestionRow, 'to_address'>, mail: Pick<QuestionMailRow, 'subject' | 'body'>): string {
  return createHash('sha256')
    .update(writtenMail({ to, subject: mail.subject, body: mail.body }))
    .digest('hex');
}

/**
 * Writes a mail of a question down, and queues its sending in the same transaction. The reference is added to its subject.
 *
 * @returns what the audit log keeps of it
 */
export async function writeMail(
  transaction: Transaction,
  question: QuestionRow,
  text: OutgoingText,
  now: Date,
): Promise<{ readonly mailId: string; readonly textSha256: string }> {
  const { organization_id: organizationId } = question;
  const mailId = newId('qml');
  const domain = await domainOfHouse(transaction, text.writtenBy);
  const isNamed = text.subject.includes(`[Q-${question.reference}]`);
  const subject = isNamed ? text.subject : withReference(text.subject, question.reference);
  await transaction
    .insertInto('question_mails')
    .values({
      id: mailId,
      organization_id: organizationId,
      question_id: question.id,
      direction: 'out',
      subject,
      body: text.body,
      message_id: `<${mailId}@${domain}>`,
      written_at: now,
      purpose: text.purpose,
      written_by: text.writtenBy,
      delivery: text.isMailed ? 'waiting' : 'to-send',
    })
    .execute();
  if (text.isMailed) {
    await enqueue(transaction, organizationId, {
      kind: 'start',
      workflow: 'send-question-mail',
      workflowId: questionMailWorkflowId(mailId),
      input: { organizationId, mailId },
    });
  }
  return { mailId, textSha256: sha256OfMail(question, { subject, body: text.body }) };
}

/** What a Message-ID ends in: the domain of whoever wrote it, else of anybody here. */
async function domainOfHouse(transaction: Transaction, memberId: string | null): Promise<string> {
  const members = transaction.selectFrom('members').select('email').orderBy('id').limit(1);
  const member = await (memberId === null ? members : members.where('id', '=', memberId)).executeTakeFirst();
  return domainOf(member?.email ?? '') ?? 'deskhand.invalid';
}

/**
 * A mail is on its way: from now on the task waits for the answer, as long as the task policy gives. A task that is settled
 * meanwhile waits for nothing.
 *
 * @param how - `sent` by our server, `by-hand` by a person.
 */
export async function markSent(
  transaction: Transaction,
  team: Team,
  question: QuestionRow,
  mail: Pick<QuestionMailRow, 'id' | 'purpose' | 'subject' | 'body'>,
  how: { readonly delivery: 'sent' | 'by-hand'; readonly actor: string },
): Promise<void> {
  await transaction
    .updateTable('question_mails')
    .set({ delivery: how.delivery, sent_at: team.now, delivery_note: null })
    .where('id', '=', mail.id)
    .execute();
  await appendAudit(transaction, question.organization_id, team.now, {
    actor: how.actor,
    action: 'question.sent',
    subjects: [question.id, question.task_id, question.invoice_id],
    details: {
      to: question.to_address,
      toName: question.to_name,
      delivery: how.delivery,
      purpose: mail.purpose,
      mailId: mail.id,
      textSha256: sha256OfMail(question, mail),
    },
  });
  const task = await transaction.selectFrom('tasks').selectAll().where('id', '=', question.task_id).forUpdate().executeTakeFirstOrThrow();
  if (task.status !== 'open' || question.status !== 'open') return;
  const calendar = team.calendarOf(task.member_id);
  const until = addBusinessDays(calendar, team.today, team.policy.questions.answerWithinBusinessDays);
  await changeTask(
    transaction,
    team,
    task,
    {
      waiting_for: question.to_name === '' ? question.to_address : question.to_name,
      waiting_reason: 'an answer to the question they were sent',
      waiting_since: task.waiting_since ?? team.now,
      waiting_until: closingTime(calendar, until),
    },
    { actor: how.actor, action: 'task.waiting', details: { waitedFor: question.to_name, until } },
  );
}
