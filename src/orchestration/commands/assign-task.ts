import { DeskhandError } from '#domain/errors';
import { mayDo, type Actor } from '#domain/identity';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { rescheduleFor } from '../tasks/task-clock.ts';
import { loadTeam } from '../tasks/team.ts';
import { changeTask, holdOpenTask, holdsFor, refuseUnfit } from './held-task.ts';
import { requireRight } from './require-right.ts';

/**
 * Gives a task to one person, who alone decides it from then on. By those who assign tasks, and by whoever has it. The
 * other person must be one who may decide it: nobody is lent a right.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_TASK_CLOSED, DH_ORCHESTRATION_NOT_ALLOWED
 */
export async function assignTask(
  office: Office,
  actor: Actor,
  { taskId, memberId }: { readonly taskId: string; readonly memberId: string },
): Promise<void> {
  requireRight(actor, 'tasks:decide');
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const task = await holdOpenTask(transaction, taskId);
    if (task.member_id === memberId && task.claimed_at !== null) return;
    const team = await loadTeam(office, transaction);
    const isHolder = task.member_id !== null && holdsFor(team, actor.memberId, task.member_id);
    if (!isHolder && !mayDo(actor, 'tasks:assign')) {
      throw new DeskhandError(
        orchestrationErrors.notAllowed,
        `Your role (${actor.roles.join(', ')}) does not assign tasks. Take it yourself, or ask an office manager or controller.`,
        { details: { taskId } },
      );
    }
    await refuseUnfit(transaction, team, task, memberId);
    await changeTask(
      transaction,
      team,
      task,
      { ...rescheduleFor(team, task, memberId), member_id: memberId, claimed_at: team.now, assigned_by: actor.memberId },
      { actor: actor.memberId, action: 'task.assigned', details: { from: task.member_id ?? task.role, to: memberId } },
    );
  });
}
