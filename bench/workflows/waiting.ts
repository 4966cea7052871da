import { readFileSync } from 'node:fs';
import pg from 'pg';
import { createDbosEngine } from '#orchestration';
import { createLog } from '#platform';
import type { Engine, Flow } from '../../src/orchestration/flow.ts';
import { percentile } from '../figures.ts';

export interface WaitingFigures {
  readonly waiting: number;
  readonly launchMs: number;
  readonly serverBytes: number;
  /** CPU of this process over ten idle seconds. */
  readonly idleCpuMs: number;
  readonly signals: number;
  readonly p50: number;
  readonly p99: number;
}

const log = createLog({ level: 'silent' });
const day = 86_400_000;
const idleMs = 10_000;

type Approval = { readonly heard: (context: { readonly workflowId: string }, input: unknown) => Promise<null> };

/** An engine on a database where so many approvals wait already (0: none do). */
export async function measureWaiting(databaseUrl: string, signals: number): Promise<WaitingFigures> {
  const heard = new Map<string, (at: number) => void>();
  const engine = approvalEngine(databaseUrl, heard);
  const startedAt = performance.now();
  await engine.launch();
  const launchMs = performance.now() - startedAt;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  globalThis.gc?.();
  const cpu = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, idleMs));
  const { user, system } = process.cpuUsage(cpu);
  const serverBytes = memoryOfThis();
  const ids = await waitingIds(databaseUrl, signals);
  const times: number[] = [];
  for (const id of ids) times.push(await decide(engine, id, heard));
  const waiting = await countWaiting(databaseUrl);
  await engine.stop();
  return {
    waiting,
    launchMs,
    serverBytes,
    idleCpuMs: (user + system) / 1000,
    signals: times.length,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
  };
}

/**
 * Runs some approvals to their wait, then copies what they left in the tables until there are enough: a hundred thousand
 * runs one by one would take a quarter of an hour and leave the same rows.
 */
export async function makeWaiting(databaseUrl: string, ownerUrl: string, count: number): Promise<void> {
  const really = Math.min(count, 500);
  const engine = approvalEngine(databaseUrl, new Map());
  await engine.launch();
  for (let made = 0; made < really; made += 1)
    await engine.start('approval', `real-${made}`, { organizationId: 'org_bench', invoiceId: `inv_${made}` });
  while ((await countWaiting(databaseUrl)) < really) await new Promise((resolve) => setTimeout(resolve, 50));
  await engine.stop();
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  for (const table of ['dbos.workflow_status', 'dbos.workflow_input', 'dbos.operation_outputs', 'engine.waits']) {
    await copyRows(client, table, Math.ceil(count / really));
  }
  await client.query('vacuum analyze');
  await client.end();
}

async function copyRows(client: pg.Client, table: string, copies: number): Promise<void> {
  const id = table === 'engine.waits' ? 'workflow_id' : 'workflow_uuid';
  const [schema, name] = table.split('.');
  const { rows } = await client.query<{ column_name: string }>(
    `select column_name from information_schema.columns
      where table_schema = $1 and table_name = $2 and column_name <> $3 and is_generated = 'NEVER' and is_identity = 'NO'`,
    [schema, name, id],
  );
  const others = rows.map(({ column_name }) => `"${column_name}"`).join(', ');
  await client.query(
    `insert into ${table} (${id}, ${others}) select ${id} || '-' || copy, ${others} from ${table}, generate_series(2, ${copies}) as copy`,
  );
}

function approvalEngine(databaseUrl: string, heard: Map<string, (at: number) => void>): Engine {
  return createDbosEngine<Approval>({
    databaseUrl,
    activities: {
      heard({ workflowId }) {
        heard.get(workflowId)?.(performance.now());
        return Promise.resolve(null);
      },
    },
    policies: { heard: { room: 'orchestration', timeoutMs: 60_000 } },
    workflows: {
      async approval(flow: Flow<Approval>) {
        await flow.run('heard', 'asked');
        await flow.waitFor({ name: 'news' }, { timeoutMs: 30 * day });
        await flow.run('heard', 'decided');
      },
    },
    executorId: 'bench',
    log,
  });
}

/** From the signal to the first line of the activity that follows the wait. */
async function decide(engine: Engine, id: string, heard: Map<string, (at: number) => void>): Promise<number> {
  const goesOn = new Promise<number>((resolve) => heard.set(id, resolve));
  const startedAt = performance.now();
  await engine.signal(id, 'news', { about: 'inv_1' }, 'decision');
  return (await goesOn) - startedAt;
}

async function waitingIds(databaseUrl: string, count: number): Promise<readonly string[]> {
  return (
    await ask<{ workflow_id: string }>(databaseUrl, `select workflow_id from engine.waits order by md5(workflow_id) limit ${count}`)
  ).map((row) => row.workflow_id);
}

async function countWaiting(databaseUrl: string): Promise<number> {
  return Number((await ask<{ count: string }>(databaseUrl, 'select count(*) from engine.waits'))[0]?.count);
}

async function ask<Row extends pg.QueryResultRow>(databaseUrl: string, text: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

function memoryOfThis(): number {
  if (process.platform !== 'linux') return process.memoryUsage.rss();
  return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))?.[1] ?? 0) * 1024;
}
