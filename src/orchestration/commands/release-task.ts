import { DeskhandError } from '#domain/errors';
import { mayDo, type Actor } from '#domain/identity';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { rescheduleFor } from '../tasks/task-clock.ts';
import { loadTeam } from '../tasks/team.ts';
import { changeTask, holdOpenTask, holdsFor } from './held-task.ts';
import { requireRight } from './require-right.ts';

/**
 * Gives a task back to its role. For whoever has it, their stand-in, and those who assign tasks. One that nobody has is
 * left as it is.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_TASK_CLOSED, DH_ORCHESTRATION_NOT_ALLOWED
 */
export async function releaseTask(office: Office, actor: Actor, { taskId }: { readonly taskId: string }): Promise<void> {
  requireRight(actor, 'tasks:decide');
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const task = await holdOpenTask(transaction, taskId);
    if (task.member_id === null) return;
    const team = await loadTeam(office, transaction);
    if (!holdsFor(team, actor.memberId, task.member_id) && !mayDo(actor, 'tasks:assign')) {
      const holder = team.members.get(task.member_id)?.name ?? 'somebody else';
      throw new DeskhandError(orchestrationErrors.notAllowed, `Only ${holder}, or who assigns tasks, can give this back.`, {
        details: { taskId },
      });
    }
    await changeTask(
      transaction,
      team,
      task,
      { ...rescheduleFor(team, task, null), member_id: null, claimed_at: null, assigned_by: null },
      { actor: actor.memberId, action: 'task.released', details: { from: task.member_id, to: task.role } },
    );
  });
}
