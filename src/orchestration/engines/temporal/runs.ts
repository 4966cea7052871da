import {
  type Client,
  type WorkflowExecutionDescription,
  type WorkflowExecutionInfo,
  WorkflowFailedError,
  WorkflowNotFoundError,
  TerminatedFailure,
  CancelledFailure,
} from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';
import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../../errors.ts';
import type { RunFilter, RunStatus, WorkflowRun, WorkflowStep } from '../../flow.ts';
import type { RecordedStep } from '../past.ts';
import { failureBehind } from './crossing-failures.ts';
import { attributes, stateKey, stepsQuery, type RunInput } from './wire.ts';

const mostRuns = 500;
const EventType = proto.temporal.api.enums.v1.EventType;

/** The end of a run, through all its beginnings. */
export async function endResult(client: Client, workflowId: string): Promise<unknown> {
  try {
    return (await client.workflow.getHandle(workflowId).result()) ?? null;
  } catch (thrown) {
    if (!(thrown instanceof WorkflowFailedError)) throw named(thrown, workflowId);
    const { cause } = thrown;
    if (cause instanceof TerminatedFailure || cause instanceof CancelledFailure)
      throw new DeskhandError(orchestrationErrors.cancelled, `The run ${workflowId} was cancelled.`);
    throw failureBehind(cause);
  }
}

export async function stateOf(client: Client, workflowId: string): Promise<unknown> {
  const { memo } = await describe(client, workflowId);
  return memo?.[stateKey] ?? null;
}

/** One run is asked of the run itself, several of Temporal's index, which follows within a moment. */
export async function listRuns(client: Client, filter: RunFilter): Promise<readonly WorkflowRun[]> {
  const limit = Math.min(filter.limit, mostRuns);
  if (filter.workflowId !== undefined) {
    const found = await describe(client, filter.workflowId).catch((thrown: unknown) => {
      if ((thrown as { code?: unknown }).code === orchestrationErrors.notFound.code) return null;
      throw thrown;
    });
    const run = found === null ? null : await toRun(client, found);
    return run !== null && matches(run, filter) ? [run] : [];
  }
  const found: WorkflowExecutionInfo[] = [];
  for await (const info of client.workflow.list({ query: queryOf(filter) })) {
    // A run that was begun again or reset has one entry for each beginning; the newest comes first.
    if (info.status.name !== 'CONTINUED_AS_NEW' && !found.some(({ workflowId }) => workflowId === info.workflowId)) found.push(info);
    if (found.length === limit) break;
  }
  return await Promise.all(found.map((info) => toRun(client, info)));
}

export async function listSteps(client: Client, workflowId: string): Promise<readonly RecordedStep[]> {
  try {
    return await client.workflow.getHandle(workflowId).query<readonly RecordedStep[]>(stepsQuery);
  } catch (thrown) {
    throw named(thrown, workflowId);
  }
}

export function toStep({ name, startedAtMs, endedAtMs, output, failure }: RecordedStep, position: number): WorkflowStep {
  return {
    position,
    name,
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: endedAtMs === null ? null : new Date(endedAtMs).toISOString(),
    output,
    failure: failure === null ? null : { code: failure.code, message: failure.message },
  };
}

/** A cancelled run goes on where it was; a failed one does its failed activities again. */
export async function resumeRun(client: Client, workflowId: string): Promise<void> {
  const { status, runId } = await describe(client, workflowId);
  if (!['TERMINATED', 'CANCELLED', 'FAILED', 'TIMED_OUT'].includes(status.name)) return;
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const all = events ?? [];
  const last = all.findLast(
    ({ eventType }) =>
      eventType === EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED || eventType === EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
  );
  const failed = status.name === 'FAILED' ? last?.activityTaskFailedEventAttributes?.scheduledEventId : undefined;
  const scheduled = failed === undefined ? undefined : all.find(({ eventId }) => String(eventId) === String(failed));
  const decision =
    scheduled?.activityTaskScheduledEventAttributes?.workflowTaskCompletedEventId ??
    all.findLast(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)?.eventId;
  if (decision === undefined || decision === null) {
    throw new DeskhandError(orchestrationErrors.runState, `The run ${workflowId} had not begun; there is nothing to resume.`);
  }
  await client.workflowService.resetWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId, runId },
    reason: 'resumed by an operator',
    workflowTaskFinishEventId: decision,
    requestId: `resume ${runId}`,
  });
}

