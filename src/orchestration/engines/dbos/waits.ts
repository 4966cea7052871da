import type pg from 'pg';
import { databasePassing } from './patience.ts';

/** Queue that woken runs go through; polled once a second, and at once after each wake. */
export const wakeQueue = 'deskhand';
/** Channel on which servers tell each other of woken (`wake`) and cancelled (`cancel <id>`) runs. */
export const channel = 'deskhand_engine';

export interface Wait {
  readonly workflowId: string;
  /** DBOS' token of this very execution: whoever lost it may not park the run. */
  readonly ownerXid: string;
  /** Counted from the run's beginning. */
  readonly position: number;
  readonly signal: string | null;
  readonly childId: string | null;
  /** Milliseconds since 1970; null waits as long as it takes. */
  readonly until: number | null;
}

export type Outcome =
  | { readonly kind: 'received'; readonly payload: unknown }
  | { readonly kind: 'timed-out' }
  /** The run has to end here; it is begun again when what it waits for comes. */
  | { readonly kind: 'parked' }
  /** Somebody else carries this run by now, or it was cancelled. */
  | { readonly kind: 'lost' };

const senderPatienceMs = 5000;
// While parents wait for children that may end on another server.
const childLookMs = 1000;

/** Signals and parked runs in Postgres. */
export interface Waits {
  takeOrPark(wait: Wait): Promise<Outcome>;
  /** @returns whether a run was woken */
  signal(workflowId: string, signal: string, payload: unknown, messageId: string): Promise<boolean>;
  /** The kill switch. */
  cancel(workflowId: string): Promise<void>;
  /** Wakes what is due, whose child ended, or whose signal is there. @returns how many, and when the next is due */
  wakeDue(): Promise<{ readonly woken: number; readonly nextInMs: number | null }>;
}

const nowMs = `(extract(epoch from now()) * 1000)::bigint`;

// Everything that decides about one run's wait happens under this lock, so no signal falls between a look and a park.
const lockRun = `select pg_advisory_xact_lock(hashtextextended('deskhand run ' || $1, 0))`;

const takeSignal = `
  with chosen as (
    select message_id from engine.signals
     where workflow_id = $1 and (taken_by = $2 or (taken_by is null and name = $3))
     order by taken_by nulls last, sequence limit 1)
  update engine.signals as s set taken_by = $2
    from chosen where s.workflow_id = $1 and s.message_id = chosen.message_id
  returning s.payload`;

const park = `
  insert into engine.waits (workflow_id, position, signal, child_id, until)
  select $1, $2, $3, $4, coalesce(to_timestamp($5::double precision / 1000), 'infinity')
   where $5::double precision is null or to_timestamp($5::double precision / 1000) > clock_timestamp()
  on conflict (workflow_id) do update
    set position = excluded.position, signal = excluded.signal, child_id = excluded.child_id, until = excluded.until, parked_at = now()`;

// As DBOS.cancelWorkflow leaves it, so that DBOS lets go of the run; completed_at stays empty, for it has not ended.
const release = `
  update dbos.workflow_status
     set status = 'CANCELLED', owner_xid = null, queue_name = null, deduplication_id = null, started_at_epoch_ms = null, updated_at = ${nowMs}
   where workflow_uuid = $1 and status = 'PENDING' and owner_xid = $2`;

// As DBOS.resumeWorkflow does it, in one statement with the end of the wait.
const wake = (which: string): string => `
  with woken as (delete from engine.waits where workflow_id in (${which}) returning workflow_id),
  enqueued as (
    update dbos.workflow_status
       set status = 'ENQUEUED', owner_xid = null, queue_name = '${wakeQueue}', recovery_attempts = 0, workflow_deadline_epoch_ms = null,
           deduplication_id = null, started_at_epoch_ms = null, completed_at = null, updated_at = ${nowMs}
     where workflow_uuid in (select workflow_id from woken) and status = 'CANCELLED'
    returning 1)
  select count(*)::int as woken, pg_notify('${channel}', 'wake') from enqueued having count(*) > 0`;

const wakeOne = wake('select workflow_id from engine.waits where workflow_id = $1 and signal = $2');
const wakeTimedOut = wake(
  `select workflow_id from engine.waits where until <= clock_timestamp() order by until limit 500 for update skip locked`,
);
const hasEnded = `s.status in ('SUCCESS', 'ERROR', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED', 'CANCELLED')
  and not (s.status = 'CANCELLED' and exists (select from engine.waits as own where own.workflow_id = s.workflow_uuid))`;
const wakeParents = wake(`
  select w.workflow_id from engine.waits as w join dbos.workflow_status as s on s.workflow_uuid = w.child_id
   where w.child_id is not null and ${hasEnded} limit 500`);
