/** Below so many decided tasks of a kind nothing is said: a share of fewer moves by more than 5 points with each one. */
const enoughHistory = 20;

// Of those, this many must have taken longer than this one has by now; else the share is of nearly nothing.
const enoughSurvivors = 5;

export type LatenessPrediction =
  | { readonly kind: 'not-enough-history'; readonly has: number; readonly needs: number }
  | {
      readonly kind: 'predicted';
      /** Share of comparable tasks, those that were open as long as this one is now, that would have missed its deadline. */
      readonly probability: number;
      readonly isLikelyLate: boolean;
      /** Half of all were decided within this working time. */
      readonly medianMs: number;
      /** Nine of ten. */
      readonly slowMs: number;
      readonly basedOn: number;
    };

/**
 * Whether a task will be late, by the organization's own history. Counts and quantiles only, so that one task that lay
 * for a year moves nothing.
 *
 * @param history - working time to decision of earlier tasks of this kind (and person), in any order.
 * @param elapsedMs - working time this one has been open, without pauses.
 * @param leftMs - working time until it is due.
 */
export function predictLateness(history: readonly number[], elapsedMs: number, leftMs: number): LatenessPrediction {
  const survivors = history.filter((ms) => ms > elapsedMs);
  if (history.length < enoughHistory || survivors.length < enoughSurvivors) {
    const [has, needs] = history.length < enoughHistory ? [history.length, enoughHistory] : [survivors.length, enoughSurvivors];
    return { kind: 'not-enough-history', has, needs };
  }
  const late = survivors.filter((ms) => ms > elapsedMs + leftMs).length;
  // Laplace's rule: no share of a finite history is exactly never or always.
  const probability = (late + 1) / (survivors.length + 2);
  const sorted = history.toSorted((one, other) => one - other);
  return {
    kind: 'predicted',
    probability,
    isLikelyLate: probability >= 0.5,
    medianMs: quantile(sorted, 0.5),
    slowMs: quantile(sorted, 0.9),
    basedOn: history.length,
  };
}

/** Between the two nearest ranks (the definition of R's type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}
