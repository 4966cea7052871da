import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('what was counted and measured is in the text that Prometheus reads', async () => {
  const metrics = createMetrics();
  metrics.count('documentsRead', { outcome: 'read' });
  metrics.count('documentsRead', { outcome: 'read' }, 2);
  metrics.observe('requestSeconds', { method: 'GET', route: '/v1/tasks', status: '200' }, 0.02);
  metrics.set('outboxWaiting', {}, 4);
  const { text, contentType } = await metrics.read();
  expect(contentType).toContain('text/plain');
  expect(text).toContain('deskhand_documents_read_total{outcome="read"} 3');
  expect(text).toContain('deskhand_http_request_seconds_bucket{le="0.025",method="GET",route="/v1/tasks",status="200"} 1');
  expect(text).toContain('deskhand_outbox_waiting 4');
  expect(text).toContain('process_resident_memory_bytes');
});
