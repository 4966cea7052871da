import type pg from 'pg';

// Until November 2026 runs waited in DBOS.recv: its result at one position, its deadline ("DBOS.sleep") at the next.
// Nothing of ours has recorded a DBOS.sleep since.
const oldRuns = `
  select s.workflow_uuid from dbos.workflow_status as s
   where s.status in ('PENDING', 'ENQUEUED')
     and exists (select from dbos.operation_outputs as o where o.workflow_uuid = s.workflow_uuid and o.function_name = 'DBOS.sleep')`;

const written = (value: string): string => `jsonb_build_object('json', ${value}, '__dbos_serializer', 'superjson')::text`;
const until = (output: string): string => written(`jsonb_build_object('until', ${output}::jsonb)`);

/** What was received or timed out: the deadline's place takes the outcome, the result's place the deadline. */
const rewriteEnded = `
  with pairs as (
    select r.workflow_uuid, r.function_id, r.output as heard, d.output as deadline
      from dbos.operation_outputs as r
      join dbos.operation_outputs as d on d.workflow_uuid = r.workflow_uuid and d.function_id = r.function_id + 1 and d.function_name = 'DBOS.sleep'
     where r.function_name = 'DBOS.recv' and r.workflow_uuid = any($1)),
  outcomes as (
    update dbos.operation_outputs as o
       set function_name = 'heard news', serialization = 'js_superjson',
           output = case when p.heard is null then ${written(`'{"kind": "timed-out"}'::jsonb`)}
                    else ${written(`jsonb_build_object('kind', 'received', 'payload', p.heard::jsonb -> 'json')`)} end
      from pairs as p where o.workflow_uuid = p.workflow_uuid and o.function_id = p.function_id + 1)
  update dbos.operation_outputs as o
     set function_name = 'wait news', serialization = 'js_superjson', output = ${until('p.deadline')}
    from pairs as p where o.workflow_uuid = p.workflow_uuid and o.function_id = p.function_id`;

/** What still waits has its deadline alone. */
const rewriteWaiting = `
  update dbos.operation_outputs
     set function_name = 'wait news', serialization = 'js_superjson', function_id = function_id - 1, output = ${until('output')}
   where function_name = 'DBOS.sleep' and workflow_uuid = any($1)`;

const moveSignals = `
  insert into engine.signals (workflow_id, message_id, name, payload)
  select destination_uuid, message_uuid, topic, (message::jsonb -> 'json')::text from dbos.notifications
   where destination_uuid = any($1) and not consumed order by created_at_epoch_ms
  on conflict do nothing`;

const fileUnderOrganization = `
  update dbos.workflow_status as s set authenticated_user = i.inputs::jsonb -> 'json' -> 0 ->> 'organizationId'
    from dbos.workflow_input as i
   where i.workflow_uuid = s.workflow_uuid and s.workflow_uuid = any($1) and i.inputs::jsonb -> 'json' -> 0 ->> 'organizationId' is not null`;

/** Rewrites the waits of runs that an older release began, so that they go on under this one (G9). @returns how many runs */
export async function adoptOldWaits(pool: pg.Pool): Promise<number> {
  const client = await pool.connect();
  try {
    const { rows: found } = await client.query<{ has: boolean }>(`select to_regclass('dbos.operation_outputs') is not null as has`);
    if (found[0]?.has !== true) return 0;
    await client.query('begin');
    const { rows } = await client.query<{ workflow_uuid: string }>(`${oldRuns} for update`);
    const ids = rows.map((row) => row.workflow_uuid);
    if (ids.length > 0)
      for (const statement of [rewriteEnded, rewriteWaiting, moveSignals, fileUnderOrganization]) await client.query(statement, [ids]);
    await client.query('commit');
    return ids.length;
  } catch (thrown) {
    await client.query('rollback');
    throw thrown;
  } finally {
    client.release();
  }
}
