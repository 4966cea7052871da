import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { ChoiceProblem } from '#domain/ports';
import { createOptimizer } from './optimizer.ts';

const optimizer = createOptimizer();
afterAll(() => optimizer.close());

test('no choice beats the one found, by trying all of them (seed 20261201)', async () => {
  const amount = fc.integer({ min: 0, max: 90_000_000 });
  const problem = fc.integer({ min: 1, max: 2 }).chain((count) =>
    fc.record({
      capacities: fc.array(fc.integer({ min: 0, max: 150_000_000 }), { minLength: count, maxLength: count }),
      groups: fc.array(
        fc.array(
          fc.record({ worth: fc.integer({ min: -500_000, max: 500_000 }), uses: fc.array(amount, { minLength: count, maxLength: count }) }),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
        { minLength: 1, maxLength: 5 },
      ),
    }),
  );
  await fc.assert(
    fc.asyncProperty(problem, async (one) => {
      const found = await optimizer.choose(one);
      const best = bestOf(one);
      if (best === null) expect(found).toBeNull();
      else {
        expect(found).toMatchObject({ isBest: true });
        expect(worthOf(one, found?.chosen ?? [])).toBe(best);
      }
    }),
    { seed: 20261201, numRuns: 40 },
  );
});

/** Null where the choice breaks a capacity. */
function worthOf({ groups, capacities }: ChoiceProblem, chosen: readonly number[]): number | null {
  const options = groups.map((group, index) => group[chosen[index] ?? -1]);
  const isWithin = capacities.every((capacity, index) => options.reduce((sum, option) => sum + (option?.uses[index] ?? 0), 0) <= capacity);
  return isWithin ? options.reduce((sum, option) => sum + (option?.worth ?? 0), 0) : null;
}

function bestOf(problem: ChoiceProblem, chosen: readonly number[] = []): number | null {
  const group = problem.groups[chosen.length];
  if (group === undefined) return worthOf(problem, chosen);
  const found = group.flatMap((_option, place) => bestOf(problem, [...chosen, place]) ?? []);
  return found.length === 0 ? null : Math.max(...found);
}
