import { SpanStatusCode, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { inSpan, spanOutlet, startTelemetry } from '#platform';
import { startCollector } from '../cluster/temporal/collector.ts';

test('of a span that failed, the code leaves the process and the words of the error do not', async () => {
  const collector = await startCollector();
  const stop = startTelemetry({ otlpEndpoint: `${collector.url}/`, version: 'test' });
  expect(spanOutlet()).not.toBeNull();
  const failing = inSpan('reads', {}, () => Promise.reject(new RangeError('Invoice of Nordwind over 224.91')));
  await expect(failing).rejects.toThrow('Nordwind');
  // As libraries do it.
  const span = trace.getTracer('a library').startSpan('calls');
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'Invoice of Nordwind over 224.91' });
  span.recordException(new Error('Invoice of Nordwind over 224.91'));
  span.end();
  await stop();
  await collector.close();
  expect(spanOutlet()).toBeNull();
  expect(collector.spans.map(({ name, status }) => ({ name, status }))).toEqual([
    { name: 'reads', status: { code: SpanStatusCode.ERROR, message: 'RangeError' } },
    { name: 'calls', status: { code: SpanStatusCode.ERROR } },
  ]);
  expect(JSON.stringify(collector.spans)).not.toContain('Nordwind');
});
