import { expect, test } from 'vitest';
import type { Activities } from '../activities/index.ts';
import type { Flow } from '../flow.ts';
import { saga, setAside } from './saga.ts';

const deeds = ['one', 'two', 'three', 'four'] as const;

interface Faults {
  /** The deed that fails for good, after it was begun; 4: somebody sets the work aside at the end; 5: nothing fails. */
  readonly failsAt: number;
  /** Deeds whose undoing fails, as a set of bits. */
  readonly undoFails: number;
  /** The deed that no program can undo; 4: none. */
  readonly finalAt: number;
  /** How often the task itself cannot be written. */
  readonly reportFails: number;
}

interface World {
  readonly standing: Set<string>;
  readonly reported: string[];
  readonly outcome: string;
}

async function run({ failsAt, undoFails, finalAt, reportFails }: Faults): Promise<World> {
  const standing = new Set<string>();
  const reported: string[] = [];
  let failures = reportFails;
  const activities = (name: string, input: { readonly invoiceId: string; readonly remains: readonly string[] }): Promise<unknown> => {
    if (name === 'reportRemains') {
      failures -= 1;
      if (failures >= 0) return Promise.reject(new Error('no database'));
      reported.push(...input.remains);
      return Promise.resolve({ taskId: 'tsk_1' });
    }
    const index = deeds.indexOf(input.invoiceId as (typeof deeds)[number]);
    if (((undoFails >> index) & 1) === 1) return Promise.reject(new Error('no'));
    standing.delete(input.invoiceId);
    return Promise.resolve({});
  };
  const flow = { run: activities, waitFor: () => Promise.resolve({ kind: 'timed-out' }) } as unknown as Flow<Activities>;
  const end = await saga(flow, { organizationId: 'org_1' }, (undo) => {
    for (const [index, deed] of deeds.entries()) {
      if (index === finalAt) undo.notPossible(`${deed} may stand`);
      else undo.by(deed, 'cancelPayment', { organizationId: 'org_1', invoiceId: deed });
      // A deed that fails may have had its effect all the same.
      standing.add(deed);
      if (index === failsAt) return Promise.reject(new Error('failed for good'));
    }
    return failsAt === 4 ? Promise.reject(setAside('Set aside.')) : Promise.resolve();
  });
  return { standing, reported, outcome: end.outcome };
}

test('whatever deed fails and whatever undoing fails, nothing stands or a person has a task that names it', async () => {
  for (let failsAt = 0; failsAt <= 5; failsAt += 1) {
    for (let undoFails = 0; undoFails < 16; undoFails += 1) {
      for (let finalAt = 0; finalAt <= 4; finalAt += 1) {
        for (let reportFails = 0; reportFails <= 2; reportFails += 1) {
          const faults = { failsAt, undoFails, finalAt, reportFails };
          const { standing, reported, outcome } = await run(faults);
          const unnamed = [...standing].filter((deed) => !reported.some((line) => line.includes(deed)));
          const isRight = outcome === 'done' ? failsAt === 5 : outcome === 'undone' ? standing.size === 0 : unnamed.length === 0;
          expect({ faults, isRight }).toEqual({ faults, isRight: true });
        }
      }
    }
  }
});

test('what came before a deed that stands is left as it is', async () => {
  const { standing, reported } = await run({ failsAt: 4, undoFails: 0, finalAt: 2, reportFails: 0 });
  expect([...standing]).toEqual(['one', 'two', 'three']);
  expect(reported).toEqual(['three may stand', 'Left as it is: two.', 'Left as it is: one.']);
});
