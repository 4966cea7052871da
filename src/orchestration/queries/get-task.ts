import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask, found } from './ask.ts';
import { toTasks } from './rows/task-rows.ts';
import type { TaskView } from './views.ts';

/** @throws DH_ORCHESTRATION_NOT_FOUND */
export async function getTask(office: Office, actor: Actor, taskId: string): Promise<TaskView> {
  return await ask(office, actor, 'tasks:read', async (transaction) => {
    const rows = await transaction.selectFrom('tasks').selectAll().where('id', '=', taskId).execute();
    const [task] = await toTasks(office, transaction, actor, rows);
    return found(task, 'task', taskId);
  });
}
