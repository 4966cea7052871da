/** A step-free rising curve through points: probability by score. */
export interface Calibration {
  readonly scores: readonly number[];
  readonly probabilities: readonly number[];
}

/** One prediction and whether it was right. */
export interface Outcome {
  readonly score: number;
  readonly isRight: boolean;
  /** How much it counts where curves are fitted. @default 1 */
  readonly weight?: number;
}

interface Pool {
  right: number;
  count: number;
  low: number;
  high: number;
}

/**
 * Isotonic regression (pool adjacent violators) on predictions that were made without seeing their document. Each pool is pulled towards
 * the whole by `prior` pretended outcomes, so that a few right ones never become certainty.
 */
export function fitIsotonic(outcomes: readonly Outcome[], prior = 2): Calibration {
  const sorted = outcomes.toSorted((a, b) => a.score - b.score);
  const [yes, all] = sorted.reduce(([right, count], { isRight, weight = 1 }) => [right + (isRight ? weight : 0), count + weight], [1, 2]);
  const whole = yes / all;
  const pools: Pool[] = [];
  for (const { score, isRight, weight = 1 } of sorted) {
    const last = pools.at(-1);
    if (last !== undefined && last.high === score) {
      last.right += isRight ? weight : 0;
      last.count += weight;
    } else pools.push({ right: isRight ? weight : 0, count: weight, low: score, high: score });
    mergeFalling(pools);
  }
  const points = pools.flatMap(({ right, count, low, high }) => {
    const probability = short((right + prior * whole) / (count + prior));
    return low === high
      ? [[low, probability] as const]
      : ([
          [low, probability],
          [high, probability],
        ] as const);
  });
  return { scores: points.map(([score]) => short(score)), probabilities: rising(points.map(([, probability]) => probability)) };
}

function mergeFalling(pools: Pool[]): void {
  for (;;) {
    const [before, last] = [pools.at(-2), pools.at(-1)];
    if (before === undefined || last === undefined || before.right / before.count < last.right / last.count) return;
    pools.splice(-2, 2, {
      right: before.right + last.right,
      count: before.count + last.count,
      low: before.low,
      high: last.high,
    });
  }
}

/** The pull towards the whole may bend small pools below their forerunners. */
function rising(probabilities: readonly number[]): number[] {
  let highest = 0;
  return probabilities.map((probability) => (highest = Math.max(highest, probability)));
}

function short(value: number): number {
  return Number(value.toFixed(5));
}

/** The probability that belongs to a score; between points on a straight line. */
export function calibrated({ scores, probabilities }: Calibration, score: number): number {
  const next = scores.findIndex((known) => known >= score);
  if (next < 0) return probabilities.at(-1) ?? score;
  const [high, highProbability] = [scores[next] as number, probabilities[next] as number];
  if (next === 0 || high === score) return highProbability;
  const [low, lowProbability] = [scores[next - 1] as number, probabilities[next - 1] as number];
  return lowProbability + ((highProbability - lowProbability) * (score - low)) / (high - low);
}

/** A tenth of the scale: how sure, how often right. */
export interface ReliabilityBin {
  readonly count: number;
  readonly confidence: number;
  readonly accuracy: number;
}

/** The reliability diagram in figures, by tenths of confidence. */
export function reliability(outcomes: readonly Outcome[]): ReliabilityBin[] {
  const bins = Map.groupBy(outcomes, ({ score }) => Math.min(9, Math.floor(score * 10)));
  return [...bins]
    .toSorted(([a], [b]) => a - b)
    .map(([, own]) => ({
      count: own.length,
      confidence: own.reduce((sum, { score }) => sum + score, 0) / own.length,
      accuracy: own.filter(({ isRight }) => isRight).length / own.length,
    }));
}

/** Expected calibration error: the mean distance of confidence and accuracy over the bins. */
export function calibrationError(outcomes: readonly Outcome[]): number {
  const all = Math.max(1, outcomes.length);
  return reliability(outcomes).reduce((sum, { count, confidence, accuracy }) => sum + (count / all) * Math.abs(confidence - accuracy), 0);
}
