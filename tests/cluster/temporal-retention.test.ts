import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { createTemporalEngine } from '#orchestration';
import { createLog } from '#platform';
import type { Engine } from '../../src/orchestration/flow.ts';
import { contractPolicies, createContractActivities } from '../contract/activities.ts';
import { createProbe } from '../contract/probe.ts';
import { workflows } from '../contract/workflows.ts';
import { createTestDatabase } from '../support/database.ts';
import { startTemporal, temporalMissing } from './temporal/temporal-server.ts';

const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

const retentionMs = 2000;

test.skipIf(temporalMissing !== null)(
  'signals of ended runs are deleted after their time, but never of a run that goes on or that a task speaks of',
  async () => {
    const [database, server] = await Promise.all([createTestDatabase(), startTemporal()]);
    undo.push(database.drop, server.stop);
    const launched = async (): Promise<Engine> => {
      const engine = await createTemporalEngine({
        address: server.address,
        namespace: 'default',
        apiKey: null,
        isTls: false,
        databaseUrl: database.urls.engine,
        secrets: ['retention'],
        activities: createContractActivities(createProbe()),
        policies: contractPolicies,
        workflowNames: Object.keys(workflows),
        workflowsPath: fileURLToPath(new URL('temporal/first-release.ts', import.meta.url)),
        rooms: ['orchestration'],
        buildId: 'first',
        activitiesAtOnce: 10,
        retention: {
          days: retentionMs / 86_400_000,
          // Tasks are found by their organization.
          stillNeeded: (runs) =>
            Promise.resolve(new Set(runs.filter((run) => run.organizationId === 'org_1').map((run) => run.workflowId))),
        },
        log: createLog({ level: 'silent' }),
      });
      await engine.launch();
      return engine;
    };
    const first = await launched();
    const ended = async (workflowId: string, organizationId: string): Promise<void> => {
      await first.start('echoes', workflowId, { values: [], organizationId });
      await first.result(workflowId);
    };
    await ended('old', 'org_2');
    await ended('asked', 'org_1');
    await first.start('pausing', 'goes on', { timeoutMs: 60_000, organizationId: 'org_2' });
    for (const workflowId of ['old', 'asked', 'goes on', 'never was']) await first.signal(workflowId, 'other', null, 'late');
    await new Promise((resolve) => setTimeout(resolve, retentionMs));
    await ended('young', 'org_2');
    await first.signal('young', 'other', null, 'late');
    await first.stop();

    // Looked through at each launch.
    const second = await launched();
    undo.push(second.stop);
    const left = async (): Promise<readonly unknown[]> =>
      (await database.query('select workflow_id from engine.signals order by 1')).map((row) => row['workflow_id']);
    await expect.poll(left, { timeout: 10_000 }).toEqual(['asked', 'goes on', 'young']);
  },
);
