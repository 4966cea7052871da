import { sql, type RawBuilder } from 'kysely';
import type { Period } from '#domain/audit-folder';

/** What is counted. Each is one list of invoices, so that a figure and what it leads to can never differ. */
export const figureNames = [
  'decided',
  'touchless',
  'matched-by-itself',
  'paid-by-run',
  'asked',
  'asked-again',
  'discount-won',
  'discount-lost',
  'duplicate-stopped',
  'fraud-stopped',
  'questions-asked',
  'questions-answered',
  'questions-closed',
] as const;
export type FigureName = (typeof figureNames)[number];

/** Days of a time zone. */
export interface FigureWindow extends Pick<Period, 'from' | 'until'> {
  readonly timeZone: string;
}

/** One row for each invoice of a figure: `invoice_id`, `amount` (what was won, lost or stopped, else the total), `currency`. */
export function membersOf(figure: FigureName, window: FigureWindow): RawBuilder<unknown> {
  return members[figure](window);
}

function within(column: RawBuilder<unknown>, { from, until, timeZone }: FigureWindow): RawBuilder<unknown> {
  return sql`(${column} >= ${from}::date::timestamp at time zone ${timeZone}
    and ${column} < (${until}::date + 1)::timestamp at time zone ${timeZone})`;
}

/** Approved or rejected in the period, the last time counts. */
function decidedIn(window: FigureWindow): RawBuilder<unknown> {
  return sql`(select distinct on (stream_id) stream_id as invoice_id, type, at as decided_at from stream_events
    where stream_kind = 'invoice' and type in ('invoice.approved', 'invoice.rejected') and ${within(sql`at`, window)}
    order by stream_id, sequence desc)`;
}

/** Somebody approved it, answered a question about it, or corrected a value. */
const byPerson = sql`(exists (select from approvals a where a.invoice_id = i.id and a.member_id is not null)
  or exists (select from tasks t where t.invoice_id = i.id and t.decided_by is not null)
  or exists (select from corrections c where c.invoice_id = i.id))`;

const columns = sql`i.id as invoice_id, coalesce(i.gross, 0) as amount, coalesce(i.currency, (select o.currency from organizations o where o.id = i.organization_id)) as currency`;

const members: Readonly<Record<FigureName, (window: FigureWindow) => RawBuilder<unknown>>> = {
  decided: (window) =>
    sql`select ${columns}, d.decided_at, e.received_at from ${decidedIn(window)} d join invoices i on i.id = d.invoice_id
      join documents o on o.id = i.document_id join events e on e.id = o.event_id`,
  touchless: (window) =>
    sql`select ${columns} from ${decidedIn(window)} d join invoices i on i.id = d.invoice_id
      where d.type = 'invoice.approved' and not ${byPerson}`,
  'matched-by-itself': (window) =>
    sql`select ${columns} from ${decidedIn(window)} d join invoices i on i.id = d.invoice_id
      where i.assessment #>> '{match,kind}' in ('two-way', 'three-way') and i.assessment #>> '{match,outcome}' = 'matched'`,
  'paid-by-run': (window) => released(window, sql`p.amount`, sql`true`),
  asked: (window) =>
    sql`select ${columns}, t.reason from tasks t join invoices i on i.id = t.invoice_id
      where t.kind = 'exception' and ${within(sql`t.created_at`, window)}`,
  'asked-again': (window) =>
    sql`select ${columns} from ${decidedIn(window)} d join invoices i on i.id = d.invoice_id
      where (select count(*) from tasks t where t.invoice_id = i.id and t.kind = 'exception' and t.status = 'done') > 1`,
  'discount-won': (window) => released(window, sql`p.discount`, sql`p.discount > 0`),
  'discount-lost': (window) =>
    released(window, sql`round(coalesce(i.gross, 0) * offered.points / 10000, 2)`, sql`p.discount = 0 and offered.points > 0`),
  'duplicate-stopped': (window) => stopped(window, sql`t.reason = 'duplicate'`),
  'fraud-stopped': (window) =>
    stopped(window, sql`t.reason in ('fraud-hold', 'fraud-second', 'bank-account-changed', 'bank-account-called')`),
  'questions-asked': (window) => questions(within(sql`q.asked_at`, window)),
  'questions-answered': (window) => questions(within(sql`q.answered_at`, window)),
  'questions-closed': (window) =>
    questions(sql`${within(sql`q.closed_at`, window)} and q.answered_at is not null and q.outcome <> 'taken-back'`),
};

/** Payments of runs that were released in the period. */
function released(window: FigureWindow, amount: RawBuilder<unknown>, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select i.id as invoice_id, ${amount} as amount, p.currency from payments p
    join payment_runs r on r.id = p.payment_run_id join invoices i on i.id = p.invoice_id join suppliers s on s.id = p.supplier_id,
    lateral (select coalesce(max((step ->> 'basisPoints')::numeric), 0) as points
               from jsonb_array_elements(coalesce(s.terms -> 'discounts', '[]')) step) offered
    where p.status = 'released' and ${within(sql`r.released_at`, window)} and ${condition}`;
}

/** Mails to suppliers and colleagues; one that never left was none. */
function questions(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select ${columns}, q.asked_at, q.answered_at, q.closed_at from questions q join invoices i on i.id = q.invoice_id
    where q.outcome is distinct from 'not-delivered' and ${condition}`;
}

/** Rejected by a person who was asked about just that. */
function stopped(window: FigureWindow, reason: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select ${columns} from ${decidedIn(window)} d join invoices i on i.id = d.invoice_id
    where d.type = 'invoice.rejected' and exists (select from tasks t
      where t.invoice_id = i.id and t.status = 'done' and t.decision = 'reject' and ${reason})`;
}
