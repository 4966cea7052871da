import { isDeepStrictEqual } from 'node:util';
import { DeskhandError } from '#domain/errors';
import { activityPolicies, createDbosEngine, type Activities } from '#orchestration';
import { createLog } from '#platform';
import type { Engine, WorkflowRun } from '../../src/orchestration/flow.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { Ask, History, RecordedStep } from './history.ts';
import { listenIn, type AnyWorkflow, type Asked } from './listen-in.ts';

/** A recorded run and the code that has to go the same way. */
export interface ReplayCase {
  /** File of the history, and what was changed in the code, for the message. */
  readonly name: string;
  readonly history: History;
  /** Undefined when there is no workflow of that name any more. */
  readonly workflow: AnyWorkflow | undefined;
}

/**
 * Puts recorded runs into a database as their release left them, and lets the real engine carry them on with the code
 * of today. No activity runs: one that is asked for beyond the record is a finding.
 *
 * @returns what is wrong with each case, by its name; empty when all went the recorded way.
 */
export async function replayOnDbos(cases: readonly ReplayCase[]): Promise<ReadonlyMap<string, string>> {
  const testDatabase = await createTestDatabase();
  await testDatabase.query(`grant create on database ${new URL(testDatabase.url).pathname.slice(1)} to deskhand_engine`);
  const asked: Asked = new Map();
  const known = cases.flatMap(({ workflow }, index) => (workflow === undefined ? [] : [[`replay-${index}`, listenIn(workflow, asked)]]));
  const engine = createDbosEngine({
    databaseUrl: testDatabase.urls.engine,
    activities: nothingRuns,
    policies: activityPolicies,
    workflows: Object.fromEntries(known) as Readonly<Record<string, AnyWorkflow>>,
    executorId: 'replay',
    log: createLog({ level: 'silent' }),
  });
  await engine.launch();
  try {
    for (const [index, one] of cases.entries()) if (one.workflow !== undefined) await insertRun(testDatabase, one.history, index);
    await wakeAll(testDatabase);
    await untilAtRest(testDatabase);
    const findings = new Map<string, string>();
    for (const [index, { name, history, workflow }] of cases.entries()) {
      const id = runId(history, index);
      const found =
        workflow === undefined ? noWorkflow(history) : await findingOf(history, asked.get(id) ?? [], id, { engine, testDatabase });
      if (found !== null) findings.set(name, `${name}: ${found}`);
    }
    return findings;
  } finally {
    await engine.stop();
    await testDatabase.drop();
  }
}

const nothingRuns = new Proxy({} as Activities, {
  get: () => () => Promise.reject(new DeskhandError({ code: 'DH_TEST_NOT_RECORDED', kind: 'defect', retryable: false }, 'Not recorded.')),
});

const runId = (history: History, index: number): string => `${history.workflowId}#${index}`;

/** As a run stands still; a wait that was to end on the day of the record ends tomorrow. */
async function insertRun({ query }: TestDatabase, history: History, index: number): Promise<void> {
  const last = history.status === 'waiting' ? history.steps.at(-1) : undefined;
  const steps = history.steps.map((step) => ({
    ...step,
    output: asText(step === last ? untilTomorrow(step) : step.output),
    error: asText(step.error),
  }));
  await query(
    `with run as (
       insert into dbos.workflow_status (workflow_uuid, status, name, class_name, config_name, serialization, application_version)
       values ($1, 'CANCELLED', $2, '', '', $4, 'deskhand')),
     input as (insert into dbos.workflow_input (workflow_uuid, inputs) values ($1, $3))
     insert into dbos.operation_outputs (workflow_uuid, function_id, function_name, output, error, child_workflow_id, serialization)
     select $1, position, name, output, error, "childId", serialization
       from jsonb_to_recordset($5::jsonb) as s (position int, name text, output text, error text, "childId" text, serialization text)`,
    [runId(history, index), `replay-${index}`, JSON.stringify(history.input), history.serialization, JSON.stringify(steps)],
  );
}

