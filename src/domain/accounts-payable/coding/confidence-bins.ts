/** Lower edges of the bins of a raw score; the last bin goes to 1. */
const edges = [0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999] as const;
/** How many outcomes the assumption at the start counts for in each bin. */
const assumed = 4;
/** What happened some 500 predictions ago counts half: offices change. */
const keep = 0.9986;

/** How often scores of each size came true: what makes a raw score a probability. Changed by `observe`. */
export interface ConfidenceBins {
  readonly hits: number[];
  readonly totals: number[];
}

/** @param share - how much of the raw score is believed before anything was observed, 0–1. */
export function newBins(share: number): ConfidenceBins {
  const middles = edges.map((edge, index) => (edge + (edges[index + 1] ?? 1)) / 2);
  return { hits: middles.map((middle) => middle * share * assumed), totals: edges.map(() => assumed) };
}

/** Notes whether a prediction with this raw score came true. */
export function observe({ hits, totals }: ConfidenceBins, score: number, isHit: boolean): void {
  const bin = binOf(score);
  hits[bin] = (hits[bin] ?? 0) * keep + (isHit ? 1 : 0);
  totals[bin] = (totals[bin] ?? 0) * keep + 1;
}

/** The share of hits at this raw score, never falling as scores rise (pool adjacent violators). */
export function calibrated({ hits, totals }: ConfidenceBins, score: number): number {
  const pools: { hits: number; total: number; last: number }[] = [];
  totals.forEach((total, bin) => {
    let pool = { hits: hits[bin] ?? 0, total, last: bin };
    for (let before = pools.at(-1); before !== undefined && before.hits / before.total >= pool.hits / pool.total; before = pools.at(-1)) {
      pools.pop();
      pool = { hits: before.hits + pool.hits, total: before.total + pool.total, last: bin };
    }
    pools.push(pool);
  });
  const bin = binOf(score);
  const own = pools.find(({ last }) => last >= bin);
  return own === undefined ? 0 : own.hits / own.total;
}

function binOf(score: number): number {
  return edges.findLastIndex((edge) => score >= edge);
}
