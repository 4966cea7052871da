import { ROOT_CONTEXT, type Span, SpanStatusCode, context, propagation, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type ReadableSpan, type SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { asDeskhandError } from '#domain/errors';

export interface TelemetryOptions {
  /** Base address of an OTLP collector (`/v1/traces` is added); null keeps traces in the process. */
  readonly otlpEndpoint: string | null;
  /** Release of Deskhand, on every span. */
  readonly version: string;
}

/** Where spans leave this process, for those that begin beside its tracer: of workflow code in its sandbox. */
interface SpanOutlet {
  readonly processor: SpanProcessor;
  readonly resource: Resource;
}

/** Ids and numbers; document text and personal data have no place on a span. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

const tracerName = 'deskhand';
let outlet: SpanOutlet | null = null;
// W3C Trace Context: version 00, trace id, parent id, flags.
const traceParentPattern = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * Starts tracing for this process. Without it spans cost nothing and have no ids.
 *
 * @returns stops it: sends what waits, then lets go.
 */
export function startTelemetry({ otlpEndpoint, version }: TelemetryOptions): () => Promise<void> {
  const resource = resourceFromAttributes({ 'service.name': 'deskhand', 'service.version': version });
  const processor =
    otlpEndpoint === null
      ? null
      : codesOnly(
          new BatchSpanProcessor(new OTLPTraceExporter({ url: `${otlpEndpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: 5000 })),
        );
  const provider = new NodeTracerProvider({ resource, spanProcessors: processor === null ? [] : [processor] });
  outlet = processor === null ? null : { processor, resource };
  provider.register();
  return async () => {
    outlet = null;
    await provider.shutdown();
    trace.disable();
    context.disable();
    propagation.disable();
  };
}

/** Null when no spans leave this process. */
export function spanOutlet(): SpanOutlet | null {
  return outlet;
}

/** Runs `work` in a span: it ends with the work, and a failure is on it by its code. */
export async function inSpan<Result>(name: string, attributes: SpanAttributes, work: (span: Span) => Promise<Result>): Promise<Result> {
  return trace.getTracer(tracerName).startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span);
    } catch (thrown) {
      const code = asDeskhandError(thrown)?.code ?? (thrown instanceof Error ? thrown.name : 'unknown');
      // The code only: a message may quote what was read.
      span.setStatus({ code: SpanStatusCode.ERROR, message: code });
      span.setAttribute('error.type', code);
      throw thrown;
    } finally {
      span.end();
    }
  });
}

/** The active span as W3C `traceparent`, to be stored with work that goes on later; null when nothing is traced. */
export function currentTraceParent(): string | null {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier['traceparent'] ?? null;
}

/** Runs `work` as part of the trace that was stored; anything that is no valid `traceparent` starts a new one. */
export async function withTraceParent<Result>(traceParent: string | null, work: () => Promise<Result>): Promise<Result> {
  if (traceParent === null || !traceParentPattern.test(traceParent)) return work();
  return context.with(propagation.extract(ROOT_CONTEXT, { traceparent: traceParent }), work);
}

/** Libraries put the words of an error on their spans, and those may quote what was read: only its code leaves. */
function codesOnly(next: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, parent) => next.onStart(span, parent),
    onEnd: (span) => next.onEnd(withoutWords(span)),
    forceFlush: () => next.forceFlush(),
    shutdown: () => next.shutdown(),
  };
}

function withoutWords(span: ReadableSpan): ReadableSpan {
  const { code, message } = span.status;
  const status = message !== undefined && /^\w+$/.test(message) ? { code, message } : { code };
  const events = span.events.filter(({ name }) => name !== 'exception');
  return Object.create(span, { status: { value: status }, events: { value: events } }) as ReadableSpan;
}
