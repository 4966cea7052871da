import { ratePeriods, specialRates, taxedLike, type RatePeriod } from './vat-rate-table.ts';

/** Percent. */
export interface VatRates {
  /** Highest first; more than one where a change lies within the days asked about. */
  readonly standard: readonly number[];
  /** Reduced, super-reduced and parking rates. */
  readonly others: readonly number[];
  /** Of regions and flat-rate schemes; and 0, which exports have everywhere. */
  readonly special: readonly number[];
}

/** The country by whose table it is taxed: `MC` is `FR`, `EL` is `GR`. */
export function taxCountryOf(country: string): string {
  return taxedLike[country.toUpperCase()] ?? country.toUpperCase();
}

/**
 * Every VAT rate that held in a country on some day between two days, both included.
 *
 * @param country - ISO 3166-1 alpha-2, or as VAT ids begin.
 * @returns null where the table knows nothing of that country, or not of those days.
 */
export function vatRatesBetween(country: string, from: string, to: string): VatRates | null {
  const key = taxCountryOf(country);
  const periods = ratePeriods[key] ?? [];
  const [first] = periods;
  if (first === undefined || from < first[0]) return null;
  const held = periods.filter(([since], index) => since <= to && (periods[index + 1]?.[0] ?? '9999') > from);
  return {
    standard: distinct(held.map(([, standard]) => standard)),
    others: distinct(held.flatMap(othersOf)),
    special: distinct([...(specialRates[key] ?? []), 0]),
  };
}

function othersOf([, , ...others]: RatePeriod): readonly number[] {
  return others;
}

/** Whether a rate is one of them. */
export function hasRate({ standard, others, special }: VatRates, rate: number): boolean {
  return [standard, others, special].some((rates) => rates.includes(rate));
}

function distinct(rates: readonly number[]): number[] {
  return [...new Set(rates)].toSorted((one, other) => other - one);
}
