import type { Flow, Signal } from '../../src/orchestration/flow.ts';
import type { ContractActivities } from './activities.ts';
import { workflows as first } from './workflows.ts';

const word: Signal<unknown> = { name: 'word' };

/** Checks something before it waits, which runs of the first release did not. */
async function changing(flow: Flow<ContractActivities>): Promise<unknown> {
  await flow.run('echo', 'as ever');
  if (await flow.hasChange('check-before-wait')) await flow.run('echo', 'checked');
  await flow.waitFor(word, { timeoutMs: 60_000 });
  return flow.run('echo', 'ended');
}

/** The same workflows after an update of the product. */
export const workflows = { ...first, changing } as const;