export async function describe(client: Client, workflowId: string): Promise<WorkflowExecutionDescription> {
  try {
    return await client.workflow.getHandle(workflowId).describe();
  } catch (thrown) {
    throw named(thrown, workflowId);
  }
}

/** What a run was begun with, from its history. */
export async function inputOf(client: Client, { events }: temporal.api.history.v1.IHistory): Promise<RunInput> {
  const payloads = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  const converter = client.options.loadedDataConverter;
  const clear = (await converter.payloadCodecs[0]?.decode(payloads)) ?? payloads;
  return converter.payloadConverter.fromPayload<RunInput>(clear[0] as never);
}

type Found = Pick<WorkflowExecutionInfo, 'workflowId' | 'type' | 'status' | 'startTime' | 'closeTime' | 'searchAttributes'>;

async function toRun(client: Client, info: Found): Promise<WorkflowRun> {
  const found = info.searchAttributes as Record<string, readonly unknown[] | undefined>;
  const status = statusOf(info);
  const waitsFor = found[attributes.waitsFor]?.[0];
  const until = found[attributes.waitsUntil]?.[0];
  const failure = status === 'failed' ? await failureOfRun(client, info.workflowId) : null;
  return {
    workflowId: info.workflowId,
    workflow: info.type,
    status,
    organizationId: (found[attributes.organization]?.[0] as string | undefined) ?? null,
    startedAt: info.startTime.toISOString(),
    endedAt: info.closeTime?.toISOString() ?? null,
    waitsFor:
      status === 'waiting' ? { signal: String(waitsFor), until: until instanceof Date ? until.toISOString() : String(until) } : null,
    failure,
  };
}

async function failureOfRun(client: Client, workflowId: string): Promise<WorkflowRun['failure']> {
  try {
    await endResult(client, workflowId);
    return null;
  } catch (thrown) {
    const { code, message } = failureBehind(thrown);
    return { code, message };
  }
}

function statusOf(info: Found): RunStatus {
  switch (info.status.name) {
    case 'COMPLETED':
      return 'done';
    case 'FAILED':
    case 'TIMED_OUT':
      return 'failed';
    case 'TERMINATED':
    case 'CANCELLED':
      return 'cancelled';
    default:
      return (info.searchAttributes[attributes.waitsFor] ?? []).length > 0 ? 'waiting' : 'running';
  }
}

function matches(run: WorkflowRun, { organizationId, workflow, status }: RunFilter): boolean {
  return (
    (organizationId === undefined || run.organizationId === organizationId) &&
    (workflow === undefined || run.workflow === workflow) &&
    (status === undefined || run.status === status)
  );
}

const statusQueries: Readonly<Record<RunStatus, string>> = {
  running: `ExecutionStatus = 'Running' and ${attributes.waitsFor} is null`,
  waiting: `ExecutionStatus = 'Running' and ${attributes.waitsFor} is not null`,
  done: `ExecutionStatus = 'Completed'`,
  failed: `(ExecutionStatus = 'Failed' or ExecutionStatus = 'TimedOut')`,
  cancelled: `(ExecutionStatus = 'Terminated' or ExecutionStatus = 'Canceled')`,
};

function queryOf({ organizationId, workflow, status }: RunFilter): string {
  return [
    ...(organizationId === undefined ? [] : [`${attributes.organization} = ${quoted(organizationId)}`]),
    ...(workflow === undefined ? [] : [`WorkflowType = ${quoted(workflow)}`]),
    ...(status === undefined ? [] : [statusQueries[status]]),
  ].join(' and ');
}

/** As a value in Temporal's queries. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function named(thrown: unknown, workflowId: string): unknown {
  if (!(thrown instanceof WorkflowNotFoundError)) return thrown;
  return new DeskhandError(orchestrationErrors.notFound, `The engine knows no run ${workflowId}.`, { details: { workflowId } });
}
