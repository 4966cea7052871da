import { DBOS, Error as dbosErrors, type WorkflowHandle } from '@dbos-inc/dbos-sdk';
import { InvokedHandle } from '@dbos-inc/dbos-sdk/internal/workflow';
import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../../errors.ts';
import type { ActivityMap, ActivityPolicy, Workflow, WorkflowMap } from '../../flow.ts';
import { failureOf } from '../attempt.ts';
import { labelsOf } from '../labels.ts';
import { createPast, type Before } from '../past.ts';
import { crossing } from '../values.ts';
import { createFlow, type Ending, type Execution } from './flow.ts';
import type { Waits } from './waits.ts';

/** Carries runs in this process: registers the workflows with DBOS and follows each execution to its end. */
export interface Carrier {
  start(workflow: string, workflowId: string, input: unknown): Promise<void>;
  isCarried(workflowId: string): boolean;
  /** What came of a run that was started here, once it is recorded; null when it left, or was not started here. */
  outcomeOf(workflowId: string): Promise<RunOutcome | null>;
  /** Tells the run's activities to end, where it is carried here. */
  cancel(workflowId: string): void;
  /**
   * Lets steps end that have begun, and begins none.
   *
   * @param quiet - told of runs of which nothing goes on here any more.
   */
  drain(patienceMs: number, quiet: (workflowIds: readonly string[]) => Promise<void>): Promise<void>;
  /** Tells all activities to end and waits a moment for them. @returns the runs of which one did not */
  stop(): Promise<readonly string[]>;
}

export interface CarrierOptions {
  readonly activities: ActivityMap;
  readonly policies: Readonly<Record<string, ActivityPolicy>>;
  readonly workflows: WorkflowMap<ActivityMap>;
  readonly waits: Waits;
  readonly firstPauseMs: number | undefined;
  readonly parkedUntil: (until: number | null) => void;
  readonly childEnded: () => void;
}

/** The second argument is there for runs that came from another engine. */
type Registered = (input: unknown, before?: Before) => Promise<unknown>;

// A crash is no fault of the run: work is handed on however often servers die under it.
const maxRecoveryAttempts = 1_000_000;
const stopPatienceMs = 2000;
const drainLookMs = 10;

interface Carried {
  readonly controller: AbortController;
  /** Settles when nothing of the execution runs any more. */
  readonly activities: Set<Promise<unknown>>;
  readonly steps: { inFlight: number };
}

export function createCarrier(options: CarrierOptions): Carrier {
  const carried = new Map<string, Set<Carried>>();
  const children = new Set<string>();
  const started = new Map<string, Promise<RunOutcome | null>>();
  const draining = new AbortController();
  let isStopping = false;

  const startRun = async (name: string, workflowId: string, input: unknown): Promise<WorkflowHandle<unknown>> => {
    const workflow = registered.get(name);
    if (workflow === undefined) throw new DeskhandError(orchestrationErrors.engineUnknown, `No workflow is named ${name}.`);
    // The column is DBOS' own for "on whose behalf"; its attributes are indexed in a way that doubles the cost of a start.
    const authenticatedUser = labelsOf(input).organizationId ?? '';
    return await DBOS.startWorkflow(workflow, { workflowID: workflowId, authenticatedUser })(input);
  };

  const carry = async (workflow: Workflow<ActivityMap, unknown>, given: unknown, before: Before | undefined): Promise<unknown> => {
    const workflowId = DBOS.workflowID ?? '';
    const mine = open(carried, workflowId, isStopping);
    try {
      return await follow(workflow, { given, before }, workflowId, mine);
    } finally {
      close(carried, workflowId, mine);
      if (children.delete(workflowId)) options.childEnded();
    }
  };

  const follow = async (
    workflow: Workflow<ActivityMap, unknown>,
    { given, before }: { readonly given: unknown; readonly before: Before | undefined },
    workflowId: string,
    { controller, activities, steps }: Carried,
  ): Promise<unknown> => {
    let ended = Promise.withResolvers<Ending>();
    const execution: Execution = {
      workflowId,
      traceParent: labelsOf(given).traceParent,
      signal: controller.signal,
      draining: draining.signal,
      steps,
      end: (ending) => ended.resolve(ending),
      isStopping: () => isStopping,
    };
    const flow = createFlow(
      {
        activities: watched(options.activities, activities),
        policies: options.policies,
        waits: options.waits,
        firstPauseMs: options.firstPauseMs,
        parkedUntil: options.parkedUntil,
        past: createPast(before?.past ?? []),
        position: before?.position ?? 0,
        async startChild(name, childId, input) {
          children.add(childId);
          await startRun(name, childId, input);
        },
      },
      execution,
    );
    for (let input = given; ;) {
      const ending = await Promise.race([begin(() => workflow(flow, input)), ended.promise]);
      if (ending.kind === 'done') return ending.result;
      if (ending.kind === 'left') throw ending.reason;
      input = ending.input;
      ended = Promise.withResolvers<Ending>();
    }
  };

  const registered = new Map<string, Registered>(
    Object.entries(options.workflows).map(([name, workflow]) => [
      name,
      DBOS.registerWorkflow((input: unknown, before?: Before) => carry(workflow, input, before), { name, maxRecoveryAttempts }),
    ]),
  );

  return {
    async start(name, workflowId, input) {
      const handle = await startRun(name, workflowId, input);
      if (!(handle instanceof InvokedHandle)) return;
      const outcome = outcomeFrom(handle);
      started.set(workflowId, outcome);
      void outcome.finally(() => started.delete(workflowId));
    },
    isCarried: (workflowId) => carried.has(workflowId),
    outcomeOf: async (workflowId) => (await started.get(workflowId)) ?? null,
    cancel(workflowId) {
      const reason = new DeskhandError(orchestrationErrors.cancelled, `The run ${workflowId} was cancelled.`);
      for (const { controller } of carried.get(workflowId) ?? []) controller.abort(reason);
    },
    async drain(patienceMs, quiet) {
      draining.abort(new DeskhandError(orchestrationErrors.engineStopped, 'The workflow engine drains.'));
      await untilQuiet(carried, patienceMs, quiet);
    },
    async stop() {
      isStopping = true;
      return await abortAll(carried);
    },
  };
}

