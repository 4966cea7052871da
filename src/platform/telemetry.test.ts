import { trace } from '@opentelemetry/api';
import { afterAll, expect, test } from 'vitest';
import { createLog } from './log.ts';
import { currentTraceParent, inSpan, startTelemetry, withTraceParent } from './telemetry.ts';

const stop = startTelemetry({ otlpEndpoint: null, version: 'test' });
afterAll(stop);

function linesOf(level: 'info' | 'trace', write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLog({ level, destination: { write: (line) => lines.push(line) } }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('a trace goes on where it was stored, across a later transaction or process', async () => {
  let stored: string | null = null;
  await inSpan('receive', {}, async () => {
    stored = currentTraceParent();
  });
  expect(stored).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
  const traceId = await withTraceParent(stored, () => inSpan('handle', {}, async (span) => span.spanContext().traceId));
  expect(stored).toContain(traceId);
});

test('a stored text that is no traceparent starts a new trace instead of failing', async () => {
  for (const text of ['', 'rubbish', '00-0-0-00', null]) {
    expect(await withTraceParent(text, () => inSpan('handle', {}, async () => 'done'))).toBe('done');
  }
});

test('outside of a span there is nothing to store', () => {
  expect(currentTraceParent()).toBeNull();
});

test('a span passes a failure on', async () => {
  await expect(inSpan('fails', {}, () => Promise.reject(new RangeError('limit')))).rejects.toThrow('limit');
  expect(trace.getActiveSpan()).toBeUndefined();
});

test('a log line has its event, its time and the ids of the active span', async () => {
  let lines: Record<string, unknown>[] = [];
  let traceId = '';
  await inSpan('receive', {}, async (span) => {
    traceId = span.spanContext().traceId;
    lines = linesOf('info', (log) => log.info({ event: 'invoice.received', invoiceId: 'inv_1' }, 'invoice received'));
  });
  expect(lines[0]).toMatchObject({ level: 'info', event: 'invoice.received', invoiceId: 'inv_1', traceId, message: 'invoice received' });
  expect(lines[0]).toHaveProperty('spanId');
});

test('personal data and document text stay out of the log below the level trace', () => {
  const write = (log: ReturnType<typeof createLog>): void =>
    log.child({ email: 'ana@example.com' }).info({ event: 'x', iban: 'DE1', nested: [{ subject: 'Invoice', id: 'doc_1' }] }, 'x');
  const [hidden] = linesOf('info', write);
  expect(hidden).toMatchObject({ email: '[private]', iban: '[private]', nested: [{ subject: '[private]', id: 'doc_1' }] });
  expect(linesOf('trace', write)[0]).toMatchObject({ email: 'ana@example.com', iban: 'DE1' });
});

test('an error in the log has its code and cause, and none of its other properties', () => {
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (iban)=(DE1) already exists.' });
  const [line] = linesOf('info', (log) => log.error({ event: 'x', err: new Error('failed', { cause }) }, 'x'));
  expect(line?.['err']).toMatchObject({ message: 'failed', cause: { code: '23505' } });
  expect(JSON.stringify(line)).not.toContain('DE1');
});
