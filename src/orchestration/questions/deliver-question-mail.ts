import { asDeskhandError } from '#domain/errors';
import type { MailAnswer, OutgoingMail } from '#domain/ports';
import { appendAudit, type Transaction } from '#platform';
import type { ActivityContext } from '../flow.ts';
import type { Office } from '../tasks/office.ts';
import { loadTeam } from '../tasks/team.ts';
import { markSent, sha256OfMail, type QuestionMailRow, type QuestionRow } from './outgoing-mails.ts';

interface Input {
  readonly organizationId: string;
  readonly mailId: string;
}

/** `unknown`: it may have left or not. `closed`: nothing is to be sent any more. */
export interface MailFate {
  readonly outcome: 'sent' | 'refused' | 'unknown' | 'closed';
  /** How often it was sent so far. */
  readonly attempt: number;
}

/**
 * Sends a mail of a question. `sending` is committed before anything leaves: an attempt that finds it, because the one
 * before was cut off, sends nothing and says `unknown`. What is thrown says that nothing was sent.
 *
 * @param input.afterAttempt - how often it was sent so far, as far as the caller knows; 0 at first.
 */
export async function deliverQuestionMail(
  office: Office,
  context: ActivityContext,
  input: Input & { readonly afterAttempt: number },
): Promise<MailFate> {
  const { organizationId, mailId, afterAttempt } = input;
  const mailer = office.correspondence?.mailer ?? null;
  const begun = await office.database.inOrganization(organizationId, async (transaction): Promise<MailFate | OutgoingMail> => {
    const held = await holdMail(transaction, mailId);
    if (held.question.status !== 'open') return await close(transaction, held.mail);
    if (held.mail.attempts !== afterAttempt || held.mail.delivery === 'sent') return fateOf(held.mail);
    if (mailer === null) return await leaveToPerson(transaction, held.mail);
    await transaction
      .updateTable('question_mails')
      .set({ delivery: 'sending', attempts: afterAttempt + 1 })
      .where('id', '=', mailId)
      .execute();
    return await outgoing(transaction, held, mailer.from);
  });
  if ('outcome' in begun || mailer === null) return begun as MailFate;
  const attempt = afterAttempt + 1;
  // Held up for longer than it may take, this attempt was given up, and a person may be asked about it: too late to send.
  context.signal.throwIfAborted();
  const answer = await mailer.send(begun).catch(async (thrown: unknown) => {
    await withdraw(office, input, attempt, asDeskhandError(thrown)?.message ?? 'It gave no reason.');
    throw thrown;
  });
  return await record(office, input, attempt, answer);
}

interface Held {
  readonly mail: QuestionMailRow;
  readonly question: QuestionRow;
}

/** The question first, as decisions do. */
export async function holdMail(transaction: Transaction, mailId: string): Promise<Held> {
  const { question_id: questionId } = await transaction
    .selectFrom('question_mails')
    .select('question_id')
    .where('id', '=', mailId)
    .executeTakeFirstOrThrow();
  const question = await transaction.selectFrom('questions').selectAll().where('id', '=', questionId).forUpdate().executeTakeFirstOrThrow();
  const mail = await transaction.selectFrom('question_mails').selectAll().where('id', '=', mailId).forUpdate().executeTakeFirstOrThrow();
  return { mail, question };
}

function fateOf({ delivery, attempts }: QuestionMailRow): MailFate {
  if (delivery === 'sent' || delivery === 'refused') return { outcome: delivery, attempt: attempts };
  return { outcome: delivery === 'to-send' || delivery === 'by-hand' ? 'closed' : 'unknown', attempt: attempts };
}

/** The task was settled before it left. */
async function close(transaction: Transaction, mail: QuestionMailRow): Promise<MailFate> {
  if (mail.delivery !== 'waiting') return fateOf(mail);
  const why = 'The question was settled before the mail left.';
  await transaction.updateTable('question_mails').set({ delivery: 'refused', delivery_note: why }).where('id', '=', mail.id).execute();
  return { outcome: 'closed', attempt: mail.attempts };
}

/** No mail server is set up any more. */
async function leaveToPerson(transaction: Transaction, mail: QuestionMailRow): Promise<MailFate> {
  await transaction.updateTable('question_mails').set({ delivery: 'to-send' }).where('id', '=', mail.id).execute();
  return { outcome: 'closed', attempt: mail.attempts };
}

async function outgoing(transaction: Transaction, { mail, question }: Held, from: string): Promise<OutgoingMail> {
  const organization = await transaction.selectFrom('organizations').select('name').executeTakeFirstOrThrow();
  const before = await transaction
    .selectFrom('question_mails')
    .select('message_id')
    .where('question_id', '=', question.id)
    .where('direction', '=', 'out')
    .where('id', '<', mail.id)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return {
    messageId: mail.message_id ?? '',
    from: { name: organization.name, address: from },
    to: { name: question.to_name, address: question.to_address },
    subject: mail.subject,
    text: mail.body,
    inReplyTo: before?.message_id ?? null,
    date: mail.written_at,
  };
}

/** Nothing was sent: it stands where it stood before this attempt. */
async function withdraw(office: Office, { organizationId, mailId }: Input, attempt: number, why: string): Promise<void> {
  await office.database.inOrganization(organizationId, (transaction) =>
    transaction
      .updateTable('question_mails')
      .set({ delivery: attempt === 1 ? 'waiting' : 'unknown', attempts: attempt - 1, delivery_note: why })
      .where('id', '=', mailId)
      .where('delivery', '=', 'sending')
      .where('attempts', '=', attempt)
      .execute(),
  );
}

async function record(office: Office, { organizationId, mailId }: Input, attempt: number, answer: MailAnswer): Promise<MailFate> {
  return office.database.inOrganization(organizationId, async (transaction) => {
    const { mail, question } = await holdMail(transaction, mailId);
    if (mail.delivery !== 'sending' || mail.attempts !== attempt) return fateOf(mail);
    const team = await loadTeam(office, transaction);
    if (answer.outcome === 'accepted') {
      await markSent(transaction, team, question, mail, { delivery: 'sent', actor: 'deskhand' });
      return { outcome: 'sent', attempt };
    }
    if (answer.outcome === 'refused') {
      await giveUp(transaction, { mail, question }, team.now, `The mail server refused it: ${answer.reason}`);
      return { outcome: 'refused', attempt };
    }
    const unknown = { delivery: 'unknown', delivery_note: answer.why } as const;
    await transaction.updateTable('question_mails').set(unknown).where('id', '=', mailId).execute();
    return { outcome: 'unknown', attempt };
  });
}

/** It never left: a question of which nothing left is over, and may be asked anew, at another address. */
export async function giveUp(transaction: Transaction, { mail, question }: Held, now: Date, why: string): Promise<void> {
  await transaction.updateTable('question_mails').set({ delivery: 'refused', delivery_note: why }).where('id', '=', mail.id).execute();
  await appendAudit(transaction, question.organization_id, now, {
    actor: 'deskhand',
    action: 'question.not-sent',
    subjects: [question.id, question.task_id, question.invoice_id],
    details: { to: question.to_address, why, mailId: mail.id, textSha256: sha256OfMail(question, mail) },
  });
  if (question.status !== 'open' || mail.purpose !== 'ask') return;
  await transaction
    .updateTable('questions')
    .set({ status: 'closed', closed_at: now, outcome: 'not-delivered' })
    .where('id', '=', question.id)
    .execute();
}