type CarriedRuns = ReadonlyMap<string, ReadonlySet<Carried>>;

async function untilQuiet(
  carried: CarriedRuns,
  patienceMs: number,
  quiet: (workflowIds: readonly string[]) => Promise<void>,
): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  const told = new Set<string>();
  for (;;) {
    const left = [...carried].filter(([id]) => !told.has(id));
    const ids = left.filter(([, executions]) => [...executions].every(({ steps }) => steps.inFlight === 0)).map(([id]) => id);
    for (const id of ids) told.add(id);
    if (ids.length > 0) await quiet(ids);
    if (ids.length === left.length || performance.now() > giveUpAt) return;
    await new Promise((resolve) => setTimeout(resolve, drainLookMs));
  }
}

/** @returns the runs of which an activity goes on all the same */
async function abortAll(carried: CarriedRuns): Promise<readonly string[]> {
  const all = [...carried.values()].flatMap((executions) => [...executions]);
  const reason = new DeskhandError(orchestrationErrors.engineStopped, 'The workflow engine stops.');
  for (const { controller } of all) controller.abort(reason);
  await Promise.race([
    Promise.allSettled(all.flatMap(({ activities }) => [...activities])),
    new Promise((resolve) => setTimeout(resolve, stopPatienceMs).unref()),
  ]);
  return [...carried].filter(([, executions]) => [...executions].some(({ activities }) => activities.size > 0)).map(([id]) => id);
}

/** How a run ended. */
export type RunOutcome = Done | { readonly kind: 'failed'; readonly thrown: unknown };

async function outcomeFrom(handle: WorkflowHandle<unknown>): Promise<RunOutcome | null> {
  try {
    return { kind: 'done', result: await handle.getResult() };
  } catch (thrown) {
    // Parked, cancelled or carried on elsewhere: it has not ended here.
    return thrown instanceof dbosErrors.DBOSError ? null : { kind: 'failed', thrown };
  }
}

type Done = { readonly kind: 'done'; readonly result: unknown };

async function begin(work: () => Promise<unknown>): Promise<Done> {
  try {
    return { kind: 'done', result: crossing(await work(), 'The result of a workflow') };
  } catch (thrown) {
    throw failureOf(thrown);
  }
}

function open(carried: Map<string, Set<Carried>>, workflowId: string, isStopping: boolean): Carried {
  const mine = { controller: new AbortController(), activities: new Set<Promise<unknown>>(), steps: { inFlight: 0 } };
  if (isStopping) mine.controller.abort();
  carried.set(workflowId, (carried.get(workflowId) ?? new Set()).add(mine));
  return mine;
}

function close(carried: Map<string, Set<Carried>>, workflowId: string, mine: Carried): void {
  const executions = carried.get(workflowId);
  executions?.delete(mine);
  if (executions?.size === 0) carried.delete(workflowId);
}

/** The activities as they are; `running` holds those that have not ended. */
function watched(activities: ActivityMap, running: Set<Promise<unknown>>): ActivityMap {
  return Object.fromEntries(
    Object.entries(activities).map(([name, activity]) => [
      name,
      async (context, input: unknown) => {
        const work = activity(context, input);
        running.add(work);
        try {
          return await work;
        } finally {
          running.delete(work);
        }
      },
    ]),
  );
}
