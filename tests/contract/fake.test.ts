import { createFakeEngine, createFakeStore } from '../support/fake-engine/index.ts';
import { runContract } from './run-contract.ts';
import { workflows as second } from './second-release.ts';
import { workflows as first } from './workflows.ts';

runContract({
  name: 'fake',
  async open({ activities, policies, release }) {
    const store = createFakeStore();
    const launched = async (workflows: typeof first): Promise<ReturnType<typeof createFakeEngine>> => {
      const engine = createFakeEngine({ activities, policies, workflows, store, firstPauseMs: 2 });
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
      close: () => engine.stop(),
    };
  },
});
