import { expect, test } from 'vitest';
import { runSeed, shrinkSeed } from './check-seed.ts';
import type { Mistakes } from './plan.ts';

const seedsOf = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);

async function firstFailing(mistakes: Mistakes, seeds: readonly number[]): Promise<number | null> {
  for (const seed of seeds) if ((await runSeed(seed, mistakes)).simulated.troubles.length > 0) return seed;
  return null;
}

// CI runs a thousand, the night thirty thousand: npm run simulate -- --seeds 30000.
test('two hundred seeds lose nothing, pay nothing twice and leave nobody waiting unseen', async () => {
  for (const seed of seedsOf(1, 200)) {
    const { simulated } = await runSeed(seed);
    expect(simulated.troubles, `Again: npm run simulate -- --seed ${seed}`).toEqual([]);
  }
}, 60_000);

test('the same seed takes the same turns', async () => {
  const [once, again] = [await runSeed(77), await runSeed(77)];
  expect(again.simulated).toEqual(once.simulated);
});

const mistakes: readonly { readonly name: keyof Mistakes; readonly says: RegExp }[] = [
  { name: 'sendsWithoutAsking', says: /paid twice/ },
  { name: 'confirmsBeforeHandOver', says: /was lost/ },
  { name: 'approvalsCoverAnything', says: /not what was approved/ },
];

test.each(mistakes)(
  'the mistake $name is found within 300 seeds, and its plan shrinks',
  async ({ name, says }) => {
    const seed = await firstFailing({ [name]: true }, seedsOf(1, 300));
    expect(seed, 'a seed that fails').not.toBeNull();
    const finding = await shrinkSeed(seed ?? 0, { [name]: true });
    expect(finding?.simulated.troubles.join(' ')).toMatch(says);
    expect(finding?.plan.faults.length).toBeLessThanOrEqual(8);
    // Without the mistake the same plan is harmless.
    expect((await runSeed(seed ?? 0)).simulated.troubles).toEqual([]);
  },
  60_000,
);
