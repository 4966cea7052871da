import type { ActivityContext } from '../flow.ts';
import type { Office } from '../tasks/office.ts';
import { nextMoment, startClock, type ClockedTask } from '../tasks/task-clock.ts';
import { loadTeam } from '../tasks/team.ts';

const dayMs = 86_400_000;
// A moment may be missed by this much; nobody is reminded to the second.
const soonestMs = 1000;
// A policy or a calendar that changed is noticed within a week.
const latestMs = 7 * dayMs;

/**
 * What a workflow waits for: starts the clock of questions that have none yet, and says when to look again if nobody
 * answers. Writing it twice writes the same.
 */
export async function lookAtTasks(
  office: Office,
  context: ActivityContext,
  { organizationId }: { readonly organizationId: string },
): Promise<{ readonly open: number; readonly lookAgainInMs: number }> {
  return office.database.inOrganization(organizationId, async (transaction) => {
    const tasks = await transaction
      .selectFrom('tasks')
      .selectAll()
      .where('workflow_id', '=', context.workflowId)
      .where('status', '=', 'open')
      .orderBy('id')
      .execute();
    if (tasks.length === 0) return { open: 0, lookAgainInMs: dayMs };
    const unplanned = tasks.filter((task) => task.due_at === null);
    const team = unplanned.length === 0 ? null : await loadTeam(office, transaction);
    const planned: Pick<ClockedTask, 'remind_at' | 'escalate_at' | 'waiting_until' | 'waiting_since'>[] = [];
    for (const task of tasks) {
      if (team === null || task.due_at !== null) planned.push(task);
      else {
        const changes = startClock(team, task);
        await transaction.updateTable('tasks').set(changes).where('id', '=', task.id).where('due_at', 'is', null).execute();
        planned.push({ ...task, remind_at: changes.remind_at ?? null, escalate_at: changes.escalate_at ?? null });
      }
    }
    const now = office.clock.now().getTime();
    const inMs = planned.map((task) => (nextMoment(task)?.getTime() ?? now + latestMs) - now);
    return { open: tasks.length, lookAgainInMs: Math.min(Math.max(Math.min(...inMs), soonestMs), latestMs) };
  });
}
