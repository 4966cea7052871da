import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDbosEngine } from '#orchestration';
import { createLog } from '#platform';
import type { Engine, Flow } from '../../src/orchestration/flow.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { seededRandom } from '../support/random.ts';

const seed = Number(process.env['DESKHAND_TEST_SEED'] ?? 20261123);
const runs = 40;
const cuts = 8;

type Steps = { readonly step: (context: { readonly idempotencyKey: string }, input: { readonly at: number }) => Promise<number> };

let testDatabase: TestDatabase;
let engine: Engine;
/** What each key gave: an activity that runs again under its key must not count twice. */
const effects = new Map<string, number>();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  await testDatabase.query(`grant create on database ${new URL(testDatabase.url).pathname.slice(1)} to deskhand_engine`);
  engine = createDbosEngine<Steps>({
    databaseUrl: testDatabase.urls.engine,
    activities: {
      async step({ idempotencyKey }, { at }) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        effects.set(idempotencyKey, (effects.get(idempotencyKey) ?? 0) + 1);
        return at;
      },
    },
    policies: { step: { room: 'orchestration', timeoutMs: 60_000 } },
    workflows: {
      async patient(flow: Flow<Steps>) {
        const all: unknown[] = [await flow.run('step', { at: 1 }), await flow.run('step', { at: 2 })];
        all.push(await flow.waitFor({ name: 'go' }, { timeoutMs: 600_000 }));
        all.push(await flow.run('step', { at: 3 }));
        all.push(await flow.waitFor({ name: 'never' }, { timeoutMs: 50 }));
        all.push(await flow.run('step', { at: 4 }));
        return all;
      },
    },
    executorId: 'cut off',
    log: createLog({ level: 'silent' }),
  });
  await engine.launch();
});
afterAll(async () => {
  await engine.stop();
  await testDatabase.drop();
});

test(`runs go on while Postgres cuts off all connections of the engine, ${cuts} times (seed ${seed})`, async () => {
  console.log(`lost connections: seed ${seed}`);
  const random = seededRandom(seed);
  const ids = Array.from({ length: runs }, (_, run) => `run-${run}`);
  const cutting = cutOff(random);
  await Promise.all(
    ids.map(async (id) => {
      // As the relay does: until it is taken.
      await insist(() => engine.start('patient', id, {}));
      await new Promise((resolve) => setTimeout(resolve, random() * 2000));
      await insist(() => engine.signal(id, 'go', id, 'once'));
    }),
  );
  await cutting;
  for (const id of ids) {
    const look = async (): Promise<unknown> => {
      const [run] = await engine.runs({ workflowId: id, limit: 1 });
      return { status: run?.status, failure: run?.failure };
    };
    await expect.poll(look, { timeout: 30_000, interval: 50 }).toEqual({ status: 'done', failure: null });
    expect(await engine.result(id)).toEqual([1, 2, { kind: 'received', payload: id }, 3, { kind: 'timed-out' }, 4]);
  }
  expect(effects.size).toBe(runs * 4);
});

async function cutOff(random: () => number): Promise<void> {
  for (let cut = 0; cut < cuts; cut += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50 + random() * 300));
    await testDatabase.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'deskhand_engine' and datname = current_database()`,
    );
  }
}

async function insist(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
