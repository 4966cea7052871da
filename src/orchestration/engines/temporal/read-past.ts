import type { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import proto from '@temporalio/proto';
import type { Log } from '#platform';
import type { RecordedStep } from '../past.ts';
import { bundle, here } from './bundle.ts';
import type { RunNews } from './carry-workflows.ts';
import type { createPayloadCodec } from './codec.ts';
import { listenToWorkers } from './listen-to-workers.ts';
import type { RunInput } from './wire.ts';

const taskCompleted = proto.temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;

export interface ReadPast {
  readonly steps: readonly RecordedStep[];
  readonly taken: readonly string[];
}

export interface ReadPastOptions {
  readonly log: Log;
  readonly codec: ReturnType<typeof createPayloadCodec>;
  /** @default the product's workflows */
  readonly workflowsPath: string | undefined;
}

/**
 * What a run did, by running its code on its history: what clock and dice said is not in a history, only in a replay of
 * it. No worker is needed, and nothing of the run goes on.
 */
export async function readPast(workflowId: string, history: History, input: RunInput, options: ReadPastOptions): Promise<ReadPast> {
  listenToWorkers(options.log);
  const steps: RecordedStep[] = [];
  const taken = new Set(input.seen);
  for (const { messageId } of input.buffered ?? []) taken.delete(messageId);
  // Brought here, and not taken up since.
  if (!(history.events ?? []).some(({ eventType }) => eventType === taskCompleted)) return { steps: input.past ?? [], taken: [...taken] };
  const told = (_: unknown, news: RunNews): void => {
    if (news.kind === 'step') steps[news.index] = news.step;
    else if (news.kind === 'taken') taken.add(news.messageId);
  };
  const dataConverter = { payloadCodecs: [options.codec], failureConverterPath: here('failure-converter') };
  const workflowBundle = await bundle(options.workflowsPath ?? here('past-workflows'));
  const sinks = { deskhand: { told: { fn: told, callDuringReplay: true } } };
  await Worker.runReplayHistory({ workflowBundle, dataConverter, sinks }, history, workflowId);
  return { steps, taken: [...taken] };
}
