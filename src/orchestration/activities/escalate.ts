import type { Role } from '#domain/identity';
import { nextEscalation, nextInLine } from '#domain/tasks';
import type { AuditRecord, Transaction } from '#platform';
import { rescheduleFor, whyNotFor, type ClockedTask } from '../tasks/task-clock.ts';
import type { Team } from '../tasks/team.ts';

/**
 * Nobody decided: the task goes from the person who has it back to their role, and from there up the line to the
 * nearest role of which somebody may decide. At its end it stays, and is only reminded of.
 *
 * @returns what to write into the audit log; null when there is nobody to hand it to.
 */
export async function escalate(transaction: Transaction, team: Team, task: ClockedTask): Promise<AuditRecord | null> {
  const role = await nextHolders(transaction, team, task);
  if (role === null) {
    await transaction.updateTable('tasks').set({ escalate_at: null }).where('id', '=', task.id).execute();
    return null;
  }
  const level = task.escalation_level + 1;
  await transaction
    .updateTable('tasks')
    .set({
      ...rescheduleFor(team, task, null),
      role,
      member_id: null,
      claimed_at: null,
      assigned_by: null,
      escalation_level: level,
      escalate_at: nextEscalation(team.calendarOf(null), team.policy.timings[task.kind], team.now),
    })
    .where('id', '=', task.id)
    .execute();
  return {
    actor: 'deskhand',
    action: 'task.escalated',
    subjects: [task.id, task.invoice_id, task.document_id, task.event_id].filter((id) => id !== null),
    details: { from: task.member_id ?? task.role, to: role, level, title: task.title },
  };
}

async function nextHolders(transaction: Transaction, team: Team, task: ClockedTask): Promise<Role | null> {
  const same = task.member_id === null ? [] : [task.role as Role];
  for (const role of [...same, ...nextInLine(task.kind, task.role as Role)]) {
    for (const member of team.members.values()) {
      if (member.id === task.member_id || !member.roles.includes(role)) continue;
      if ((await whyNotFor(transaction, team, { ...task, role }, member)) === null) return role;
    }
  }
  return null;
}
