import { draftReminder } from '#domain/questions';
import { DeskhandError } from '#domain/errors';
import { dayIn } from '#domain/calendar';
import type { Actor } from '#domain/identity';
import type { Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import type { Team } from '../tasks/team.ts';
import { holdQuestion } from './held-question.ts';
import { writeMail, type QuestionRow } from './outgoing-mails.ts';

/**
 * Asks again what was not answered, on a person's word: the reminder quotes the question.
 *
 * @throws DH_ORCHESTRATION_VALUE_INVALID while the mail before has not left, and what `holdQuestion` throws
 */
export async function remindOfQuestion(office: Office, actor: Actor, { questionId }: { readonly questionId: string }): Promise<void> {
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const { question, team } = await holdQuestion(office, transaction, actor, questionId);
    await writeReminder(transaction, team, question, { writtenBy: actor.memberId, isMailed: office.correspondence?.mailer != null });
  });
}

/** @throws DH_ORCHESTRATION_VALUE_INVALID while the mail before has not left */
export async function writeReminder(
  transaction: Transaction,
  team: Team,
  question: QuestionRow,
  { writtenBy, isMailed }: { readonly writtenBy: string | null; readonly isMailed: boolean },
): Promise<void> {
  const mails = await transaction
    .selectFrom('question_mails')
    .selectAll()
    .where('question_id', '=', question.id)
    .where('direction', '=', 'out')
    .orderBy('id')
    .execute();
  const first = mails[0];
  const isOut = mails.every(({ delivery }) => delivery === 'sent' || delivery === 'by-hand' || delivery === 'refused');
  if (first === undefined || !isOut)
    throw new DeskhandError(orchestrationErrors.valueInvalid, 'The last mail has not left yet; there is nothing to remind of.', {
      details: { questionId: question.id },
    });
  const organization = await transaction.selectFrom('organizations').select('name').executeTakeFirstOrThrow();
  const askedOn = dayIn(team.calendarOf(null).timeZone, first.sent_at ?? first.written_at);
  const draft = draftReminder(
    {
      recipientName: question.to_name,
      askedBy: writtenBy === null ? null : (team.members.get(writtenBy)?.name ?? ''),
      organization: organization.name,
    },
    { subject: first.subject, body: first.body, askedOn },
    question.language,
  );
  await writeMail(transaction, question, { ...draft, purpose: 'remind', writtenBy, isMailed }, team.now);
}
