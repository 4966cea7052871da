import type { Actor } from '#domain/identity';
import { sql } from 'kysely';
import type { Office } from '../tasks/office.ts';
import { loadTeam, type Team } from '../tasks/team.ts';
import { ask, type OfficeTransaction } from './ask.ts';
import { moneyView } from './numbers.ts';
import { isMineInSql } from './rows/task-rows.ts';
import type { InvoiceStatus, OverviewView } from './views.ts';

// What an office did lately; all that ever came in would take longer to count with every year.
const recentDays = 30;
const dayMs = 86_400_000;

/** The figures on top of the inbox: of what came in lately, and of whatever still waits. */
export async function getOverview(office: Office, actor: Actor): Promise<OverviewView> {
  return await ask(office, actor, 'tasks:read', async (transaction) => {
    // By whole days, so that the answer stays the same as long as nothing happens.
    const since = new Date((Math.floor(office.clock.now().getTime() / dayMs) - recentDays) * dayMs);
    const counts = await countAll(transaction, actor, await loadTeam(office, transaction), since);
    const byStatus = await transaction
      .selectFrom('invoices')
      .select((of) => ['status', of.fn.countAll<string>().as('count')])
      .where((where) => where.or([where('status', 'in', openStatuses), where('created_at', '>=', since)]))
      .groupBy('status')
      .execute();
    const scheduled = await transaction
      .selectFrom('payments')
      .select((of) => ['currency', of.fn.sum<string>('amount').as('total')])
      .where('status', '=', 'scheduled')
      .groupBy('currency')
      .orderBy('currency')
      .execute();
    return {
      since: since.toISOString(),
      openTasks: { mine: counts.tasks_mine, all: counts.tasks_all },
      messages: { received: counts.messages_received, handled: counts.messages_handled },
      documents: { waiting: counts.documents_waiting, read: counts.documents_read, unreadable: counts.documents_unreadable },
      invoices: Object.fromEntries(byStatus.map(({ status, count }) => [status, Number(count)])),
      touchless: { automatic: counts.decided_automatically, decided: counts.decided },
      scheduled: scheduled.map(({ total, currency }) => moneyView(total, currency)),
    };
  });
}

const openStatuses: readonly InvoiceStatus[] = ['in-review', 'awaiting-approval', 'approved', 'scheduled'];

interface Counts {
  readonly tasks_mine: number;
  readonly tasks_all: number;
  readonly messages_received: number;
  readonly messages_handled: number;
  readonly documents_waiting: number;
  readonly documents_read: number;
  readonly documents_unreadable: number;
  readonly decided_automatically: number;
  readonly decided: number;
}

async function countAll(transaction: OfficeTransaction, actor: Actor, team: Team, since: Date): Promise<Counts> {
  const answer = await sql<Counts>`
    select
      t.tasks_mine, t.tasks_all, m.messages_received, m.messages_handled,
      d.documents_waiting, d.documents_read, d.documents_unreadable, a.decided_automatically, a.decided
    from
      (select count(*) filter (where ${isMineInSql(actor, team)})::int as tasks_mine, count(*)::int as tasks_all
         from tasks where status = 'open') t,
      (select count(*)::int as messages_received, count(*) filter (where status = 'handled')::int as messages_handled
         from events where created_at >= ${since} or status <> 'handled') m,
      (select count(*) filter (where status = 'received')::int as documents_waiting,
              count(*) filter (where status in ('read', 'filed'))::int as documents_read,
              count(*) filter (where status = 'unreadable')::int as documents_unreadable
         from documents where event_id in (select id from events where created_at >= ${since} or status <> 'handled')) d,
      (select count(*)::int as decided,
              count(*) filter (where status <> 'rejected' and automatic and not by_person)::int as decided_automatically
         from (select i.status,
                      exists (select from approvals p where p.invoice_id = i.id and p.decision = 'automatic') as automatic,
                      exists (select from approvals p where p.invoice_id = i.id and p.member_id is not null)
                        or exists (select from tasks k where k.invoice_id = i.id and k.decided_by is not null) as by_person
                 from invoices i where i.created_at >= ${since} and i.status in ('approved', 'scheduled', 'paid', 'rejected')) decided_invoices) a
  `.execute(transaction);
  const row = answer.rows[0];
  return row ?? noCounts;
}

const noCounts: Counts = {
  tasks_mine: 0,
  tasks_all: 0,
  messages_received: 0,
  messages_handled: 0,
  documents_waiting: 0,
  documents_read: 0,
  documents_unreadable: 0,
  decided_automatically: 0,
  decided: 0,
};
