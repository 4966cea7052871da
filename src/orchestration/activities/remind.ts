import { appendAudit, type AuditRecord, type Transaction } from '#platform';
import type { ActivityContext } from '../flow.ts';
import type { Office } from '../tasks/office.ts';
import { passQuestions } from '../questions/unanswered.ts';
import { rescheduleFor, resumeClock, startClock, type ClockedTask } from '../tasks/task-clock.ts';
import { loadTeam, type Team } from '../tasks/team.ts';
import { escalate } from './escalate.ts';
import { once } from './once.ts';

interface Input {
  readonly organizationId: string;
  readonly eventId?: string;
  readonly invoiceId?: string;
  readonly documentId?: string;
}

/**
 * Time passed without an answer. Open questions of this workflow whose moment has come are marked so that they rise in
 * the inbox, are handed up, or stop waiting for an outside answer that did not come.
 */
export async function remind(
  office: Office,
  context: ActivityContext,
  input: Input,
): Promise<{ isDecided: false; invoiceId: null; reminded: number }> {
  const { organizationId } = input;
  return once(office, context, organizationId, async (transaction) => {
    const tasks = await transaction
      .selectFrom('tasks')
      .selectAll()
      .where('workflow_id', '=', context.workflowId)
      .where('status', '=', 'open')
      .orderBy('id')
      .forUpdate()
      .execute();
    if (tasks.length === 0) return { isDecided: false, invoiceId: null, reminded: 0 };
    const team = await loadTeam(office, transaction);
    const records: AuditRecord[] = [];
    const reminded: string[] = [];
    for (const task of tasks) {
      const happened = await passMoment(transaction, team, task);
      records.push(...happened.records);
      if (happened.isReminded) reminded.push(task.id);
    }
    if (reminded.length > 0) {
      const subjects = [input.invoiceId, input.documentId, input.eventId, ...reminded].filter((id) => id !== undefined);
      records.push({ actor: 'deskhand', action: 'task.reminded', subjects, details: { tasks: reminded.length } });
    }
    if (records.length > 0) await appendAudit(transaction, organizationId, team.now, ...records);
    return { isDecided: false, invoiceId: null, reminded: reminded.length };
  });
}

interface Passed {
  readonly records: readonly AuditRecord[];
  readonly isReminded: boolean;
}

/** Does what is due for one task that the caller holds: ends a wait for somebody outside, hands it up, or reminds. */
export async function passMoment(transaction: Transaction, team: Team, task: ClockedTask): Promise<Passed> {
  const { now } = team;
  if (task.waiting_since !== null) {
    if (task.waiting_until === null || task.waiting_until > now) return { records: [], isReminded: false };
    const waitsUntil = await passQuestions(transaction, team, task);
    if (waitsUntil !== null) {
      const moved = { waiting_until: waitsUntil, reminded_at: now, reminders: task.reminders + 1 };
      await transaction.updateTable('tasks').set(moved).where('id', '=', task.id).execute();
      return { records: [], isReminded: true };
    }
    await change(transaction, task, resumeClock(team, task));
    return { records: [answerMissing(task)], isReminded: false };
  }
  if (task.escalate_at !== null && task.escalate_at <= now) {
    const record = await escalate(transaction, team, task);
    if (record !== null) return { records: [record], isReminded: false };
  }
  // Asked before tasks had clocks: a day has passed.
  const isDue = task.due_at === null || (task.remind_at !== null && task.remind_at <= now);
  if (!isDue) return { records: [], isReminded: false };
  const moments =
    task.due_at === null ? startClock(team, task) : { remind_at: rescheduleFor(team, task, task.member_id).remind_at ?? null };
  await change(transaction, task, { ...moments, reminded_at: now, reminders: task.reminders + 1 });
  return { records: [], isReminded: true };
}

async function change(transaction: Transaction, task: ClockedTask, changes: ReturnType<typeof startClock>): Promise<void> {
  await transaction.updateTable('tasks').set(changes).where('id', '=', task.id).execute();
}

function answerMissing(task: ClockedTask): AuditRecord {
  return {
    actor: 'deskhand',
    action: 'task.resumed',
    subjects: [task.id, task.invoice_id, task.document_id].filter((id) => id !== null),
    details: { waitedFor: task.waiting_for, reason: 'no answer came in time' },
  };
}
