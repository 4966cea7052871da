import { DBOS } from '@dbos-inc/dbos-sdk';
import { expect, test } from 'vitest';
import { createDbosEngine } from '#orchestration';
import { createLog } from '#platform';
import type { Flow } from '../../src/orchestration/flow.ts';
import { createTestDatabase } from '../support/database.ts';

const day = 86_400_000;

type Steps = { readonly step: (context: unknown, input: string) => Promise<string> };

test('a run that waited under the release before parked waits goes on: what it heard, missed and has not read yet is kept', async () => {
  const testDatabase = await createTestDatabase();
  await testDatabase.query(`grant create on database ${new URL(testDatabase.url).pathname.slice(1)} to deskhand_engine`);
  const databaseUrl = testDatabase.urls.engine;
  await asBefore(databaseUrl, testDatabase.query);

  const ran: string[] = [];
  const engine = createDbosEngine<Steps>({
    databaseUrl,
    activities: {
      step(_, input) {
        ran.push(input);
        return Promise.resolve(input);
      },
    },
    policies: { step: { room: 'orchestration', timeoutMs: 1000 } },
    workflows: { old: (flow: Flow<Steps>) => waits(flow) },
    executorId: 'new release',
    log: createLog({ level: 'silent' }),
  });
  await engine.launch();
  try {
    const look = async (): Promise<unknown> => (await engine.runs({ organizationId: 'org_old', limit: 10 }))[0];
    await expect.poll(look, { timeout: 20_000 }).toMatchObject({ workflowId: 'run', status: 'waiting', waitsFor: { signal: 'news' } });
    await engine.signal('run', 'news', { about: 'second' }, 'm2');
    expect(await engine.result('run')).toEqual([
      'first',
      { kind: 'received', payload: { about: 'first' } },
      { kind: 'timed-out' },
      { kind: 'received', payload: { about: 'second' } },
      'last',
    ]);
    expect(ran).toEqual(['last']);
  } finally {
    await engine.stop();
    await testDatabase.drop();
  }
});

async function waits(flow: Flow<Steps>): Promise<unknown> {
  const first = await flow.run('step', 'first');
  const heard = await flow.waitFor({ name: 'news' }, { timeoutMs: 5000 });
  const missed = await flow.waitFor({ name: 'news' }, { timeoutMs: 50 });
  const waited = await flow.waitFor({ name: 'news' }, { timeoutMs: day });
  return [first, heard, missed, waited, await flow.run('step', 'last')];
}

/** The same run as the older adapter carried it, up to its third wait; then that server is gone. */
async function asBefore(databaseUrl: string, query: (text: string) => Promise<readonly Record<string, unknown>[]>): Promise<void> {
  DBOS.setConfig({
    name: 'deskhand',
    systemDatabaseUrl: databaseUrl,
    applicationVersion: 'deskhand',
    executorID: 'local',
    enablePatching: true,
    logLevel: 'error',
  });
  const old = DBOS.registerWorkflow(
    async (_input: unknown) => {
      await DBOS.runStep(() => Promise.resolve('first'), { name: 'step' });
      for (const timeoutSeconds of [5, 0.05, 86_400]) await DBOS.recv('news', { timeoutSeconds });
    },
    { name: 'old' },
  );
  await DBOS.launch();
  await DBOS.startWorkflow(old, { workflowID: 'run' })({ organizationId: 'org_old' });
  await DBOS.send('run', { about: 'first' }, 'news', 'm1');
  await expect
    .poll(
      async () =>
        (await query(`select count(*)::int as count from dbos.operation_outputs where function_name = 'DBOS.sleep'`))[0]?.['count'],
    )
    .toBe(3);
  await DBOS.shutdown({ deregister: true });
}
