import { createRequire } from 'node:module';
import type { ClientInterceptors } from '@temporalio/client';
import { OpenTelemetryWorkflowClientInterceptor } from '@temporalio/interceptors-opentelemetry-v2/lib/client/index.js';
import {
  makeWorkflowExporter,
  OpenTelemetryActivityInboundInterceptor,
} from '@temporalio/interceptors-opentelemetry-v2/lib/worker/index.js';
import type { WorkerOptions } from '@temporalio/worker';
import { spanOutlet } from '#platform';

export interface Tracing {
  readonly client: { readonly interceptors?: ClientInterceptors };
  readonly worker: Pick<WorkerOptions, 'interceptors' | 'sinks'>;
  /** What workflow code is bundled with. */
  readonly workflowModules: readonly string[];
}

/** Makes spans in Temporal's sandbox, which hands them out once, however often the code replays. */
export const workflowInterceptors = createRequire(import.meta.url).resolve(
  '@temporalio/interceptors-opentelemetry-v2/lib/workflow-interceptors',
);

/** One trace from whoever started a run through its workflow code to its activities; nothing where no span leaves. */
export function createTracing(): Tracing {
  const outlet = spanOutlet();
  if (outlet === null) return { client: {}, worker: {}, workflowModules: [] };
  return {
    client: { interceptors: { workflow: [new OpenTelemetryWorkflowClientInterceptor()] } },
    worker: {
      interceptors: { activity: [(context) => ({ inbound: new OpenTelemetryActivityInboundInterceptor(context) })] },
      sinks: { exporter: { ...makeWorkflowExporter(outlet.processor, outlet.resource) } },
    },
    workflowModules: [workflowInterceptors],
  };
}
