import fc from 'fast-check';
import { plans, type Mistakes, type Plan } from './plan.ts';
import { simulate, type Simulated } from './simulate.ts';

/** A plan that fails, as small as it was found. */
export interface Finding {
  readonly plan: Plan;
  readonly simulated: Simulated;
}

/** Runs the plan of a seed. */
export async function runSeed(seed: number, mistakes: Mistakes = {}): Promise<Finding> {
  let finding: Finding | null = null;
  await fc.check(
    fc.asyncProperty(plans, async (plan) => {
      finding = { plan, simulated: await simulate(plan, mistakes) };
    }),
    { seed, numRuns: 1 },
  );
  if (finding === null) throw new Error(`fast-check made no plan of seed ${seed}.`);
  return finding;
}

/** Takes papers and faults out of the plan of a failing seed for as long as it still fails. @returns null when it does not fail */
export async function shrinkSeed(seed: number, mistakes: Mistakes = {}): Promise<Finding | null> {
  let smallest: Finding | null = null;
  await fc.check(
    fc.asyncProperty(plans, async (plan) => {
      const simulated = await simulate(plan, mistakes);
      // The last that failed is the smallest: fast-check goes on from each plan that fails.
      if (simulated.troubles.length > 0) smallest = { plan, simulated };
      return simulated.troubles.length === 0;
    }),
    { seed, numRuns: 1 },
  );
  return smallest;
}
