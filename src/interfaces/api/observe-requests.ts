import { SpanKind, SpanStatusCode, context as openContext, propagation, trace, type Context } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics, Log } from '#platform';
import type { Api } from './api-context.ts';

const traces = new WeakMap<FastifyRequest, Context>();

/** Id of the request's trace, to find it in the log; undefined while nothing is traced. */
export function traceIdOf(request: FastifyRequest): string | undefined {
  const traced = traces.get(request);
  const traceId = traced === undefined ? undefined : trace.getSpan(traced)?.spanContext().traceId;
  // Without a tracer the id is all zeros.
  return traceId === undefined || /^0*$/.test(traceId) ? undefined : traceId;
}

/** One span, one histogram entry and one log line a request: by route, never by path or query, so no personal data. */
export function observeRequests(app: Api, { log, metrics }: { readonly log: Log; readonly metrics: Metrics }): void {
  const tracer = trace.getTracer('deskhand');
  app.addHook('onRequest', (request, _, done) => {
    const route = routeOf(request);
    const parent = propagation.extract(openContext.active(), request.headers);
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    const traced = trace.setSpan(parent, span);
    traces.set(request, traced);
    openContext.with(traced, done);
  });
  // A body arrives in events of the socket, which know nothing of the trace: it is taken up again before the handler.
  app.addHook('preValidation', (request, _, done) => openContext.with(traces.get(request) ?? openContext.active(), done));
  app.addHook('onResponse', (request, reply, done) => {
    finish(request, reply);
    done();
  });

  function finish(request: FastifyRequest, reply: FastifyReply): void {
    const { method } = request;
    const route = routeOf(request);
    const status = reply.statusCode;
    metrics.observe('requestSeconds', { method, route, status: String(status) }, reply.elapsedTime / 1000);
    const traced = traces.get(request);
    const span = traced === undefined ? undefined : trace.getSpan(traced);
    span?.setAttribute('http.response.status_code', status);
    if (status >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    const { organizationId, memberId } = request.actor ?? {};
    const durationMs = Math.round(reply.elapsedTime);
    log.debug(
      { event: 'http.answered', method, route, status, durationMs, organizationId, memberId, traceId: traceIdOf(request) },
      'request answered',
    );
  }
}

function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'unmatched';
}
