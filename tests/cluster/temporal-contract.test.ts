import { fileURLToPath } from 'node:url';
import { test } from 'vitest';
import { createTemporalEngine } from '#orchestration';
import { createLog } from '#platform';
import type { Engine } from '../../src/orchestration/flow.ts';
import type { ContractEngine, Release } from '../contract/bench.ts';
import { runContract } from '../contract/run-contract.ts';
import { workflows } from '../contract/workflows.ts';
import { createTestDatabase } from '../support/database.ts';
import { startTemporal, temporalMissing } from './temporal/temporal-server.ts';

const subject: ContractEngine = {
  name: 'Temporal',
  async open({ activities, policies, release }) {
    const [database, server] = await Promise.all([createTestDatabase(), startTemporal()]);
    const launched = async (next: Release): Promise<Engine> => {
      const engine = await createTemporalEngine({
        address: server.address,
        namespace: 'default',
        apiKey: null,
        isTls: false,
        databaseUrl: database.urls.engine,
        secrets: ['contract'],
        activities,
        policies,
        workflowNames: Object.keys(workflows),
        workflowsPath: fileURLToPath(new URL(`temporal/${next}-release.ts`, import.meta.url)),
        rooms: ['connectors', 'intelligence', 'orchestration'],
        buildId: next,
        activitiesAtOnce: 100,
        log: createLog({ level: 'warn' }),
        firstPauseMs: 2,
      });
      await engine.launch();
      return engine;
    };
    let engine = await launched(release);
    return {
      engine,
      async restart(next) {
        await engine.stop();
        engine = await launched(next);
        return engine;
      },
      async close() {
        await engine.stop();
        await server.stop();
        await database.drop();
      },
    };
  },
};

(temporalMissing === null ? runContract : skipContract)(subject);

function skipContract({ name }: ContractEngine): void {
  test.skipIf(temporalMissing !== null)(`the ${name} engine keeps the contract (${temporalMissing})`, () => undefined);
}
