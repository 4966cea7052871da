import { seededRandom } from '../support/random.ts';

/** Draws that follow from a seed, so that an input can be made again. */
export interface Chance {
  /** Whole number from 0 to below `bound`. */
  below(bound: number): number;
  oneOf<T>(items: readonly T[]): T;
  /** True in `share` of all draws, 0–1. */
  happens(share: number): boolean;
}

/** The draws of one input of one run. */
export function chanceOf(seed: number, index: number): Chance {
  const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const below = (bound: number): number => Math.floor(random() * bound);
  return {
    below,
    oneOf: <T>(items: readonly T[]): T => items[below(items.length)] as T,
    happens: (share) => random() < share,
  };
}
