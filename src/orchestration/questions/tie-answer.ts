import { createHash } from 'node:crypto';
import { senderAuthenticationFinding } from '#domain/accounts-payable';
import { readAnswer } from '#domain/audit-folder';
import { dayIn } from '#domain/calendar';
import { answeredMessages, isAutomaticMail } from '#domain/messages';
import type { Correspondence } from '#domain/ports';
import { referencesInSubject, type RecognisedAnswer } from '#domain/questions';
import { appendAudit, newId, type Tables, type Transaction } from '#platform';
import type { Selectable } from 'kysely';
import { once } from '../activities/once.ts';
import { changeTask } from '../commands/held-task.ts';
import type { ActivityContext } from '../flow.ts';
import { loadPolicy } from '../invoices/policies.ts';
import type { Office } from '../tasks/office.ts';
import { resumeClock } from '../tasks/task-clock.ts';
import { loadTeam, type Team } from '../tasks/team.ts';
import type { QuestionRow } from './outgoing-mails.ts';

interface Input {
  readonly organizationId: string;
  readonly eventId: string;
}
type EventRow = Selectable<Tables['events']>;

// Twenty pages: what is shown beside a task. The message keeps all of it.
const mostCharacters = 50_000;

const automatic: RecognisedAnswer = {
  kind: 'automatic',
  sentence: null,
  until: null,
  why: 'A machine answered; nobody has read the question yet.',
};

/**
 * Ties a message that answers a question to it, with what its text says; its documents go their own way. By the mail that it
 * says it answers, else by the reference in its subject; both are the sender's word, so one from another address, or that may
 * be forged, is kept with the doubt and counts as no answer. Nothing follows from any of them but by a person.
 */
export async function tieAnswer(
  office: Office,
  context: ActivityContext,
  { organizationId, eventId }: Input,
): Promise<{ readonly questions: number }> {
  const { correspondence } = office;
  const event = await office.database.inOrganization(organizationId, (transaction) =>
    transaction.selectFrom('events').selectAll().where('id', '=', eventId).executeTakeFirstOrThrow(),
  );
  if (correspondence === undefined || event.kind !== 'mail' || event.classification === 'delivered-twice') return { questions: 0 };
  const bytes = await office.blobs.get(event.content_sha256);
  return once(office, context, organizationId, async (transaction) => {
    const questions = await questionsAnsweredBy(transaction, event, answeredMessages(bytes));
    if (questions.length === 0) return { questions: 0 };
    const team = await loadTeam(office, transaction);
    for (const question of questions)
      await tie(transaction, team, { question, event, correspondence, isAutomatic: isAutomaticMail(bytes) });
    // It is shown with what was asked; nobody need be told of the bare message.
    if (questions.some(({ status }) => status === 'open'))
      await transaction
        .updateTable('tasks')
        .set({ status: 'cancelled' })
        .where('event_id', '=', eventId)
        .where('kind', '=', 'message')
        .where('status', '=', 'open')
        .execute();
    return { questions: questions.length };
  });
}

async function questionsAnsweredBy(transaction: Transaction, event: EventRow, answered: readonly string[]): Promise<QuestionRow[]> {
  const ours = transaction.selectFrom('question_mails').select('question_id').where('direction', '=', 'out');
  // Our own mail in a mailbox that is read answers nothing.
  const own = event.message_id === null ? undefined : await ours.where('message_id', '=', event.message_id).executeTakeFirst();
  if (own !== undefined) return [];
  const questions = transaction.selectFrom('questions').selectAll().orderBy('id');
  const byHeader = answered.length === 0 ? [] : await questions.where('id', 'in', ours.where('message_id', 'in', [...answered])).execute();
  const references = referencesInSubject(event.subject ?? '');
  if (byHeader.length > 0 || references.length === 0) return byHeader;
  return questions.where('reference', 'in', [...references]).execute();
}

interface Tie {
  readonly question: QuestionRow;
  readonly event: EventRow;
  readonly correspondence: Correspondence;
  readonly isAutomatic: boolean;
}

async function tie(transaction: Transaction, team: Team, { question, event, correspondence, isAutomatic }: Tie): Promise<void> {
  const asked = await transaction
    .selectFrom('question_mails')
    .select('body')
    .where('question_id', '=', question.id)
    .where('direction', '=', 'out')
    .execute();
  const receivedOn = dayIn(team.calendarOf(null).timeZone, event.received_at);
  const context = { from: question.recipient, receivedOn, asked: asked.map(({ body }) => body) };
  const answer = isAutomatic ? automatic : correspondence.recogniseAnswer(event.body ?? '', context);
  const doubt = await doubtAbout(transaction, question, event);
  const answerId = newId('qml');
  const mail = { subject: event.subject ?? '', body: (event.body ?? '').slice(0, mostCharacters) };
  const tied = await transaction
    .insertInto('question_mails')
    .values({
      id: answerId,
      organization_id: question.organization_id,
      question_id: question.id,
      direction: 'in',
      ...mail,
      message_id: event.message_id,
      written_at: event.received_at,
      event_id: event.id,
      from_address: event.sender_address,
      doubt,
      answer: JSON.stringify(answer),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (tied === undefined) return;
  await appendAudit(transaction, question.organization_id, team.now, {
    actor: 'deskhand',
    action: 'question.answered',
    subjects: [question.id, question.task_id, question.invoice_id, event.id],
    details: {
      recognised: answer.kind,
      from: event.sender_address,
      toName: question.to_name,
      isDoubted: doubt !== null,
      answerId,
      textSha256: sha256Of(readAnswer({ from: event.sender_address, ...mail, doubt, recognised: answer })),
      contentSha256: event.content_sha256,
    },
  });
  if (question.status !== 'open' || answer.kind === 'automatic') return;
  if (doubt === null && question.answered_at === null)
    await transaction.updateTable('questions').set({ answered_at: team.now }).where('id', '=', question.id).execute();
  await wakeTask(transaction, team, question);
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Why it does not count as the answer of whoever was asked, one plain sentence; null where it does. */
async function doubtAbout(transaction: Transaction, question: QuestionRow, event: EventRow): Promise<string | null> {
  const sender = event.sender_address;
  if (sender === null) return 'It names no sender.';
  if (sender.toLowerCase() !== question.to_address.toLowerCase())
    return `It came from ${sender}, and ${question.to_address} was asked. Make sure that it is from them before you rely on it.`;
  const { content } = await loadPolicy(transaction, 'fraud');
  return senderAuthenticationFinding(sender, event.authentication_results, content.trustedServers)?.message ?? null;
}

/** The answer is here: the task waits for nobody outside any more, and its holder sees it. */
async function wakeTask(transaction: Transaction, team: Team, question: QuestionRow): Promise<void> {
  const task = await transaction.selectFrom('tasks').selectAll().where('id', '=', question.task_id).forUpdate().executeTakeFirstOrThrow();
  if (task.status !== 'open' || task.waiting_since === null) return;
  await changeTask(transaction, team, task, resumeClock(team, task), {
    actor: 'deskhand',
    action: 'task.resumed',
    details: { waitedFor: task.waiting_for, reason: 'an answer came' },
  });
}
