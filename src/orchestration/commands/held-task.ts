import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, type Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { tellMomentsChanged, whyNotFor, type ClockedTask } from '../tasks/task-clock.ts';
import type { Team } from '../tasks/team.ts';

/** Holds an open task until commit. @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_TASK_CLOSED */
export async function holdOpenTask(transaction: Transaction, taskId: string): Promise<ClockedTask> {
  const task = await transaction.selectFrom('tasks').selectAll().where('id', '=', taskId).forUpdate().executeTakeFirst();
  if (task === undefined) throw new DeskhandError(orchestrationErrors.notFound, `There is no task ${taskId}.`, { details: { taskId } });
  if (task.status === 'open') return task;
  const how = task.status === 'done' ? `settled (${task.decision ?? 'done'})` : 'taken back';
  throw new DeskhandError(orchestrationErrors.taskClosed, `This task was ${how}; nothing is left to do about it.`, { details: { taskId } });
}

/** Whether this member may act on a task that this one holds: they are the holder, or stand in for them today. */
export function holdsFor(team: Team, memberId: string, holderId: string): boolean {
  return memberId === holderId || team.standInOf(holderId) === memberId;
}

/** Taken or given to one person: nobody else decides meanwhile. @throws DH_ORCHESTRATION_TASK_TAKEN */
export function refuseTaken(team: Team, task: Pick<ClockedTask, 'id' | 'member_id' | 'claimed_at'>, actor: Actor): void {
  if (task.member_id === null || task.claimed_at === null || holdsFor(team, actor.memberId, task.member_id)) return;
  const holder = team.members.get(task.member_id)?.name ?? 'Somebody else';
  throw new DeskhandError(
    orchestrationErrors.taskTaken,
    `${holder} has taken this. Ask them to give it back, or somebody who assigns tasks to give it to you.`,
    { details: { taskId: task.id, memberId: task.member_id } },
  );
}

/** @throws DH_ORCHESTRATION_NOT_ALLOWED with the reason why this person can not take the task. */
export async function refuseUnfit(transaction: Transaction, team: Team, task: ClockedTask, memberId: string): Promise<void> {
  const member = team.members.get(memberId);
  if (member === undefined)
    throw new DeskhandError(orchestrationErrors.notFound, `There is no member ${memberId} in your organization.`, {
      details: { memberId },
    });
  const mayByName = task.member_id !== null && task.kind !== 'approval' && holdsFor(team, memberId, task.member_id);
  const reason = mayByName ? null : await whyNotFor(transaction, team, task, member);
  if (reason === null) return;
  throw new DeskhandError(orchestrationErrors.notAllowed, `${member.name} can not take this. ${reason}`, {
    details: { taskId: task.id, memberId },
  });
}

/** Changes who has a task, or its clock: records it and lets the waiting workflow know its new moments. */
export async function changeTask(
  transaction: Transaction,
  team: Team,
  task: ClockedTask,
  changes: Parameters<typeof update>[2],
  record: { readonly actor: string; readonly action: string; readonly details: Readonly<Record<string, unknown>> },
): Promise<void> {
  await update(transaction, task.id, changes);
  await tellMomentsChanged(transaction, task);
  await appendAudit(transaction, task.organization_id, team.now, {
    actor: record.actor,
    action: record.action,
    subjects: [task.id, task.invoice_id, task.document_id, task.event_id].filter((id) => id !== null),
    details: { ...record.details, title: task.title },
  });
}

async function update(
  transaction: Transaction,
  taskId: string,
  changes: Partial<Omit<ClockedTask, 'id' | 'organization_id' | 'created_at' | 'facts' | 'paused_ms' | 'decided_in_ms'>> & {
    readonly paused_ms?: number;
  },
): Promise<void> {
  await transaction.updateTable('tasks').set(changes).where('id', '=', taskId).execute();
}
