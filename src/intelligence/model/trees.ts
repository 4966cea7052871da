/** One decision tree in flat arrays. A node with `feature` -1 is a leaf and holds its value; the others hold their threshold. */
export interface Tree {
  readonly feature: readonly number[];
  /** Threshold of a branch, log-odds of a leaf. */
  readonly value: readonly number[];
  /** Where a branch goes when the feature is at most the threshold, or missing; the other side is the next index. */
  readonly left: readonly number[];
}

/** A boosted ensemble for a yes or no: log-odds are the bias and one leaf of each tree. */
export interface Ensemble {
  readonly bias: number;
  readonly trees: readonly Tree[];
}

/** Probability of yes for one row of features. */
export function probability(ensemble: Ensemble, row: ArrayLike<number>): number {
  return sigmoid(ensemble.trees.reduce((sum, tree) => sum + leafOf(tree, row), ensemble.bias));
}

export function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

function leafOf({ feature, value, left }: Tree, row: ArrayLike<number>): number {
  let node = 0;
  for (;;) {
    const column = feature[node] as number;
    if (column < 0) return value[node] as number;
    // A missing value (NaN) compares as false and goes left, as in training.
    node = (left[node] as number) + ((row[column] as number) > (value[node] as number) ? 1 : 0);
  }
}
