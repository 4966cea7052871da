import { absolute, add, decimal, describeMoney, roundTo, subtract, toDecimal, type Money } from '#domain/money';
import type { MatchException } from '../types.ts';
import { describeDecimal } from '../wording.ts';
import { countryName, taxCountry, taxException, type TaxQuestion } from './tax-question.ts';
import { ratesCompiledOn } from './vat-rate-table.ts';
import { taxCountryOf, hasRate, vatRatesBetween, type VatRates } from './vat-rates.ts';

/** A supply may be billed later, at the rate of its day: so long after a change both rates may stand on an invoice without that day. */
const billedLateDays = 60;
/** A credit note takes back an invoice of years ago, at its rate. */
const creditedLateDays = 3 * 366;
/** A day of supply further off than this was read wrongly. */
const oddDays = 800;

/**
 * Whether every rate is one that the supplier's country had on the day of supply; where no rate is read, whether the tax is at most
 * what its highest rate gives. Says nothing where the country or its rates are not known.
 */
export function checkRates(question: TaxQuestion): MatchException[] {
  const country = taxCountry(question);
  const { from, to } = daysOf(question);
  const known = country === null ? null : ratesFor(question, country, from, to);
  if (country === null || known === null) return [];
  const used = usedRates(question);
  if (used.length === 0) return question.isTaxRead ? tooHigh(question, country, known) : [];
  return used
    .filter(({ rate }) => !hasRate(known, rate))
    .map(({ rate, line }) => {
      const expected = [...known.standard, ...known.others].map(String);
      const day = from === to ? `on ${to}` : `around ${to}`;
      return taxException('tax-rate', {
        line,
        expected: `${expected.slice(0, 5).join(' / ')} %`,
        found: `${rate} %`,
        message: `${rate} % is no tax rate of ${countryName(country)} ${day}; there it is ${listed(expected)} %.${elsewhere(question, rate, from, to)}${agedTable(to)}`,
      });
    });
}

/** A supplier may be registered elsewhere and charge that country's tax: rates of both its countries count. */
function ratesFor({ supplier }: TaxQuestion, country: string, from: string, to: string): VatRates | null {
  const known = vatRatesBetween(country, from, to);
  const home = supplier === null ? country : taxCountryOf(supplier.country);
  if (known === null || home === country) return known;
  const more = vatRatesBetween(home, from, to);
  if (more === null) return null;
  return {
    standard: [...known.standard, ...more.standard],
    others: [...known.others, ...more.others],
    special: [...known.special, ...more.special],
  };
}

/** Helps whoever looks: the rate may be another country's. */
function elsewhere({ own }: TaxQuestion, rate: number, from: string, to: string): string {
  const ours = own.country === null ? null : vatRatesBetween(own.country, from, to);
  return ours !== null && own.country !== null && ours.standard.includes(rate) ? ` It is the rate of ${countryName(own.country)}.` : '';
}

/** Changes that were decided later are not known: whoever is asked must know that too. */
function agedTable(day: string): string {
  return day > ratesCompiledOn ? ` Deskhand knows the rates as they stood on ${ratesCompiledOn}.` : '';
}

interface UsedRate {
  readonly rate: number;
  /** The first line at this rate; null where the breakdown says it. */
  readonly line: number | null;
}

/** Every rate once, of the breakdown if there is one, else of the lines and charges. Nought is another check's business. */
function usedRates({ invoice, statement }: TaxQuestion): UsedRate[] {
  const shares = (statement?.shares ?? []).flatMap(({ rate, category }) =>
    rate === null || (category !== null && category !== 'S') ? [] : [{ rate: Number(rate), line: null }],
  );
  const lines = [...invoice.lines, ...(invoice.charges ?? [])].flatMap((one) =>
    one.taxRate === null ? [] : [{ rate: Number(one.taxRate.toFixed()), line: 'position' in one ? one.position : null }],
  );
  const used = shares.length > 0 ? shares : invoice.tax.minor === 0n ? [] : lines;
  const distinct = new Map(used.toReversed().map((one) => [one.rate, one]));
  return [...distinct.values()].toReversed().filter(({ rate }) => rate !== 0 && !Number.isNaN(rate));
}

function tooHigh({ invoice }: TaxQuestion, country: string, known: VatRates): MatchException[] {
  const { net, tax, lines } = invoice;
  const highest = Math.max(...known.standard);
  if (net.minor <= 0n || tax.minor <= 0n) return [];
  const most = roundTo(toDecimal(net).times(highest).div(100), net.currency);
  if (subtract(tax, add(most, slackOf(lines.length, net.currency))).minor <= 0n) return [];
  const share = `${describeDecimal(decimal(toDecimal(tax).div(toDecimal(net)).times(100).round(1)))} %`;
  return [
    taxException('tax-rate', {
      expected: `at most ${describeMoney(most)}`,
      found: describeMoney(tax),
      difference: `+${describeMoney(absolute(subtract(tax, most)))}`,
      message: `Tax of ${describeMoney(tax)} on ${describeMoney(net)} is ${share}; the highest rate of ${countryName(country)} is ${highest} %.`,
    }),
  ];
}

/** Where each line is rounded by itself, half a coin for each, as in matching. */
export function slackOf(lines: number, currency: string): Money {
  return { minor: BigInt(Math.max(1, Math.ceil(lines / 2))), currency };
}

/** From the first to the last day whose rate may count. */
function daysOf({ invoice: { issuedOn, kind }, statement }: TaxQuestion): { readonly from: string; readonly to: string } {
  const { suppliedFrom, suppliedTo } = statement ?? { suppliedFrom: null, suppliedTo: null };
  const first = suppliedFrom ?? suppliedTo;
  const last = suppliedTo ?? suppliedFrom;
  const isLate = kind === 'credit-note' ? creditedLateDays : billedLateDays;
  if (first === null || last === null || first > last || isOdd(first, issuedOn) || isOdd(last, issuedOn))
    return { from: daysBefore(issuedOn, isLate), to: issuedOn };
  // Money asked for before the supply is taxed on its own day too.
  return { from: first < issuedOn ? first : issuedOn, to: last };
}

function isOdd(day: string, issuedOn: string): boolean {
  return day < daysBefore(issuedOn, oddDays) || day > daysBefore(issuedOn, -oddDays);
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** `21, 10 or 4`. */
function listed(texts: readonly string[]): string {
  const shown = texts.length > 5 ? texts.slice(0, 5) : texts;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}
