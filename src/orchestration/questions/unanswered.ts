import { addBusinessDays, closingTime, dayIn } from '#domain/calendar';
import { appendAudit, type Transaction } from '#platform';
import type { ClockedTask } from '../tasks/task-clock.ts';
import { openTask } from '../tasks/tasks.ts';
import type { Team } from '../tasks/team.ts';
import type { QuestionRow } from './outgoing-mails.ts';
import { writeReminder } from './remind-of-question.ts';

/**
 * A task's wait for somebody outside is over, and questions about it have no answer. The first time they get as many days
 * again, and whoever has the task is reminded that one may ask again; a reminder goes out by itself only where the task policy
 * says so. The second time whoever asked gets a task.
 *
 * @returns until when the task waits on; null when it does not.
 */
export async function passQuestions(transaction: Transaction, team: Team, task: ClockedTask): Promise<Date | null> {
  const unanswered = await transaction
    .selectFrom('questions')
    .selectAll()
    .where('task_id', '=', task.id)
    .where('status', '=', 'open')
    .where('answered_at', 'is', null)
    .where('escalated_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  const fresh = unanswered.filter((question) => question.reminded_at === null);
  for (const question of unanswered.filter((one) => one.reminded_at !== null)) await escalateTo(transaction, team, task, question);
  for (const question of fresh) await remindOf(transaction, team, question);
  if (fresh.length === 0) return null;
  const calendar = team.calendarOf(task.member_id);
  return closingTime(calendar, addBusinessDays(calendar, team.today, team.policy.questions.answerWithinBusinessDays));
}

async function remindOf(transaction: Transaction, team: Team, question: QuestionRow): Promise<void> {
  await transaction.updateTable('questions').set({ reminded_at: team.now }).where('id', '=', question.id).execute();
  await tell(transaction, team, question, 'question.unanswered');
  if (!team.policy.questions.remindsByMail) return;
  const last = await transaction
    .selectFrom('question_mails')
    .select('delivery')
    .where('question_id', '=', question.id)
    .where('direction', '=', 'out')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (last?.delivery === 'sent') await writeReminder(transaction, team, question, { writtenBy: question.asked_by, isMailed: true });
}

async function escalateTo(transaction: Transaction, team: Team, task: ClockedTask, question: QuestionRow): Promise<void> {
  await transaction.updateTable('questions').set({ escalated_at: team.now }).where('id', '=', question.id).execute();
  const askedOn = dayIn(team.calendarOf(null).timeZone, question.asked_at);
  const whom = question.to_name === '' ? question.to_address : question.to_name;
  await openTask(transaction, question.organization_id, {
    workflowId: task.workflow_id,
    key: `question-unanswered:${question.id}`,
    kind: 'question',
    reason: 'question-unanswered',
    title: `No answer from ${whom}`,
    question: `${question.asked_by === null ? 'Deskhand' : 'You'} asked ${whom} on ${askedOn} and nobody answered: “${task.title}”. Call them, ask somebody else, or decide it without them. Done takes this off your list; what you asked about stays open.`,
    choices: ['done'],
    role: task.role as 'office-manager',
    memberId: question.asked_by,
    documentId: task.document_id,
    facts: { aboutTaskId: task.id },
  });
  await tell(transaction, team, question, 'question.escalated');
}

async function tell(
  transaction: Transaction,
  team: Team,
  question: QuestionRow,
  action: 'question.unanswered' | 'question.escalated',
): Promise<void> {
  await appendAudit(transaction, question.organization_id, team.now, {
    actor: 'deskhand',
    action,
    subjects: [question.id, question.task_id, question.invoice_id],
    details: { toName: question.to_name, to: question.to_address, askedBy: question.asked_by },
  });
}
