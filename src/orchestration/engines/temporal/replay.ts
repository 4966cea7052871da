import { Worker } from '@temporalio/worker';
import type { Log } from '#platform';
import { bundle, here } from './bundle.ts';
import { createPayloadCodec } from './codec.ts';
import { listenToWorkers } from './listen-to-workers.ts';
import { workflowInterceptors } from './tracing.ts';

export interface ReplayOptions {
  readonly log: Log;
  /** What the history was encrypted with. */
  readonly secret: string;
  /** As on workers whose spans leave their process. @default false */
  readonly isTraced?: boolean;
  /** @default the product's workflows */
  readonly workflowsPath?: string;
}

/** Runs workflow code of today on a recorded history. Rejects where it would take another path (G9). */
export async function replayHistory(history: unknown, { log, secret, isTraced = false, workflowsPath }: ReplayOptions): Promise<void> {
  listenToWorkers(log);
  const dataConverter = { payloadCodecs: [createPayloadCodec([secret])], failureConverterPath: here('failure-converter') };
  const workflowBundle = await bundle(workflowsPath ?? here('product-workflows'), isTraced ? [workflowInterceptors] : []);
  await Worker.runReplayHistory({ workflowBundle, dataConverter }, history);
}