const findEnded = `select from dbos.workflow_status as s where s.workflow_uuid = $1 and ${hasEnded}`;
// Not needed as long as the lock above holds; costs an index look and makes a lost wake impossible.
const wakeSignalled = wake(`
  select w.workflow_id from engine.signals as s join engine.waits as w on w.workflow_id = s.workflow_id and w.signal = s.name
   where s.taken_by is null limit 500`);

/** The kill switch. */
export const cancelRun = `
  with forgotten as (delete from engine.waits where workflow_id = $1)
  update dbos.workflow_status
     set status = 'CANCELLED', owner_xid = null, queue_name = null, deduplication_id = null, started_at_epoch_ms = null,
         updated_at = ${nowMs}, completed_at = ${nowMs}
   where workflow_uuid = $1 and status not in ('SUCCESS', 'ERROR', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED')`;

export function createWaits(pool: pg.Pool): Waits {
  return {
    // A run waits for Postgres as long as it takes, as DBOS' own steps do; whoever sends or cancels asks again by himself.
    takeOrPark: (wait) => inTransaction(pool, Infinity, (client) => takeOrPark(client, wait)),
    signal: (workflowId, signal, payload, messageId) =>
      inTransaction(pool, senderPatienceMs, async (client) => {
        await client.query(lockRun, [workflowId]);
        const { rowCount } = await client.query(
          `insert into engine.signals (workflow_id, message_id, name, payload) values ($1, $2, $3, $4) on conflict do nothing`,
          [workflowId, messageId, signal, JSON.stringify(payload)],
        );
        if (rowCount === 0) return keep(false);
        const { rows } = await client.query(wakeOne, [workflowId, signal]);
        return keep(rows.length > 0);
      }),
    cancel: (workflowId) =>
      inTransaction(pool, senderPatienceMs, async (client) => {
        await client.query(lockRun, [workflowId]);
        await client.query(cancelRun, [workflowId]);
        await client.query('select pg_notify($1, $2)', [channel, `cancel ${workflowId}`]);
        return keep(undefined);
      }),
    wakeDue: () => wakeDue(pool),
  };
}

async function takeOrPark(client: pg.PoolClient, wait: Wait): Promise<Kept<Outcome>> {
  const { workflowId, position, signal, childId, until, ownerXid } = wait;
  await client.query(lockRun, [workflowId]);
  if (signal !== null) {
    const { rows } = await client.query<{ payload: string }>(takeSignal, [workflowId, position, signal]);
    if (rows[0] !== undefined) return keep({ kind: 'received', payload: JSON.parse(rows[0].payload) as unknown });
  }
  if (childId !== null) {
    const { rowCount } = await client.query(findEnded, [childId]);
    if (rowCount !== 0) return keep({ kind: 'received', payload: null });
  }
  const parked = await client.query(park, [workflowId, position, signal, childId, until]);
  if (parked.rowCount === 0) return keep({ kind: 'timed-out' });
  const released = await client.query(release, [workflowId, ownerXid]);
  return { value: { kind: released.rowCount === 1 ? 'parked' : 'lost' }, isKept: released.rowCount === 1 };
}

async function wakeDue(pool: pg.Pool): Promise<{ woken: number; nextInMs: number | null }> {
  let woken = 0;
  for (const statement of [wakeTimedOut, wakeParents, wakeSignalled]) {
    const { rows } = await pool.query<{ woken: number }>(statement);
    woken += rows[0]?.woken ?? 0;
  }
  const { rows } = await pool.query<{ in_ms: string | null }>(
    `select least(
        (select extract(epoch from min(until) - clock_timestamp()) * 1000 from engine.waits where until < 'infinity'),
        (select ${childLookMs} where exists (select from engine.waits where child_id is not null))) as in_ms`,
  );
  const inMs = rows[0]?.in_ms ?? null;
  return { woken, nextInMs: inMs === null ? null : Math.max(0, Number(inMs)) };
}

interface Kept<Value> {
  readonly value: Value;
  readonly isKept: boolean;
}

function keep<Value>(value: Value): Kept<Value> {
  return { value, isKept: true };
}

/** Commits what is to be kept. Goes on trying while Postgres is away: all of it may be repeated. */
function inTransaction<Value>(pool: pg.Pool, patienceMs: number, work: (client: pg.PoolClient) => Promise<Kept<Value>>): Promise<Value> {
  return databasePassing(async () => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const { value, isKept } = await work(client);
      await client.query(isKept ? 'commit' : 'rollback');
      return value;
    } catch (thrown) {
      broken = thrown as Error;
      throw thrown;
    } finally {
      client.release(broken);
    }
  }, patienceMs);
}
