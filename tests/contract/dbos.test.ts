import { createDbosEngine } from '#orchestration';
import { createLog } from '#platform';
import type { Engine } from '../../src/orchestration/flow.ts';
import { createTestDatabase } from '../support/database.ts';
import { runContract } from './run-contract.ts';
import { workflows as second } from './second-release.ts';
import { workflows as first } from './workflows.ts';

runContract({
  name: 'DBOS',
  async open({ activities, policies, release }) {
    const testDatabase = await createTestDatabase();
    const databaseUrl = testDatabase.urls.engine;
    // A clone has the template's tables, but not the rights on the database itself.
    await testDatabase.query(`grant create on database ${new URL(databaseUrl).pathname.slice(1)} to deskhand_engine`);
    const log = createLog({ level: 'silent' });
    const launched = async (workflows: typeof first): Promise<Engine> => {
      const engine = createDbosEngine({ databaseUrl, activities, policies, workflows, executorId: 'contract', log, firstPauseMs: 2 });
      await engine.launch();
      return engine;
    };
    let engine = await launched(release === 'first' ? first : second);
    return {
      engine,
      async restart(next) {
        await engine.stop();
        engine = await launched(next === 'first' ? first : second);
        return engine;
      },
      async close() {
        await engine.stop();
        await testDatabase.drop();
      },
    };
  },
});
