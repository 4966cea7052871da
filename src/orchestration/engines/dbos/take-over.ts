import type pg from 'pg';
import { executorLock } from './presence.ts';
import { channel, wakeQueue } from './waits.ts';

/** Finds work whose server is gone and puts it back into the queue, for whichever server comes first. */
export interface TakeOver {
  /** @returns how many runs were put back */
  look(): Promise<number>;
  /** Gives runs of this server to the others: these, or all but those that still have something running here. */
  handOver(which: { readonly only: readonly string[] } | { readonly allBut: readonly string[] }): Promise<void>;
}

export interface TakeOverOptions {
  readonly pool: pg.Pool;
  readonly executorId: string;
  /** Whether this process carries the run right now. */
  readonly isCarried: (workflowId: string) => boolean;
}

// Between a claim and the first line of the run lie milliseconds; what is not carried after this long never began.
const strayAfterMs = 5000;

// The token that was read goes along: a run that somebody claimed since is left alone.
const putBack = `
  with back as (
    update dbos.workflow_status as s
       set status = 'ENQUEUED', owner_xid = null, started_at_epoch_ms = null, queue_name = coalesce(queue_name, '${wakeQueue}'),
           updated_at = (extract(epoch from now()) * 1000)::bigint
      from unnest($1::text[], $2::text[]) as seen (id, owner)
     where s.workflow_uuid = seen.id and s.status = 'PENDING' and s.owner_xid is not distinct from seen.owner
    returning 1)
  select count(*)::int as count, pg_notify('${channel}', 'wake') from back having count(*) > 0`;

export function createTakeOver(options: TakeOverOptions): TakeOver {
  /** Servers without their lock at the last look. One look is not enough: a living one reconnects within a second. */
  let missing = new Set<string>();
  return {
    async look() {
      const { rows } = await options.pool.query<{ executor_id: string; is_gone: boolean }>(
        `select executor_id, not exists (
                  select from pg_locks where locktype = 'advisory' and granted and objsubid = 2
                   and database = (select oid from pg_database where datname = current_database())
                   and classid = $1::int::oid and objid = (hashtext(executor_id)::bigint & 4294967295)::oid) as is_gone
           from (select distinct executor_id from dbos.workflow_status where status = 'PENDING') as busy`,
        [executorLock],
      );
      const gone = rows.filter((row) => row.is_gone && row.executor_id !== options.executorId).map((row) => row.executor_id);
      const dead = gone.filter((id) => missing.has(id));
      missing = new Set(gone);
      return (await takeFrom(options.pool, dead)) + (await takeStrays(options));
    },
    handOver: (which) => handOver(options, which),
  };
}

async function takeFrom(pool: pg.Pool, executorIds: readonly string[]): Promise<number> {
  if (executorIds.length === 0) return 0;
  const { rows } = await pool.query<Pending>(
    `select workflow_uuid, owner_xid from dbos.workflow_status where status = 'PENDING' and executor_id = any($1)`,
    [executorIds],
  );
  return await enqueue(pool, rows);
}

async function takeStrays({ pool, executorId, isCarried }: TakeOverOptions): Promise<number> {
  const { rows } = await pool.query<Pending>(
    `select workflow_uuid, owner_xid from dbos.workflow_status
      where status = 'PENDING' and executor_id = $1 and updated_at < (extract(epoch from now()) * 1000)::bigint - $2`,
    [executorId, strayAfterMs],
  );
  return await enqueue(
    pool,
    rows.filter((row) => !isCarried(row.workflow_uuid)),
  );
}

async function handOver({ pool, executorId }: TakeOverOptions, which: Parameters<TakeOver['handOver']>[0]): Promise<void> {
  const { rows } = await pool.query<Pending>(
    `select workflow_uuid, owner_xid from dbos.workflow_status
      where status = 'PENDING' and executor_id = $1 and (workflow_uuid = any($2)) = $3`,
    'only' in which ? [executorId, which.only, true] : [executorId, which.allBut, false],
  );
  await enqueue(pool, rows);
}

interface Pending {
  readonly workflow_uuid: string;
  readonly owner_xid: string | null;
}

async function enqueue(pool: pg.Pool, runs: readonly Pending[]): Promise<number> {
  if (runs.length === 0) return 0;
  const { rows } = await pool.query<{ count: number }>(putBack, [
    runs.map(({ workflow_uuid }) => workflow_uuid),
    runs.map(({ owner_xid }) => owner_xid),
  ]);
  return rows[0]?.count ?? 0;
}
