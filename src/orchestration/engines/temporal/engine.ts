import { randomUUID } from 'node:crypto';
import { Client, type Connection, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { type NativeConnection, Worker } from '@temporalio/worker';
import type pg from 'pg';
import { DeskhandError } from '#domain/errors';
import { openPool, withTraceParent } from '#platform';
import { orchestrationErrors } from '../../errors.ts';
import type { ActivityMap, Engine } from '../../flow.ts';
import { labelsOf } from '../labels.ts';
import { crossing } from '../values.ts';
import type { TemporalEngineOptions } from '../temporal.ts';
import { openPresence, type Presence } from '../dbos/presence.ts';
import { bundle, here } from './bundle.ts';
import { createPayloadCodec } from './codec.ts';
import { connectTo } from './connect.ts';
import { createKeptSignals, type KeptSignals } from './kept-signals.ts';
import { searchAttributesOf } from './labels.ts';
import { listenToWorkers } from './listen-to-workers.ts';
import { makeCurrent, prepareNamespace } from './namespace.ts';
import { startCleaning, type Cleaning } from './retention.ts';
import { activitiesOf, ownActivities } from './run-activities.ts';
import { describe, endResult, inputOf, listRuns, listSteps, resumeRun, stateOf, toStep } from './runs.ts';
import { createTracing, type Tracing } from './tracing.ts';
import { queueOf, signalName, type Room, type RunInput, type SentSignal } from './wire.ts';

// A worker that died must not hold the runs it had in memory for long.
const stickyMs = 2000;
const stopPatienceMs = 5000;

interface Running {
  readonly pool: pg.Pool;
  readonly connection: Connection;
  readonly native: NativeConnection | null;
  readonly client: Client;
  readonly signals: KeptSignals;
  readonly workers: readonly { readonly worker: Worker; readonly ended: Promise<void> }[];
  readonly cleaning: Cleaning | null;
  readonly presence: Presence;
}

export function createEngine<Activities extends ActivityMap>(options: TemporalEngineOptions<Activities>): Engine {
  let launched: Running | null = null;
  const running = (): Running => {
    if (launched === null)
      throw new DeskhandError(orchestrationErrors.engineStopped, 'The workflow engine does not run (yet, or any more).');
    return launched;
  };
  return {
    async launch() {
      launched = await launch(options);
    },
    async start(name, workflowId, given) {
      if (options.workflowNames.includes(name))
        await begin(running(), name, workflowId, { input: crossing(given, `The input of ${name}`) });
      else throw new DeskhandError(orchestrationErrors.engineUnknown, `No workflow is named ${name}.`);
    },
    async signal(workflowId, name, payload, messageId) {
      const { signals, client } = running();
      const signal: SentSignal = { name, messageId, payload: crossing(payload, `The signal ${name}`) };
      await signals.keep(workflowId, signal);
      await deliver(client, workflowId, [signal]);
    },
    state: (workflowId) => stateOf(running().client, workflowId),
    result: (workflowId) => endResult(running().client, workflowId),
    runs: (filter) => listRuns(running().client, filter),
    steps: async (workflowId) => (await listSteps(running().client, workflowId)).map(toStep),
    async cancel(workflowId) {
      try {
        await running().client.workflow.getHandle(workflowId).terminate('cancelled');
      } catch (thrown) {
        if (!(thrown instanceof WorkflowNotFoundError)) throw thrown;
      }
    },
    async resume(workflowId) {
      const { client, signals } = running();
      await resumeRun(client, workflowId);
      // What came while it was down.
      await deliver(client, workflowId, await signals.of(workflowId));
    },
    async fork(workflowId, position, newWorkflowId) {
      const { client } = running();
      const { type } = await describe(client, workflowId);
      const past = (await listSteps(client, workflowId)).slice(0, position);
      const input = await inputOf(client, await client.workflow.getHandle(workflowId).fetchHistory());
      await begin(running(), type, newWorkflowId, { ...input, past });
      return newWorkflowId;
    },
    async stop() {
      if (launched === null) return;
      const { workers, native, connection, pool, cleaning, presence } = launched;
      launched = null;
      await cleaning?.stop();
      for (const { worker } of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(workers.map(({ ended }) => ended));
      await native?.close();
      await connection.close();
      await pool.end();
      await presence.close();
    },
  };
}

async function begin({ client }: Running, workflow: string, workflowId: string, run: RunInput): Promise<void> {
  const labels = labelsOf(run.input);
  try {
    await withTraceParent(labels.traceParent, () =>
      client.workflow.start(workflow, {
        workflowId,
        taskQueue: queueOf('orchestration'),
        args: [run],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
        typedSearchAttributes: searchAttributesOf(labels),
      }),
    );
  } catch (thrown) {
    if (!(thrown instanceof WorkflowExecutionAlreadyStartedError)) throw thrown;
  }
}

/** What a run does not know yet; one that is unknown or has ended asks for it, if ever. */
async function deliver(client: Client, workflowId: string, signals: readonly SentSignal[]): Promise<void> {
  try {
    for (const signal of signals) await client.workflow.getHandle(workflowId).signal(signalName, signal);
  } catch (thrown) {
    if (!(thrown instanceof WorkflowNotFoundError)) throw thrown;
  }
}

async function launch<Activities extends ActivityMap>(options: TemporalEngineOptions<Activities>): Promise<Running> {
  const { namespace, databaseUrl, secrets, log } = options;
  listenToWorkers(log);
  const executorId = `temporal:${randomUUID()}`;
  const presence = await openPresence({ databaseUrl, executorId, log, heard: () => undefined });
  const dataConverter = { payloadCodecs: [createPayloadCodec(secrets)], failureConverterPath: here('failure-converter') };
  const { connection, native } = await connectTo(options, options.rooms.length > 0);
  const tracing = createTracing();
  const client = new Client({ connection, namespace, dataConverter, ...tracing.client });
  const pool = openPool({ connectionString: databaseUrl, max: 4 }, (error) => log.warn({ event: 'engine.connection-lost' }, error.message));
  const signals = createKeptSignals(pool);
  await prepareNamespace(client);
  const workers: { worker: Worker; ended: Promise<void> }[] = [];
  for (const room of native === null ? [] : options.rooms) {
    const worker = await createWorker(room, { options, native: native as NativeConnection, client, signals, dataConverter, tracing });
    const ended = worker.run().catch((thrown: unknown) => log.error({ event: 'engine.worker-failed', room }, String(thrown)));
    workers.push({ worker, ended });
  }
  if (options.rooms.includes('orchestration')) await makeCurrent(client, { deploymentName, buildId: options.buildId });
  const { retention } = options;
  const cleaning =
    retention === undefined || !options.rooms.includes('orchestration') ? null : startCleaning({ pool, client, retention, log });
  return { pool, connection, native, client, signals, workers, cleaning, presence };
}

const deploymentName = 'deskhand';

interface WorkerParts<Activities extends ActivityMap> {
  readonly options: TemporalEngineOptions<Activities>;
  readonly native: NativeConnection;
  readonly client: Client;
  readonly signals: KeptSignals;
  readonly dataConverter: { readonly payloadCodecs: ReturnType<typeof createPayloadCodec>[]; readonly failureConverterPath: string };
  readonly tracing: Tracing;
}

async function createWorker<Activities extends ActivityMap>(
  room: Room,
  { options, native, client, signals, dataConverter, tracing }: WorkerParts<Activities>,
): Promise<Worker> {
  const shared = {
    connection: native,
    namespace: options.namespace,
    taskQueue: queueOf(room),
    dataConverter,
    shutdownGraceTime: 0,
    shutdownForceTime: stopPatienceMs,
    maxConcurrentActivityTaskExecutions: options.activitiesAtOnce,
    ...tracing.worker,
  };
  const { activities: all, policies, firstPauseMs } = options;
  const activities = activitiesOf(room, { activities: all, policies, firstPauseMs });
  if (room !== 'orchestration') return await Worker.create({ ...shared, activities });
  return await Worker.create({
    ...shared,
    activities: { ...activities, ...ownActivities(client, signals) },
    workflowBundle:
      options.workflowBundlePath === undefined
        ? await bundle(options.workflowsPath ?? here('product-workflows'), tracing.workflowModules)
        : { codePath: options.workflowBundlePath },
    maxCachedWorkflows: 200,
    stickyQueueScheduleToStartTimeout: stickyMs,
    // Old runs go on under new code; `hasChange` keeps them on their path.
    workerDeploymentOptions: {
      version: { deploymentName, buildId: options.buildId },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'AUTO_UPGRADE',
    },
  });
}
