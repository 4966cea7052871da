import { Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { failureOf } from '../attempt.ts';
import { labelsOf } from '../labels.ts';
import { hasMovedAway, type FoundRun, type Place, type RunWait } from '../moving.ts';
import { stepFailure, type RecordedStep } from '../past.ts';
import type { TemporalPlaceOptions } from '../temporal.ts';
import { here } from './bundle.ts';
import { createPayloadCodec } from './codec.ts';
import { connectTo } from './connect.ts';
import { searchAttributesOf } from './labels.ts';
import { prepareNamespace } from './namespace.ts';
import { readPast } from './read-past.ts';
import { describe, endResult, inputOf } from './runs.ts';
import { attributes, queueOf, type RunInput } from './wire.ts';

// A namespace may be shared with others' work.
const openRuns = `ExecutionStatus = 'Running' and TaskQueue = '${queueOf('orchestration')}'`;

/** A Temporal cluster as a place that runs leave and come to; no worker is started. */
export async function openPlace(options: TemporalPlaceOptions): Promise<Place> {
  const { namespace, secrets, log, workflowsPath, pool } = options;
  const codec = createPayloadCodec(secrets);
  const { connection } = await connectTo(options, false);
  const dataConverter = { payloadCodecs: [codec], failureConverterPath: here('failure-converter') };
  const client = new Client({ connection, namespace, dataConverter });
  await prepareNamespace(client);
  const read = async (workflowId: string, workflow: string, wait: RunWait | null): Promise<FoundRun | null> => {
    // The list follows a moment behind.
    if ((await describe(client, workflowId)).status.name !== 'RUNNING') return null;
    const history = await client.workflow.getHandle(workflowId).fetchHistory();
    const input = await inputOf(client, history);
    const { steps, taken } = await readPast(workflowId, history, input, { log, codec, workflowsPath });
    const past = await settled({ client, pool }, steps, wait);
    if (typeof past === 'string') return { kind: 'stuck', run: { workflowId, workflow, why: past } };
    const last = past.at(-1);
    const isForChild = last?.name.startsWith('child ') === true;
    const waitsFor = last?.endedAtMs !== null || wait === null ? null : { ...wait, untilMs: isForChild ? null : wait.untilMs };
    const run = { workflowId, workflow, input: input.input, position: input.position ?? 0, past, taken, waitsFor };
    return { kind: 'movable', run };
  };
  return {
    kind: 'temporal',
    async *unfinished() {
      for await (const { workflowId, type, searchAttributes } of client.workflow.list({ query: openRuns })) {
        const found: Readonly<Record<string, readonly unknown[] | undefined>> = searchAttributes;
        const [what] = found[attributes.waitsFor] ?? [];
        const [until] = found[attributes.waitsUntil] ?? [];
        const wait = typeof what === 'string' ? { what, untilMs: until instanceof Date ? until.getTime() : null } : null;
        const run = await read(workflowId, type, wait);
        if (run !== null) yield run;
      }
    },
    endWithin: () => Promise.resolve(),
    async end({ workflowId }) {
      try {
        await client.workflow.getHandle(workflowId).terminate('moved to the embedded engine');
      } catch (thrown) {
        if (!(thrown instanceof WorkflowNotFoundError)) throw thrown;
      }
    },
    async start(_, { workflowId, workflow, input, position, past }) {
      await begin(client, workflow, workflowId, { input, position, past });
    },
    close: () => connection.close(),
  };
}

/** Signals that nobody has taken lie in Postgres, where the run asks for them at its first wait. */
async function begin(client: Client, workflow: string, workflowId: string, run: RunInput): Promise<void> {
  try {
    await client.workflow.start(workflow, {
      workflowId,
      taskQueue: queueOf('orchestration'),
      args: [run],
      // It may have been here before, and have ended as moved.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      typedSearchAttributes: searchAttributesOf(labelsOf(run.input)),
    });
  } catch (thrown) {
    if (!(thrown instanceof WorkflowExecutionAlreadyStartedError)) throw thrown;
  }
}

interface Asked {
  readonly client: Client;
  readonly pool: TemporalPlaceOptions['pool'];
}

/**
 * Steps as they may be told elsewhere: an activity that has not ended is run again there, under the same key; a wait goes
 * on; a child that has ended since is heard.
 *
 * @returns in words why it cannot be told.
 */
async function settled(asked: Asked, steps: readonly RecordedStep[], wait: RunWait | null): Promise<readonly RecordedStep[] | string> {
  const open = steps.findIndex(({ endedAtMs }) => endedAtMs === null);
  const step = steps[open];
  if (step === undefined) return steps;
  const before = steps.slice(0, open);
  const beside = steps.slice(open + 1).find(({ endedAtMs, name }) => endedAtMs !== null || name !== step.name);
  if (beside !== undefined) return `${step.name} has begun and not ended while ${beside.name} has`;
  if (step.name === 'sleep' || step.name.startsWith('wait ')) return [...before, step];
  if (!step.name.startsWith('child ')) return before;
  const childId = wait?.what;
  return [...before, childId === undefined ? step : await withChild(asked, step, childId)];
}

async function withChild({ client, pool }: Asked, step: RecordedStep, childId: string): Promise<RecordedStep> {
  const { status } = await client.workflow.getHandle(childId).describe();
  if (status.name === 'RUNNING' || (await hasMovedAway(pool, childId, 'temporal'))) return step;
  const endedAtMs = Date.now();
  return await endResult(client, childId).then(
    (output) => ({ ...step, endedAtMs, output }),
    (thrown: unknown) => ({ ...step, endedAtMs, failure: stepFailure(failureOf(thrown)) }),
  );
}
