import { DBOS } from '@dbos-inc/dbos-sdk';
import type pg from 'pg';
import type { RetentionOptions } from '../retention.ts';

const batch = 500;
const dayMs = 86_400_000;
// Two servers that clean up at once would only do the same work twice.
const lockKey = 33_754_265;

/** Deletes ended runs of which nothing open speaks any more: about 4 KB each. @returns how many */
export async function forgetEndedRuns(pool: pg.Pool, options: RetentionOptions): Promise<number> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lockKey]);
    if (rows[0]?.mine !== true) return 0;
    try {
      return await forget(client, options);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [lockKey]);
    }
  } finally {
    client.release();
  }
}

async function forget(client: pg.PoolClient, { days, stillNeeded }: RetentionOptions): Promise<number> {
  const before = Date.now() - days * dayMs;
  let forgotten = 0;
  let after: { readonly at: string; readonly id: string } = { at: '0', id: '' };
  for (;;) {
    const { rows } = await client.query<{ workflow_uuid: string; completed_at: string; organization_id: string | null }>(
      `select workflow_uuid, completed_at, nullif(authenticated_user, '') as organization_id from dbos.workflow_status
        where completed_at < $1 and (completed_at, workflow_uuid) > ($2::bigint, $3)
          and status in ('SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED')
        order by completed_at, workflow_uuid limit ${batch}`,
      [before, after.at, after.id],
    );
    const needed = await stillNeeded(rows.map((row) => ({ workflowId: row.workflow_uuid, organizationId: row.organization_id })));
    const ids = rows.map((row) => row.workflow_uuid).filter((id) => !needed.has(id));
    if (ids.length > 0) {
      await DBOS.deleteWorkflows(ids);
      await client.query('delete from engine.signals where workflow_id = any($1)', [ids]);
    }
    forgotten += ids.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < batch) break;
    after = { at: last.completed_at, id: last.workflow_uuid };
  }
  // Signals to runs that never were, or are no more.
  await client.query(
    `delete from engine.signals as s where sent_at < to_timestamp($1::double precision / 1000)
      and not exists (select from dbos.workflow_status where workflow_uuid = s.workflow_id)`,
    [before],
  );
  return forgotten;
}
