import { DBOSClient } from '@dbos-inc/dbos-sdk';
import type pg from 'pg';
import { ensureSystemDatabase } from '@dbos-inc/dbos-sdk/internal/system_database';
import { DeskhandError } from '#domain/errors';
import type { Log } from '#platform';
import { orchestrationErrors } from '../../errors.ts';
import { failureOf } from '../attempt.ts';
import { labelsOf } from '../labels.ts';
import { hasMovedAway, type FoundRun, type MovableRun, type Place } from '../moving.ts';
import type { Before } from '../past.ts';
import { adoptOldWaits } from './old-waits.ts';
import { readPast, type ChildEnd } from './read-past.ts';
import { cancelRun, wakeQueue } from './waits.ts';

const application = 'deskhand';

const findUnfinished = `
  select s.workflow_uuid as workflow_id from dbos.workflow_status as s
   where s.status in ('PENDING', 'ENQUEUED', 'DELAYED')
      or (s.status = 'CANCELLED' and exists (select from engine.waits as w where w.workflow_id = s.workflow_uuid))
   order by s.created_at, s.workflow_uuid`;

const forgetMoved = [
  ...['operation_outputs', 'workflow_input', 'workflow_output'].map(
    (table) => `
      delete from dbos.${table} where workflow_uuid = $1
        and exists (select from dbos.workflow_status where workflow_uuid = $1 and status = 'CANCELLED')`,
  ),
  `delete from dbos.workflow_status where workflow_uuid = $1 and status = 'CANCELLED'`,
];

const signalsTaken = 'select message_id from engine.signals where workflow_id = $1 and taken_by is not null and taken_by <= $2';
// Taken by a wait whose outcome was never recorded: still to be delivered.
const giveBack = 'update engine.signals set taken_by = null where workflow_id = $1 and taken_by is not null and message_id <> all($2)';
// What was handed over before is counted under no wait from here on.
const markTaken = 'update engine.signals set taken_by = 0 where workflow_id = $1 and (taken_by is not null or message_id = any($2))';

export interface DbosPlaceOptions {
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  readonly log: Log;
}

/** The embedded engine as a place that runs leave and come to: its rows, without carrying anything. */
export async function openDbosPlace({ pool, databaseUrl, log }: DbosPlaceOptions): Promise<Place> {
  const client = await DBOSClient.create({ systemDatabaseUrl: databaseUrl, systemDatabasePool: pool, applicationName: application });
  // An office that began on a cluster has none of its tables yet.
  await ensureSystemDatabase(databaseUrl, quietly(log), pool, 'dbos', true);
  const childEnd: ChildEnd = async (childId) => {
    const child = await client.getWorkflow(childId);
    if (child?.status === 'SUCCESS') return { output: child.output };
    if (child?.status === 'ERROR' || child?.status === 'MAX_RECOVERY_ATTEMPTS_EXCEEDED') return { thrown: failureOf(child.error) };
    if (child?.status !== 'CANCELLED' || (await isParked(pool, childId)) || (await hasMovedAway(pool, childId, 'dbos'))) return null;
    return { thrown: new DeskhandError(orchestrationErrors.cancelled, 'The child workflow was cancelled.') };
  };
  return {
    kind: 'dbos',
    async *unfinished() {
      await adoptOldWaits(pool);
      const { rows } = await pool.query<{ workflow_id: string }>(findUnfinished);
      for (const { workflow_id: workflowId } of rows) yield await readRun(pool, client, workflowId, childEnd);
    },
    async endWithin(transaction, { workflowId, taken }) {
      await transaction.query(giveBack, [workflowId, taken]);
      await transaction.query(cancelRun, [workflowId]);
    },
    end: () => Promise.resolve(),
    async start(transaction, run) {
      const { workflowId, workflow, input, position, past, taken } = run;
      await transaction.query(markTaken, [workflowId, taken]);
      // It may have been here before; what it went on with since is in `past`.
      for (const statement of forgetMoved) await transaction.query(statement, [workflowId]);
      const before: Before = { position, past };
      await client.enqueueInTransaction(
        transaction,
        {
          workflowName: workflow,
          workflowID: workflowId,
          queueName: wakeQueue,
          appVersion: application,
          authenticatedUser: labelsOf(input).organizationId ?? '',
        },
        input,
        before,
      );
    },
    close: () => client.destroy(),
  };
}

async function readRun(pool: pg.Pool, client: DBOSClient, workflowId: string, childEnd: ChildEnd): Promise<FoundRun> {
  const [status, rows] = await Promise.all([client.getWorkflow(workflowId), client.listWorkflowSteps(workflowId)]);
  const workflow = status?.workflowName ?? '';
  const [input, before] = (status?.input ?? []) as unknown as readonly [unknown, Before | undefined];
  const read = await readPast(rows ?? [], childEnd);
  if (typeof read === 'string') return { kind: 'stuck', run: { workflowId, workflow, why: read } };
  const signals = await pool.query<{ message_id: string }>(signalsTaken, [workflowId, read.waits]);
  const run: MovableRun = {
    workflowId,
    workflow,
    input: input ?? null,
    position: before?.position ?? 0,
    past: joined(before?.past ?? [], read.steps),
    taken: signals.rows.map((row) => row.message_id),
    waitsFor: read.waitsFor ?? waitOf(before?.past ?? [], read.steps),
  };
  return { kind: 'movable', run };
}

/** A wait that had not ended when it came here was begun again as the first step of its own. */
function joined(brought: Before['past'], own: Before['past']): Before['past'] {
  const last = brought.at(-1);
  return last === undefined || last.endedAtMs !== null || own.length === 0 ? [...brought, ...own] : [...brought.slice(0, -1), ...own];
}

/** Of a run that was brought here and has not been taken up since. */
function waitOf(brought: Before['past'], own: Before['past']): MovableRun['waitsFor'] {
  const last = brought.at(-1);
  if (own.length > 0 || last === undefined || last.endedAtMs !== null) return null;
  const what = last.name === 'sleep' ? 'time' : last.name.replace(/^(?:wait|child) /, '');
  return { what, untilMs: last.untilMs ?? null };
}

function quietly(log: Log): Parameters<typeof ensureSystemDatabase>[1] {
  const say = (entry: unknown): void => log.debug({ event: 'engine.noted' }, String(entry));
  return { debug: say, info: say, warn: say, error: say } as never;
}

async function isParked(pool: pg.Pool, workflowId: string): Promise<boolean> {
  const { rowCount } = await pool.query('select from engine.waits where workflow_id = $1', [workflowId]);
  return rowCount === 1;
}
