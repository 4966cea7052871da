import { Histogram, type Registry } from 'prom-client';

export interface HttpMetrics {
  readonly registry: Registry;
  observe(request: { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number }): void;
}

/** Duration of requests by route, never by path: ids would make a series each. OpenTelemetry's bucket advice, 5 ms to 10 s. */
export function createHttpMetrics(registry: Registry): HttpMetrics {
  const name = 'http_server_request_duration_seconds';
  const known = registry.getSingleMetric(name);
  const histogram =
    known instanceof Histogram
      ? known
      : new Histogram({
          name,
          help: 'Duration of HTTP requests by route.',
          labelNames: ['method', 'route', 'status'],
          buckets: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
          registers: [registry],
        });
  return {
    registry,
    observe: ({ method, route, status, seconds }) => histogram.observe({ method, route, status: String(status) }, seconds),
  };
}