/** As whoever takes over the work of a server that is gone. */
async function wakeAll({ query }: TestDatabase): Promise<void> {
  await query(`update dbos.workflow_status set status = 'ENQUEUED', queue_name = 'deskhand'`);
  await query(`select pg_notify('deskhand_engine', 'wake')`);
}

function untilTomorrow({ output }: RecordedStep): unknown {
  const { json, ...rest } = output as { json: object };
  return { json: { ...json, until: Date.now() + 86_400_000 }, ...rest };
}

function asText(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

async function untilAtRest({ query }: TestDatabase): Promise<void> {
  const giveUpAt = performance.now() + 30_000;
  for (;;) {
    const rows = await query(`select workflow_uuid from dbos.workflow_status where status in ('PENDING', 'ENQUEUED')`);
    if (rows.length === 0) return;
    if (performance.now() > giveUpAt) throw new Error(`These histories do not come to rest: ${JSON.stringify(rows)}`);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

interface Ground {
  readonly engine: Engine;
  readonly testDatabase: TestDatabase;
}

async function findingOf(history: History, asks: readonly Ask[], id: string, ground: Ground): Promise<string | null> {
  return divergence(history, asks) ?? (await otherEnd(history, id, ground));
}

/** The first ask that is not the recorded one. */
function divergence({ workflow, release, asks: recorded, status }: History, asks: readonly Ask[]): string | null {
  for (let index = 0; index < Math.max(recorded.length, asks.length); index += 1) {
    const [was, is] = [recorded[index], asks[index]];
    if (was !== undefined && is !== undefined && isCompatible(was, is)) continue;
    const then = was === undefined ? `the run ${status === 'done' ? 'ended' : 'waited'}` : `it asked for ${worded(was)}`;
    const now = is === undefined ? 'it ends' : `it asks for ${worded(is)}`;
    return `workflow ${workflow} leaves the way of release ${release} at step ${index + 1}: then ${then}, with today's code ${now}. ${whatToDo}`;
  }
  return null;
}

const whatToDo =
  'Runs of that release are still under way when this code is installed. Put the change behind `flow.hasChange(…)`, so that ' +
  'they go on as they began; input of an activity may gain fields, never lose or change them (docs/guides/upgrade.md).';

/** The same question; its input may have gained fields. */
function isCompatible(was: Ask, is: Ask): boolean {
  return was.ask === is.ask && was.name === is.name && holds(asJson(is.input), was.input);
}

function holds(is: unknown, was: unknown): boolean {
  if (typeof was !== 'object' || was === null) return isDeepStrictEqual(is, was);
  if (typeof is !== 'object' || is === null) return false;
  if (Array.isArray(was) && (!Array.isArray(is) || is.length !== was.length)) return false;
  return Object.entries(was).every(([name, value]) => holds((is as Record<string, unknown>)[name], value));
}

function asJson(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

function worded({ ask, name, input }: Ask): string {
  return `${ask} ${name}${input === undefined ? '' : ` ${JSON.stringify(input)}`}`.trimEnd();
}

/** All was asked alike, but the engine reads its own record otherwise than the release wrote it. */
async function otherEnd(history: History, id: string, { engine, testDatabase }: Ground): Promise<string | null> {
  const [run] = await engine.runs({ workflowId: id, limit: 1 });
  const [wait] = await testDatabase.query('select signal, position from engine.waits where workflow_id = $1', [id]);
  if (run?.status === history.status && isDeepStrictEqual(wait ?? null, history.wait)) return null;
  return (
    `workflow ${history.workflow} asked what release ${history.release} asked, but the engine left it ${describe(run)} ` +
    `(${JSON.stringify(wait ?? null)}) instead of ${history.status} (${JSON.stringify(history.wait)}). ` +
    `The record no longer fits src/orchestration/engines/dbos: names and numbers of steps must stay.`
  );
}

function describe(run: WorkflowRun | undefined): string {
  return run === undefined ? 'out' : `${run.status}${run.failure === null ? '' : `: ${run.failure.message}`}`;
}

function noWorkflow({ workflow, release }: History): string {
  return `there is no workflow ${workflow} any more, but runs of release ${release} may wait in it. Keep it until none does.`;
}
