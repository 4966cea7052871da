import autocannon from 'autocannon';
import type { InvoiceSummary, TaskSummary } from '../src/interfaces/api/contract.ts';
import { signIn, type TestClient } from '../tests/support/client.ts';
import { untilHandled } from '../tests/support/sample-office.ts';
import { startTestServer, type TestServer } from '../tests/support/server.ts';
import { duration, megabytes, percentile, printTable } from './figures.ts';
import { watchMemory } from './process-tree.ts';

const connections = 10;

/** Latency of reads under load, and of decisions one after the other, on the sample office once it is handled. */
export async function benchApi({ isSmoke }: { readonly isSmoke: boolean }): Promise<void> {
  const server = await startTestServer();
  const memory = watchMemory(() => server.processes());
  try {
    const manager = await signIn(server.url, 'office-manager');
    await untilHandled(manager);
    const rows: string[][] = [];
    for (const path of await readPaths(manager)) rows.push(await load(server, manager, path, isSmoke ? 3 : 20));
    printTable(
      `API: reads over ${connections} connections, each waiting for its answer`,
      ['request', 'requests/s', 'p50', 'p95', 'p99', 'not 2xx'],
      rows,
    );
    printDecisions(await decideAll(server, isSmoke ? 8 : 40));
    printTable('API: memory of server and database', ['', 'measured'], [['peak under load', megabytes(memory.peak())]]);
  } finally {
    memory.stop();
    await server.remove();
  }
}

async function readPaths(client: TestClient): Promise<readonly string[]> {
  const [invoice] = (await client.get<{ items: InvoiceSummary[] }>('/v1/invoices')).items;
  if (invoice === undefined) throw new Error('The sample office has no invoice to read.');
  return ['/v1/overview', '/v1/tasks', '/v1/invoices', `/v1/invoices/${invoice.id}`];
}

async function load(server: TestServer, client: TestClient, path: string, durationS: number): Promise<string[]> {
  const times: number[] = [];
  const run = autocannon({ url: `${server.url}${path}`, connections, duration: durationS, headers: client.headers });
  // autocannon's own percentiles leave out the 95th.
  run.on('response', (_client, _status, _bytes, ms: number) => times.push(ms));
  const { requests, non2xx, errors } = await run;
  // A load that was refused says nothing about the time of an answer.
  if (non2xx + errors > 0) process.exitCode = 1;
  const shown = path.replace(/\/inv_[^/]+/, '/:id');
  return [
    `GET ${shown}`,
    requests.average.toFixed(0),
    ...[50, 95, 99].map((rank) => duration(percentile(times, rank))),
    String(non2xx + errors),
  ];
}

interface Decisions {
  readonly times: readonly number[];
  readonly refused: number;
}

/** Says yes to approvals, each by somebody who may, and waits for each answer. */
async function decideAll(server: TestServer, count: number): Promise<Decisions> {
  const times: number[] = [];
  let refused = 0;
  for (const role of ['approver', 'office-manager', 'controller']) {
    const member = await signIn(server.url, role);
    const mine = await member.all<TaskSummary>('/v1/tasks?view=mine');
    for (const task of mine.filter(({ choices }) => choices.includes('approve'))) {
      if (times.length >= count) return { times, refused };
      const startedAt = performance.now();
      const isDone = await member.post(`/v1/tasks/${task.id}/decision`, { decision: 'approve' }).then(
        () => true,
        () => false,
      );
      if (isDone) times.push(performance.now() - startedAt);
      else refused += 1;
    }
  }
  return { times, refused };
}

function printDecisions({ times, refused }: Decisions): void {
  printTable(
    'API: decisions, one after the other',
    ['request', 'decided', 'p50', 'p95', 'p99', 'refused'],
    [
      [
        'POST /v1/tasks/:id/decision',
        String(times.length),
        ...[50, 95, 99].map((rank) => duration(percentile(times, rank))),
        String(refused),
      ],
    ],
  );
}
