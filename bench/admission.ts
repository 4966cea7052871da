import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startRelay, type Engine } from '#orchestration';
import { createDatabase, createLog, createMetrics, enqueue, migrate, settleWork, startPostgres, type Database } from '#platform';
import type { BenchOptions } from './run.ts';

/** How fast the relay hands work over and what 100,000 waiting pieces of work cost it, on a Postgres with fsync on. */
export async function benchAdmission({ isSmoke }: BenchOptions): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-bench-'));
  await chmod(folder, 0o711);
  const server = await startPostgres(folder, createLog({ level: 'error' }));
  const owner = new pg.Client({ connectionString: server.url });
  try {
    const { urls } = await migrate(server.url, path.resolve(import.meta.dirname, '../migrations'), 'a secret that only benches know');
    const database = createDatabase(urls);
    await owner.connect();
    await latency(database, owner, isSmoke ? 200 : 1000);
    for (const organizations of [1, 50, 1000]) await backlog(database, owner, organizations, isSmoke ? 10_000 : 100_000);
    await database.close();
  } finally {
    await owner.end();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** 100 messages a second: from the commit of the message to the call of the engine. */
async function latency(database: Database, owner: pg.Client, count: number): Promise<void> {
  await organize(owner, 1);
  const written = new Map<string, number>();
  const took: number[] = [];
  const relay = relayTo(database, async (workflowId) => {
    took.push(performance.now() - (written.get(workflowId) ?? Number.NaN));
    await database.inOrganization('org1', (transaction) => settleWork(transaction, workflowId));
  });
  const startedAt = performance.now();
  const sent: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueIn = startedAt + index * 10 - performance.now();
    if (dueIn > 0) await new Promise((resume) => setTimeout(resume, dueIn));
    sent.push(send(database, `l${index}`, written));
  }
  await Promise.all(sent);
  while (took.length < count) await new Promise((resume) => setTimeout(resume, 5));
  await relay.stop();
  // The first second warms connections and plans up.
  const sorted = took.slice(100).toSorted((left, right) => left - right);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
  console.log(`hand-over at 100 a second: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms (${count} messages)`);
}

async function send(database: Database, workflowId: string, written: Map<string, number>): Promise<void> {
  await database.inOrganization('org1', async (transaction) => {
    const queueing = { connectionId: 'con1', orderingKey: null, orderingGroup: workflowId, priority: 40 };
    await enqueue(transaction, 'org1', { kind: 'start', workflow: 'handle-message', workflowId, input: {}, queueing });
    written.set(workflowId, performance.now());
  });
}

/** A backlog that is worked off, each piece settled as soon as it was started: what the relay carries at most. */
async function backlog(database: Database, owner: pg.Client, organizations: number, rows: number): Promise<void> {
  await organize(owner, organizations);
  await owner.query(
    `insert into outbox (organization_id, kind, workflow_id, payload, connection_id)
      select 'org' || 1 + n % $1::int, 'start', 'b' || n, '{"workflow": "handle-message"}', 'con' || 1 + n % $1::int from generate_series(1, $2::int) n`,
    [organizations, rows],
  );
  await owner.query('vacuum analyze outbox');
  let started = 0;
  const relay = relayTo(database, async (workflowId) => {
    started += 1;
    await database.inOrganization(`org${1 + (Number(workflowId.slice(1)) % organizations)}`, (transaction) =>
      settleWork(transaction, workflowId),
    );
  });
  const seconds = 6;
  await new Promise((resume) => setTimeout(resume, seconds * 1000));
  const worked = started;
  // Full and nothing settles: what waiting alone costs.
  await relay.stop();
  const idle = relayTo(database, () => Promise.resolve());
  await new Promise((resume) => setTimeout(resume, 1000));
  const before = process.cpuUsage();
  await new Promise((resume) => setTimeout(resume, 4000));
  const { user, system } = process.cpuUsage(before);
  await idle.stop();
  console.log(
    `${rows.toLocaleString('en-US')} waiting, ${organizations} organizations: ${Math.round(worked / seconds)} started and settled a second; waiting at full limits ${((user + system) / 40_000).toFixed(1)} % of a core in the relay's process`,
  );
}

async function organize(owner: pg.Client, count: number): Promise<void> {
  await owner.query('truncate outbox, policies');
  await owner.query(
    "insert into organizations (id, name, currency) select 'org' || n, 'x', 'EUR' from generate_series(1, $1::int) n on conflict do nothing",
    [count],
  );
}

function relayTo(database: Database, start: (workflowId: string) => Promise<void>): { stop(): Promise<void> } {
  const engine = { start: (_workflow: string, workflowId: string) => start(workflowId) } as unknown as Engine;
  return startRelay({ database, engine, log: createLog({ level: 'error' }), metrics: createMetrics() });
}
