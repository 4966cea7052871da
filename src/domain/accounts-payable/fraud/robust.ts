/** The middle value; of an even number the mean of the middle two. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

/** Makes the median deviation of a normal distribution its standard deviation. */
const NORMAL = 1.4826;

/**
 * How many usual deviations a value lies from the middle: median and median absolute deviation, which one outlier among
 * the past does not move.
 *
 * @param least - deviation that is assumed at least, so that a row of equal values does not make the next cent a wonder.
 */
export function deviationsFrom(value: number, past: readonly number[], least: number): number {
  const middle = median(past);
  const spread = NORMAL * median(past.map((one) => Math.abs(one - middle)));
  return (value - middle) / Math.max(spread, least);
}
