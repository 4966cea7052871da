import { afterAll, expect, test } from 'vitest';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { signIn } from '../support/client.ts';
import { startTestServer } from '../support/server.ts';
import { startCollector, type ReceivedSpan } from './temporal/collector.ts';
import { startTemporal, temporalMissing } from './temporal/temporal-server.ts';

const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

test.skipIf(temporalMissing !== null)('one trace leads from a call of the API through the workflow to each activity', async () => {
  const [collector, temporal] = await Promise.all([startCollector(), startTemporal()]);
  undo.push(collector.close, temporal.stop);
  const server = await startTestServer({
    DESKHAND_ENGINE: 'temporal',
    DESKHAND_TEMPORAL_ADDRESS: temporal.address,
    DESKHAND_OTLP_ENDPOINT: collector.url,
    DESKHAND_READERS: '1',
  });
  undo.push(server.remove);
  const controller = await signIn(server.url, 'controller');
  const manager = await signIn(server.url, 'office-manager');
  const asked = await fetch(`${server.url}/v1/pipeline-steps/traced`, {
    method: 'PUT',
    headers: { ...manager.headers, 'content-type': 'application/json' },
    body: JSON.stringify({
      request: { kind: 'decision', title: 'Load?', question: 'Load it?', choices: ['load', 'skip'], role: 'controller' },
    }),
  });
  expect(asked.status).toBe(201);
  const open = async (): Promise<TaskSummary | undefined> =>
    (await controller.all<TaskSummary>('/v1/tasks')).find(({ title }) => title === 'Load?');
  await expect.poll(open, { timeout: 60_000, interval: 500 }).toBeDefined();
  await controller.post(`/v1/tasks/${(await open())?.id ?? ''}/decision`, { decision: 'load' });

  const called = (): ReceivedSpan | undefined => collector.spans.find(({ name }) => name === 'PUT /v1/pipeline-steps/:key');
  const trace = (): readonly ReceivedSpan[] => collector.spans.filter(({ traceId }) => traceId === called()?.traceId);
  await expect.poll(() => trace().map(({ name }) => name), { timeout: 60_000, interval: 500 }).toContain('RunWorkflow:serve-pipeline-step');
  const way = (name: string): readonly string[] => {
    const span = trace().find((one) => one.name === name);
    const above = trace().find(({ spanId }) => spanId === span?.parentSpanId);
    return above === undefined ? [name] : [...way(above.name), name];
  };
  expect(way('activity answerPipeline')).toEqual([
    'PUT /v1/pipeline-steps/:key',
    'StartWorkflow:serve-pipeline-step',
    'RunWorkflow:serve-pipeline-step',
    'StartActivity:answerPipeline',
    'RunActivity:answerPipeline',
    'activity answerPipeline',
  ]);
  // The words of an error may quote a document.
  expect(collector.spans.filter(({ status, events }) => (status?.message ?? '').includes(' ') || (events ?? []).length > 0)).toEqual([]);
});
