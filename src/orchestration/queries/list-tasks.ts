import type { Actor } from '#domain/identity';
import { sql } from 'kysely';
import type { Office } from '../tasks/office.ts';
import { loadTeam } from '../tasks/team.ts';
import { ask } from './ask.ts';
import { afterCursor, cutPage, limitOf, type PageRequest } from './rows/paging.ts';
import { isMineInSql, toTasks } from './rows/task-rows.ts';
import type { PageOf, TaskView } from './views.ts';

export interface TaskFilter extends PageRequest {
  /** `mine` and `all`: open ones, most urgent first. `done`: decided ones, latest first. */
  readonly view: 'mine' | 'all' | 'done';
}

const byUrgency = ["coalesce(tasks.due_on, 'infinity')", 'tasks.created_at', 'tasks.id'] as const;
const byDecision = ['coalesce(tasks.decided_at, tasks.created_at)', 'tasks.id'] as const;

/** What waits for a person, or what persons decided. */
export async function listTasks(office: Office, actor: Actor, filter: TaskFilter): Promise<PageOf<TaskView>> {
  return await ask(office, actor, 'tasks:read', async (transaction) => {
    const limit = limitOf(filter);
    const isDone = filter.view === 'done';
    const keys = isDone ? byDecision : byUrgency;
    const after = await afterCursor(transaction, 'tasks', keys, isDone ? 'descending' : 'ascending', filter.cursor);
    const team = await loadTeam(office, transaction);
    let query = transaction
      .selectFrom('tasks')
      .selectAll()
      .where('status', '=', isDone ? 'done' : 'open')
      .where(after);
    if (filter.view === 'mine') query = query.where(isMineInSql(actor, team));
    for (const key of keys) query = query.orderBy(sql.raw(key), isDone ? 'desc' : 'asc');
    const rows = await query.limit(limit + 1).execute();
    const page = cutPage(rows, limit, (row) => row);
    return { items: await toTasks(office, transaction, actor, page.items, team), next: page.next };
  });
}
