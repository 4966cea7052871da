import { seededRandom } from '../../tests/support/random.ts';

/** Draws of one case, the same for the same seed. */
export interface Chance {
  /** A whole number, both ends included. */
  readonly whole: (least: number, most: number) => number;
  readonly pick: <T>(choices: readonly T[]) => T;
  readonly shuffled: <T>(values: readonly T[]) => T[];
  readonly isHeads: (probability?: number) => boolean;
}

export function chanceOf(seed: number): Chance {
  const random = seededRandom(seed);
  const whole = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  return {
    whole,
    pick: <T>(choices: readonly T[]): T => choices[whole(0, choices.length - 1)] as T,
    shuffled: (values) =>
      values
        .map((value) => ({ value, rank: random() }))
        .toSorted((left, right) => left.rank - right.rank)
        .map(({ value }) => value),
    isHeads: (probability = 0.5) => random() < probability,
  };
}
