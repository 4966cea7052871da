import { sql } from 'kysely';
import type { Transaction } from '#platform';
import { defaultLimits } from './limits.ts';

/** A row of the outbox that this relay has claimed and now hands to the engine. */
export interface AdmittedRow {
  readonly id: string;
  readonly organization_id: string;
  readonly kind: 'start' | 'signal';
  readonly workflow_id: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly connection_id: string;
}

// Any fixed number: one relay of all servers decides at a time, for milliseconds.
const admissionLock = 33_754_264;
const batch = 50;
// A relay that died in between: its claims are handed over again, and the engine knows those it has by their id.
const leaseMs = 15_000;
// Longer than any reading with all its retries: an engine that lost a workflow must not block a thread for ever.
const overdueMs = 3_600_000;

/**
 * Claims what may begin now, in one statement: within the limits of installation, organization and connection, unpaused,
 * first of its key, the organization with the least in flight first.
 *
 * @param installationLimit - work in flight over all organizations.
 */
export async function admitWork(transaction: Transaction, installationLimit: number): Promise<AdmittedRow[]> {
  await sql`select pg_advisory_xact_lock(${sql.lit(admissionLock)})`.execute(transaction);
  const starts = await sql<AdmittedRow>`
    with recursive lanes as (
      (select organization_id, connection_id, workflow from outbox where state = 'waiting' and kind = 'start'
        order by organization_id, connection_id, workflow limit 1)
      union all
      select next.* from lanes cross join lateral (
        select o.organization_id, o.connection_id, o.workflow from outbox o where o.state = 'waiting' and o.kind = 'start'
          and (o.organization_id, o.connection_id, o.workflow) > (lanes.organization_id, lanes.connection_id, lanes.workflow)
        order by o.organization_id, o.connection_id, o.workflow limit 1) next
    ),
    flying as materialized (
      select organization_id, connection_id, count(*)::int as n from outbox
      where state in ('admitted', 'running') and connection_id <> '' group by 1, 2
    ),
    organizations_waiting as materialized (
      select o.id, coalesce((select sum(n) from flying where flying.organization_id = o.id), 0)::int as flying,
        coalesce((l.content ->> 'organizationConcurrency')::int, ${sql.lit(defaultLimits.organizationConcurrency)}) as concurrency,
        coalesce((l.content ->> 'connectionConcurrency')::int, ${sql.lit(defaultLimits.connectionConcurrency)}) as per_connection,
        (l.content ->> 'connectionPerMinute')::int as per_minute
      from (select distinct organization_id as id from lanes) o
      left join lateral (select content from policies where policies.organization_id = o.id and policies.kind = 'admission'
        order by version desc limit 1) l on true
    ),
    open_lanes as materialized (
      select lanes.*, w.flying, w.concurrency - w.flying as left_of_organization,
        case when lanes.connection_id = '' then ${sql.lit(batch)} else least(${sql.lit(batch)}, w.concurrency - w.flying,
          w.per_connection - coalesce((select n from flying where flying.connection_id = lanes.connection_id), 0),
          case when w.per_minute is not null then w.per_minute - (select count(*) from outbox a where a.connection_id = lanes.connection_id
            and a.connection_id <> '' and a.admitted_at > statement_timestamp() - interval '1 minute') end
        ) end as room
      from lanes join organizations_waiting w on w.id = lanes.organization_id
      where not exists (
        select from pauses p where p.resumed_at is null and (p.scope = 'installation' or (p.organization_id = lanes.organization_id and (
          p.scope = 'organization' or (p.scope = 'connection' and p.subject = lanes.connection_id)
          or (p.scope = 'workflow' and p.subject = lanes.workflow)))))
    ),
    candidates as (
      select o.id, o.priority, lane.organization_id, lane.connection_id <> '' as is_counted, lane.flying, lane.left_of_organization, lane.room,
        row_number() over (partition by lane.organization_id, lane.connection_id order by o.priority, o.id) as place_in_connection
      from open_lanes lane cross join lateral (
        select id, priority from outbox where state = 'waiting' and kind = 'start' and organization_id = lane.organization_id
          and connection_id = lane.connection_id and workflow = lane.workflow order by priority, id limit greatest(lane.room, 0)) o
    ),
    in_organization as (
      select *, row_number() over (partition by organization_id, is_counted order by priority, id) as place
      from candidates where place_in_connection <= room
    ),
    in_installation as (
      select *, row_number() over (partition by is_counted order by flying + place, priority, id) as turn
      from in_organization where not is_counted or place <= left_of_organization
    ),
    chosen as (
      select id from in_installation
      where not is_counted or turn <= ${installationLimit}::int - coalesce((select sum(n) from flying), 0)
      order by turn limit ${sql.lit(batch)}
    )
    update outbox set state = 'admitted', admitted_at = clock_timestamp() where id in (select id from chosen)
    returning id, organization_id, kind, workflow_id, payload, attempts, connection_id
  `.execute(transaction);
  return starts.rows;
}

/** Claims signals, the oldest of each workflow: what people decided is never held back. */
export async function admitSignals(transaction: Transaction): Promise<AdmittedRow[]> {
  const signals = await sql<AdmittedRow>`
    update outbox set state = 'admitted', admitted_at = clock_timestamp() where id in (
      select id from outbox o where o.state = 'waiting' and o.kind = 'signal' and not exists (
        select from outbox e where e.workflow_id = o.workflow_id and e.kind = 'signal' and e.id < o.id and e.state not in ('settled', 'dead'))
      order by id limit ${sql.lit(batch)} for update skip locked)
    returning id, organization_id, kind, payload, attempts, connection_id,
      -- A run that was forked has handed its subject over.
      coalesce((select successor from run_successors s where s.workflow_id = outbox.workflow_id order by s.id desc limit 1), workflow_id) as workflow_id
  `.execute(transaction);
  return signals.rows;
}

/** Rows whose rest is over, and claims of relays that died, wait again. @returns when the next rest ends, in milliseconds from now. */
export async function wakeResting(transaction: Transaction): Promise<number | null> {
  await sql`update outbox set state = 'waiting' where state = 'resting' and next_attempt_at <= statement_timestamp()`.execute(transaction);
  await sql`
    update outbox set state = 'waiting', admitted_at = null
    where state = 'admitted' and admitted_at < statement_timestamp() - make_interval(secs => ${sql.lit(leaseMs / 1000)})
  `.execute(transaction);
  const next = await sql<{ ms: number | null }>`
    select (extract(epoch from min(next_attempt_at) - clock_timestamp()) * 1000)::int as ms from outbox where state = 'resting'
  `.execute(transaction);
  return next.rows[0]?.ms ?? null;
}

/** Work that the engine has had for an hour and that nobody settled. Time that automation stood still counts, and does no harm. */
export async function findOverdue(
  transaction: Transaction,
): Promise<readonly { readonly organization_id: string; readonly workflow_id: string }[]> {
  const { rows } = await sql<{ organization_id: string; workflow_id: string }>`
    select organization_id, workflow_id from outbox
    where state = 'running' and admitted_at < statement_timestamp() - make_interval(secs => ${sql.lit(overdueMs / 1000)}) limit 100
  `.execute(transaction);
  return rows;
}
