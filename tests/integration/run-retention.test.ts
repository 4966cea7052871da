import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDbosEngine, referredRuns } from '#orchestration';
import { createLog, newId } from '#platform';
import type { Engine } from '../../src/orchestration/flow.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let testDatabase: TestDatabase;
let engine: Engine;
const organizationId = newId('org');

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  await testDatabase.query(`grant create on database ${new URL(testDatabase.url).pathname.slice(1)} to deskhand_engine`);
  await testDatabase.query(`insert into organizations (id, name, currency) values ($1, 'Test Office', 'EUR')`, [organizationId]);
  engine = await launched();
});
afterAll(async () => {
  await engine.stop();
  await testDatabase.drop();
});

/** Ended runs are looked through at each launch. */
async function launched(): Promise<Engine> {
  const { database, urls } = testDatabase;
  const next = createDbosEngine({
    databaseUrl: urls.engine,
    activities: {},
    policies: {},
    workflows: {
      ending: () => Promise.resolve('ended'),
      waiting: (flow) => flow.waitFor({ name: 'news' }, { timeoutMs: 1_000_000_000 }),
    },
    executorId: 'retention',
    retention: { days: 90, stillNeeded: (runs) => referredRuns(database, runs) },
    log: createLog({ level: 'silent' }),
  });
  await next.launch();
  return next;
}

test('ended runs are deleted after their time, but never under an open task or an outbox row, and none that waits', async () => {
  const ids = ['old', 'young', 'asked', 'sent'];
  for (const id of ids) {
    await engine.start('ending', id, { organizationId });
    expect(await engine.result(id)).toBe('ended');
    await engine.signal(id, 'news', null, `too late for ${id}`);
  }
  await engine.start('waiting', 'parked', { organizationId });
  await expect.poll(async () => (await engine.runs({ workflowId: 'parked', limit: 1 }))[0]?.status).toBe('waiting');
  await testDatabase.query(
    `update dbos.workflow_status set completed_at = completed_at - 91 * 86400000::bigint where workflow_uuid = any($1)`,
    [['old', 'asked', 'sent']],
  );
  await testDatabase.query(`update dbos.workflow_status set created_at = created_at - 91 * 86400000::bigint`);
  await testDatabase.query(
    `insert into tasks (id, organization_id, workflow_id, key, kind, reason, title, question, choices, role)
     values ($1, $2, 'asked', 'failed', 'failed', 'failed', 'Stuck', 'Again?', '{retry}', 'office-manager')`,
    [newId('tsk'), organizationId],
  );
  await testDatabase.query(`insert into outbox (organization_id, kind, workflow_id, payload) values ($1, 'signal', 'sent', '{}')`, [
    organizationId,
  ]);

  await engine.stop();
  engine = await launched();
  const left = async (): Promise<readonly string[]> =>
    (await engine.runs({ organizationId, limit: 10 })).map(({ workflowId }) => workflowId).toSorted();
  await expect.poll(left).toEqual(['asked', 'parked', 'sent', 'young']);
  const signals = await testDatabase.query(`select workflow_id from engine.signals order by 1`);
  expect(signals.map((row) => row['workflow_id'])).toEqual(['asked', 'sent', 'young']);
});
