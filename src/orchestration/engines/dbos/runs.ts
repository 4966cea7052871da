import { DBOS } from '@dbos-inc/dbos-sdk';
import type pg from 'pg';
import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../../errors.ts';
import type { RunFilter, RunStatus, WorkflowRun, WorkflowStep } from '../../flow.ts';
import { failureOf } from '../attempt.ts';
import type { Carrier } from './carrier.ts';
import { stateKey } from './flow.ts';
import { wakeQueue } from './waits.ts';

/** What operators may ask of the runs that DBOS keeps. */
export interface Runs {
  state(workflowId: string): Promise<unknown>;
  result(workflowId: string): Promise<unknown>;
  list(filter: RunFilter): Promise<readonly WorkflowRun[]>;
  steps(workflowId: string): Promise<readonly WorkflowStep[]>;
  resume(workflowId: string): Promise<void>;
  fork(workflowId: string, position: number, newWorkflowId: string): Promise<string>;
}

export interface RunsOptions {
  readonly pool: pg.Pool;
  readonly carrier: Pick<Carrier, 'outcomeOf'>;
  /** Has what was put into the queue taken at once. */
  readonly poke: () => void;
}

interface RunRow {
  readonly workflow_uuid: string;
  readonly name: string;
  readonly run_status: RunStatus;
  readonly organization_id: string | null;
  readonly created_at: string;
  readonly completed_at: string | null;
  readonly waits_for: string | null;
  readonly until: Date | number | null;
}

// A parked run is cancelled in DBOS' words, and has a row in waits.
const runStatus = `case
    when s.status = 'SUCCESS' then 'done'
    when s.status in ('ERROR', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED') then 'failed'
    when s.status = 'CANCELLED' and w.workflow_id is not null then 'waiting'
    when s.status = 'CANCELLED' then 'cancelled'
    else 'running' end`;

const selectRuns = `
  select * from (
    select s.workflow_uuid, s.name, ${runStatus} as run_status, nullif(s.authenticated_user, '') as organization_id, s.created_at, s.completed_at,
           case when w.workflow_id is null then null else coalesce(w.signal, w.child_id, 'time') end as waits_for, w.until
      from dbos.workflow_status as s left join engine.waits as w on w.workflow_id = s.workflow_uuid
     where ($1::text is null or s.workflow_uuid = $1) and ($2::text is null or s.authenticated_user = $2) and ($3::text is null or s.name = $3)
  ) as runs
  where ($4::text is null or run_status = $4) order by created_at desc, workflow_uuid limit $5`;

// Between two looks at a run that somebody waits for; it is tools and tests that wait, not people.
const firstLookMs = 5;
const longestLookMs = 250;
const mostRuns = 500;

export function createRuns({ pool, carrier, poke }: RunsOptions): Runs {
  const list = (filter: RunFilter): Promise<readonly WorkflowRun[]> => listRuns(pool, filter);
  const find = async (workflowId: string): Promise<WorkflowRun> => {
    const [run] = await list({ workflowId, limit: 1 });
    if (run !== undefined) return run;
    throw new DeskhandError(orchestrationErrors.notFound, `The engine knows no run ${workflowId}.`, { details: { workflowId } });
  };
  return {
    list,
    async state(workflowId) {
      await find(workflowId);
      return await DBOS.getEvent(workflowId, stateKey, { timeoutSeconds: 0 });
    },
    async result(workflowId) {
      const here = await carrier.outcomeOf(workflowId);
      if (here?.kind === 'done') return here.result;
      if (here?.kind === 'failed') throw failureOf(here.thrown);
      for (let pauseMs = firstLookMs; ; pauseMs = Math.min(longestLookMs, pauseMs * 1.5)) {
        const { status } = await find(workflowId);
        if (status === 'cancelled') throw new DeskhandError(orchestrationErrors.cancelled, `The run ${workflowId} was cancelled.`);
        if (status === 'done' || status === 'failed') return await outcomeOf(workflowId);
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    },
    async steps(workflowId) {
      await find(workflowId);
      return await listSteps(workflowId);
    },
    async resume(workflowId) {
      const { status } = await find(workflowId);
      if (status === 'cancelled') await DBOS.resumeWorkflow(workflowId, { queueName: wakeQueue });
      else if (status === 'failed')
        await DBOS.rewindWorkflow(workflowId, { startStep: await failedStep(workflowId), queueName: wakeQueue });
      poke();
    },
    async fork(workflowId, position, newWorkflowId) {
      await find(workflowId);
      await DBOS.forkWorkflow(workflowId, position, { newWorkflowID: newWorkflowId, queueName: wakeQueue });
      poke();
      return newWorkflowId;
    },
  };
}

async function listRuns(pool: pg.Pool, filter: RunFilter): Promise<readonly WorkflowRun[]> {
  const { workflowId, organizationId, workflow, status, limit } = filter;
  const { rows } = await pool.query<RunRow>(selectRuns, [
    workflowId ?? null,
    organizationId ?? null,
    workflow ?? null,
    status ?? null,
    Math.min(limit, mostRuns),
  ]);
  return await Promise.all(rows.map(toRun));
}

async function toRun(row: RunRow): Promise<WorkflowRun> {
  const failure = row.run_status === 'failed' ? await outcomeOf(row.workflow_uuid).then(() => null, failureOf) : null;
  return {
    workflowId: row.workflow_uuid,
    workflow: row.name,
    status: row.run_status,
    organizationId: row.organization_id,
    startedAt: instant(Number(row.created_at)),
    endedAt: row.completed_at === null ? null : instant(Number(row.completed_at)),
    // A wait for a child has no end of its own: Postgres' infinity arrives as a number.
    waitsFor:
      row.waits_for === null ? null : { signal: row.waits_for, until: row.until instanceof Date ? row.until.toISOString() : farAway },
    failure: failure === null ? null : { code: failure.code, message: failure.message },
  };
}

const farAway = '9999-12-31T23:59:59.999Z';

async function outcomeOf(workflowId: string): Promise<unknown> {
  try {
    return (await DBOS.getResult<unknown>(workflowId)) ?? null;
  } catch (thrown) {
    throw failureOf(thrown);
  }
}

async function listSteps(workflowId: string): Promise<readonly WorkflowStep[]> {
  const steps = (await DBOS.listWorkflowSteps(workflowId)) ?? [];
  return steps.map(({ functionID, name, output, error, startedAtEpochMs, completedAtEpochMs }) => {
    const failure = error === null ? null : failureOf(error);
    return {
      position: functionID,
      name,
      startedAt: startedAtEpochMs === undefined ? null : instant(startedAtEpochMs),
      endedAt: completedAtEpochMs === undefined ? null : instant(completedAtEpochMs),
      output: output ?? null,
      failure: failure === null ? null : { code: failure.code, message: failure.message },
    };
  });
}

/** Where a failed run goes on: the failed steps at its end are done again; failures that it went past stay as they are. */
async function failedStep(workflowId: string): Promise<number> {
  const steps = await listSteps(workflowId);
  const last = steps.at(-1);
  if (last === undefined) return 0;
  // A fan-out ends with one name; any of its items may have failed.
  const group = steps.slice(steps.findLastIndex(({ name }) => name !== last.name) + 1);
  return group.find(({ failure }) => failure !== null)?.position ?? last.position + 1;
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
