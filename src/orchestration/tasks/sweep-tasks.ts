import { sql } from 'kysely';
import { appendAudit, type AuditRecord, type Transaction } from '#platform';
import { passMoment } from '../activities/remind.ts';
import type { Office } from './office.ts';
import { activePauses, connectionOf, pauseOf } from '../intake/pauses.ts';
import { startClock, type ClockedTask } from './task-clock.ts';
import { loadTeam } from './team.ts';

// A workflow that lives starts the clock of its questions within seconds and wakes at their moments; a server that was
// just started catches up within this.
const graceMs = 900_000;
// More at once would hold the audit log of one organization for long.
const batch = 100;

/**
 * Questions whose workflow does not look after them: it was cancelled, has ended, or never began. Their clock is started,
 * and their reminders and escalations happen, as a living workflow would have them happen. What one does at the same time
 * is done once: each looks at the task again while it holds it.
 *
 * @returns how many tasks changed.
 */
export async function sweepTasks(office: Office): Promise<number> {
  const organizations = await office.database.inSystem((transaction) => transaction.selectFrom('organizations').select('id').execute());
  let swept = 0;
  for (const { id } of organizations) swept += await sweepOrganization(office, id);
  return swept;
}

async function sweepOrganization(office: Office, organizationId: string): Promise<number> {
  const before = new Date(office.clock.now().getTime() - graceMs);
  let swept = 0;
  for (let after: string | null = ''; after !== null;) {
    const page: Page = await sweepPage(office, organizationId, { before, after });
    swept += page.swept;
    after = page.last;
  }
  return swept;
}

interface Page {
  readonly swept: number;
  /** Null when there are no more. */
  readonly last: string | null;
}

function sweepPage(office: Office, organizationId: string, from: { readonly before: Date; readonly after: string }): Promise<Page> {
  return office.database.inOrganization(organizationId, async (transaction) => {
    const left = await leftAlone(transaction, from);
    if (left.length === 0) return { swept: 0, last: null };
    const pauses = await activePauses(transaction);
    const team = await loadTeam(office, transaction);
    const records: AuditRecord[] = [];
    let swept = 0;
    for (const task of left) {
      // What stands still by a person's word is neither reminded of nor handed up.
      const run = { organizationId, workflowId: task.workflow_id };
      if ((await pauseOf(pauses, run, (id) => connectionOf(transaction, id))) !== null) continue;
      swept += 1;
      if (task.due_at === null) await transaction.updateTable('tasks').set(startClock(team, task)).where('id', '=', task.id).execute();
      else records.push(...(await happened(transaction, team, task)));
    }
    if (records.length > 0) await appendAudit(transaction, organizationId, team.now, ...records);
    return { swept, last: left.length < batch ? null : (left.at(-1)?.id ?? null) };
  });
}

/** Open, and past a moment at which something should have happened, or without any for longer than a workflow takes. */
async function leftAlone(
  transaction: Transaction,
  { before, after }: { readonly before: Date; readonly after: string },
): Promise<readonly ClockedTask[]> {
  return await transaction
    .selectFrom('tasks')
    .selectAll()
    .where('status', '=', 'open')
    .where('id', '>', after)
    .where((where) =>
      where.or([
        where.and([where('due_at', 'is', null), where('created_at', '<', before)]),
        where('waiting_until', '<', before),
        where.and([where('waiting_since', 'is', null), where(sql<Date>`least(remind_at, escalate_at)`, '<', before)]),
      ]),
    )
    .orderBy('id')
    .limit(batch)
    .forUpdate()
    .skipLocked()
    .execute();
}

async function happened(transaction: Transaction, team: Parameters<typeof passMoment>[1], task: ClockedTask): Promise<AuditRecord[]> {
  const { records, isReminded } = await passMoment(transaction, team, task);
  if (!isReminded) return [...records];
  const subjects = [task.invoice_id, task.document_id, task.event_id, task.id].filter((id) => id !== null);
  return [...records, { actor: 'deskhand', action: 'task.reminded', subjects, details: { tasks: 1 } }];
}
