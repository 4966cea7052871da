import { seededRandom } from '../../src/app/sample-office/random.ts';

/** Choices that follow from a seed: the same questions in the same order get the same answers. */
export interface Dice {
  /** 0–1. */
  readonly next: () => number;
  readonly chance: (share: number) => boolean;
  /** A whole number, both ends included. */
  readonly between: (least: number, most: number) => number;
  readonly pick: <T>(all: readonly T[]) => T;
  /** By weights. */
  readonly weighted: <T>(all: readonly (readonly [T, number])[]) => T;
  readonly shuffled: <T>(all: readonly T[]) => T[];
  readonly digits: (count: number) => string;
}

export function diceFrom(seed: number): Dice {
  const random = seededRandom(seed);
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  return {
    next: random,
    chance: (share) => random() < share,
    between,
    pick,
    weighted: (all) => {
      let left = random() * all.reduce((sum, [, weight]) => sum + weight, 0);
      const found = all.find(([, weight]) => (left -= weight) < 0) ?? all.at(-1);
      return (found as (typeof all)[number])[0];
    },
    shuffled: (all) =>
      all
        .map((one) => ({ one, rank: random() }))
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ one }) => one),
    digits: (count) => Array.from({ length: count }, (_, index) => String(between(index === 0 ? 1 : 0, 9))).join(''),
  };
}
