/** What may be done with one thing: what it is worth, and how much of each capacity it uses. Whole numbers below 2^53. */
export interface Option {
  readonly worth: number;
  /** A number for each capacity, zero or more. */
  readonly uses: readonly number[];
}

/** Exactly one option of each group, no capacity exceeded, worth as much as possible (multiple-choice knapsack). */
export interface ChoiceProblem {
  readonly groups: readonly (readonly Option[])[];
  readonly capacities: readonly number[];
}

/** Solves integer programs. */
export interface Optimizer {
  /**
   * The place of the option chosen in each group; null when no choice fits.
   * `isBest` is false where the time ran out and a better choice may exist.
   */
  choose(problem: ChoiceProblem): Promise<{ readonly chosen: readonly number[]; readonly isBest: boolean } | null>;
}
