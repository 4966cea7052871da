import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import type pg from 'pg';
import { asDeskhandError } from '#domain/errors';
import type { Log } from '#platform';
import { orchestrationErrors } from '../../errors.ts';
import type { EndedRun, RetentionOptions } from '../retention.ts';
import { describe, quoted } from './runs.ts';
import { attributes } from './wire.ts';

export interface Cleaning {
  stop(): Promise<void>;
}

export interface CleaningParts {
  readonly pool: pg.Pool;
  readonly client: Client;
  readonly retention: RetentionOptions;
  readonly log: Log;
}

const batch = 100;
const dayMs = 86_400_000;
const everyMs = 3_600_000;
const afterFailureMs = 60_000;
// As on the embedded engine: two servers that clean up at once would only do the same work twice.
const lockKey = 33_754_265;

/** Temporal forgets ended runs by itself; the signals that were kept for them in Postgres are deleted here. */
export function startCleaning(parts: CleaningParts): Cleaning {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();
  const once = async (): Promise<void> => {
    let againInMs = everyMs;
    try {
      const count = await forgetSignals(parts);
      if (count > 0) parts.log.info({ event: 'engine.forgot', signals: count }, 'signals of ended runs deleted');
    } catch (thrown) {
      againInMs = afterFailureMs;
      parts.log.warn({ event: 'engine.looked-in-vain' }, String(thrown));
    }
    if (!isStopped) timer = setTimeout(() => (running = once()), againInMs).unref();
  };
  running = once();
  return {
    async stop() {
      isStopped = true;
      await running;
      clearTimeout(timer);
    },
  };
}

async function forgetSignals(parts: CleaningParts): Promise<number> {
  const connection = await parts.pool.connect();
  try {
    const { rows } = await connection.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lockKey]);
    if (rows[0]?.mine !== true) return 0;
    try {
      return await forgetAll(connection, parts);
    } finally {
      await connection.query('select pg_advisory_unlock($1)', [lockKey]);
    }
  } finally {
    connection.release();
  }
}

async function forgetAll(connection: pg.PoolClient, { client, retention }: CleaningParts): Promise<number> {
  const before = new Date(Date.now() - retention.days * dayMs);
  let deleted = 0;
  for (let after: string | undefined = ''; after !== undefined;) {
    const old = await withOldSignals(connection, after, before);
    const ids = await forgettable(client, old, before, retention);
    const gone = await connection.query('delete from engine.signals where workflow_id = any($1) and sent_at < $2', [ids, before]);
    deleted += gone.rowCount ?? 0;
    after = old.length < batch ? undefined : old.at(-1);
  }
  return deleted;
}

async function withOldSignals(connection: pg.PoolClient, after: string, before: Date): Promise<readonly string[]> {
  const { rows } = await connection.query<{ workflow_id: string }>(
    `select workflow_id from engine.signals where workflow_id > $1
      group by workflow_id having max(sent_at) < $2 order by workflow_id limit ${batch}`,
    [after, before],
  );
  return rows.map((row) => row.workflow_id);
}

/** Those that ended before, and that nothing open speaks of; and those that Temporal knows no more, or never did. */
async function forgettable(
  client: Client,
  workflowIds: readonly string[],
  before: Date,
  { stillNeeded }: RetentionOptions,
): Promise<readonly string[]> {
  if (workflowIds.length === 0) return [];
  const runs = await knownRuns(client, workflowIds);
  const isOver = ({ closeTime }: WorkflowExecutionInfo): boolean => closeTime !== undefined && closeTime < before;
  const ended: EndedRun[] = [];
  const unknown: string[] = [];
  for (const workflowId of workflowIds) {
    const known = runs.get(workflowId);
    if (known === undefined) unknown.push(workflowId);
    else if (known.every(isOver)) ended.push({ workflowId, organizationId: organizationOf(known) });
  }
  const needed = await stillNeeded(ended);
  const gone = await Promise.all(unknown.map(async (workflowId) => ((await exists(client, workflowId)) ? [] : [workflowId])));
  return [...ended.map(({ workflowId }) => workflowId).filter((id) => !needed.has(id)), ...gone.flat()];
}

/** From Temporal's index; a run that was begun again or reset is there several times. */
async function knownRuns(client: Client, workflowIds: readonly string[]): Promise<ReadonlyMap<string, readonly WorkflowExecutionInfo[]>> {
  const query = `WorkflowId in (${workflowIds.map(quoted).join(', ')})`;
  const found: WorkflowExecutionInfo[] = [];
  for await (const info of client.workflow.list({ query })) found.push(info);
  return Map.groupBy(found, ({ workflowId }) => workflowId);
}

/** The index may lag or have been lost: what it lacks is asked of the run itself. */
async function exists(client: Client, workflowId: string): Promise<boolean> {
  try {
    await describe(client, workflowId);
    return true;
  } catch (thrown) {
    if (asDeskhandError(thrown)?.code === orchestrationErrors.notFound.code) return false;
    throw thrown;
  }
}

function organizationOf(known: readonly WorkflowExecutionInfo[]): string | null {
  const found: Readonly<Record<string, readonly unknown[] | undefined>> = known[0]?.searchAttributes ?? {};
  const [organization] = found[attributes.organization] ?? [];
  return typeof organization === 'string' ? organization : null;
}
