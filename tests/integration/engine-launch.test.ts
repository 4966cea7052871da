import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDbosEngine } from '#orchestration';
import { createLog, untilDatabaseCame } from '#platform';
import type { Flow } from '../../src/orchestration/flow.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

type Steps = { readonly step: (context: unknown, input: { readonly at: number }) => Promise<number> };

let testDatabase: TestDatabase;
let name: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  name = new URL(testDatabase.url).pathname.slice(1);
  await testDatabase.query(`grant create on database ${name} to deskhand_engine`);
});
afterAll(() => testDatabase.drop());

test('an engine that is launched while Postgres has no connection left waits, says so once, and then works', async () => {
  const engine = createDbosEngine<Steps>({
    databaseUrl: testDatabase.urls.engine,
    activities: { step: (_, { at }) => Promise.resolve(at) },
    policies: { step: { room: 'orchestration', timeoutMs: 60_000 } },
    workflows: { one: (flow: Flow<Steps>) => flow.run('step', { at: 1 }) },
    executorId: 'early',
    log: createLog({ level: 'silent' }),
  });
  const said: string[] = [];
  // One comes through: what was opened before the refusal must be closed again.
  for (const limit of [0, 1]) {
    await testDatabase.query(`alter database ${name} connection limit ${limit}`);
    await expect(engine.launch()).rejects.toMatchObject({ code: 'DH_PLATFORM_DATABASE_AWAY' });
    await expect.poll(connections, { timeout: 10_000 }).toBe(0);
  }
  const launching = untilDatabaseCame(() => engine.launch(), { say: (line) => said.push(line) });
  await new Promise((resume) => setTimeout(resume, 1200));
  await testDatabase.query(`alter database ${name} connection limit -1`);
  await launching;
  expect(said).toEqual([`The database is away or full; waiting for it (too many connections for database "${name}")`]);
  await engine.start('one', 'run-1', {});
  expect(await engine.result('run-1')).toBe(1);
  await engine.stop();
});

async function connections(): Promise<unknown> {
  const [row] = await testDatabase.query(
    `select count(*)::int as n from pg_stat_activity where datname = '${name}' and usename = 'deskhand_engine'`,
  );
  return row?.['n'];
}
