import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { rescheduleFor } from '../tasks/task-clock.ts';
import { loadTeam } from '../tasks/team.ts';
import { changeTask, holdOpenTask, refuseTaken, refuseUnfit } from './held-task.ts';
import { requireRight } from './require-right.ts';

/**
 * "I take this": until they give it back, nobody else decides it. Of two who ask at once, one gets it. Asking twice is
 * harmless.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_TASK_CLOSED, DH_ORCHESTRATION_TASK_TAKEN,
 *   DH_ORCHESTRATION_NOT_ALLOWED when the role or the separation of duties forbids it.
 */
export async function claimTask(office: Office, actor: Actor, { taskId }: { readonly taskId: string }): Promise<void> {
  requireRight(actor, 'tasks:decide');
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const task = await holdOpenTask(transaction, taskId);
    if (task.member_id === actor.memberId && task.claimed_at !== null) return;
    const team = await loadTeam(office, transaction);
    refuseTaken(team, task, actor);
    await refuseUnfit(transaction, team, task, actor.memberId);
    await changeTask(
      transaction,
      team,
      task,
      { ...rescheduleFor(team, task, actor.memberId), member_id: actor.memberId, claimed_at: team.now, assigned_by: null },
      { actor: actor.memberId, action: 'task.claimed', details: { from: task.member_id } },
    );
  });
}
