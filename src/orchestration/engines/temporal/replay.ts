import { Worker } from '@temporalio/worker';
import { bundle, here } from './bundle.ts';
import { createPayloadCodec } from './codec.ts';

/** Runs the product's workflow code of today on a recorded history. Rejects where it would take another path (G9). */
export async function replayHistory(history: unknown, secret: string): Promise<void> {
  const dataConverter = { payloadCodecs: [createPayloadCodec([secret])], failureConverterPath: here('failure-converter') };
  await Worker.runReplayHistory({ workflowBundle: await bundle(here('product-workflows')), dataConverter }, history);
}
