import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetSettledWork } from '#orchestration';
import { newId } from '#platform';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let testDatabase: TestDatabase;
const organizationId = newId('org');

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  await testDatabase.query(`insert into organizations (id, name, currency) values ($1, 'Test Office', 'EUR')`, [organizationId]);
});
afterAll(() => testDatabase.drop());

/** So many rows in this state, written and settled so many days ago. */
const write = (workflowId: string, state: string, days: number, rows = 1): Promise<unknown> =>
  testDatabase.query(
    `insert into outbox (organization_id, kind, workflow_id, payload, state, created_at, settled_at)
     select $1, 'start', $2, '{}', $3, now() - make_interval(days => $4), case when $3 in ('settled', 'dead') then now() - make_interval(days => $4) end
     from generate_series(1, $5::int)`,
    [organizationId, workflowId, state, days, rows],
  );
const left = async (): Promise<Readonly<Record<string, unknown>>> =>
  Object.fromEntries(
    (await testDatabase.query('select workflow_id, count(*)::int as n from outbox group by 1')).map((row) => [
      row['workflow_id'],
      row['n'],
    ]),
  );

test('settled work is forgotten after its days and not before; what is unsettled or dead stays, however old', async () => {
  await write('old', 'settled', 91, 1300);
  await write('waiting', 'waiting', 400);
  await write('buried', 'dead', 400);
  await write('late', 'settled', 91);
  await testDatabase.query(`update outbox set settled_at = now() - interval '89 days' where workflow_id = 'late'`);
  await write('old too', 'settled', 91);
  await write('young', 'settled', 89, 3);
  expect(await forgetSettledWork(testDatabase.database, 90)).toBe(1301);
  expect(await left()).toEqual({ waiting: 1, buried: 1, late: 1, young: 3 });
  expect(await forgetSettledWork(testDatabase.database, 90)).toBe(0);
});

test('two servers that forget at once neither wait for each other nor fail', async () => {
  await testDatabase.query('delete from outbox');
  await write('old', 'settled', 91, 2000);
  const [one, two] = await Promise.all([forgetSettledWork(testDatabase.database, 90), forgetSettledWork(testDatabase.database, 90)]);
  expect([one + two, await left()]).toEqual([2000, {}]);
});
