import { decimal } from '#domain/money';
import type { Decimal } from '#domain/money';
import type { PrintedNumber } from './propose-amounts.ts';
import type { TotalCandidate, TotalCandidates } from './propose-totals.ts';

/** One way to read the totals. */
export interface TotalsChoice {
  readonly net: TotalCandidate | null;
  readonly tax: TotalCandidate | null;
  readonly gross: TotalCandidate | null;
  /** Value of a net that is not printed but follows from discounts and charges that are. */
  readonly derivedNet: string | null;
  /** Value of a tax that is printed only rate by rate. */
  readonly derivedTax: string | null;
  readonly score: number;
  readonly closure: Closure;
}

/** Which equations hold on printed values. */
export interface Closure {
  /** net + tax = gross over three amounts printed in three places, none of them nought. */
  readonly sum: boolean;
  /** The same with tax nought or absent: net and gross merely agree. */
  readonly equal: boolean;
  /** All three are printed and do not add up. */
  readonly broken: boolean;
  /** The lines add up to the net (or to the gross where prices include tax). */
  readonly lines: 'net' | 'gross' | null;
  /** net × a printed rate = tax. */
  readonly rate: string | null;
}

const nothing: Closure = { sum: false, equal: false, broken: false, lines: null, rate: null };
const cent = decimal('0.005');
const width = 7;

/** Chooses net, tax and gross together: the labels' likelihoods plus what the document's own arithmetic confirms. */
export function solveTotals(candidates: TotalCandidates, linesSum: string | null): TotalsChoice {
  const nets = best(candidates.net);
  const taxes = best(candidates.tax);
  const grosses = best([...candidates.gross, ...fromTender(candidates)]);
  let winner: TotalsChoice = { net: null, tax: null, gross: null, derivedNet: null, derivedTax: null, score: 0, closure: nothing };
  for (const gross of [null, ...grosses]) {
    for (const tax of [null, ...taxes]) {
      for (const net of [null, ...nets]) {
        const choice = weigh(net, tax, gross, candidates, linesSum);
        if (choice !== null && choice.score > winner.score) winner = choice;
      }
    }
  }
  return withDerived(winner, candidates);
}

/** The likeliest candidates, one per printed value and place. */
function best(all: readonly TotalCandidate[]): TotalCandidate[] {
  const byNumber = new Map<PrintedNumber, TotalCandidate>();
  for (const candidate of all) {
    const known = byNumber.get(candidate.number);
    if (known === undefined || known.score < candidate.score) byNumber.set(candidate.number, candidate);
  }
  const sorted = [...byNumber.values()].toSorted((a, b) => b.score - a.score);
  const perValue = new Map<string, number>();
  return sorted
    .filter(({ value }) => {
      const seen = (perValue.get(value) ?? 0) + 1;
      perValue.set(value, seen);
      return seen <= 2;
    })
    .slice(0, width);
}

/** Cash given less change is what was paid. */
function fromTender({ tendered, gross }: TotalCandidates): TotalCandidate[] {
  const found: TotalCandidate[] = [];
  for (const candidate of gross) {
    const closes = tendered.some((cash) => tendered.some((change) => cash !== change && decimal(cash.value).minus(decimal(change.value).abs()).eq(decimal(candidate.value)) && !decimal(change.value).eq(0)));
    if (closes) found.push({ ...candidate, score: Math.min(0.98, candidate.score + 0.3), reason: `${candidate.reason} What was given less the change agrees.` });
  }
  return found;
}

function weigh(net: TotalCandidate | null, tax: TotalCandidate | null, gross: TotalCandidate | null, candidates: TotalCandidates, linesSum: string | null): TotalsChoice | null {
  if ((net !== null && (net.number === gross?.number || net.number === tax?.number)) || (tax !== null && tax.number === gross?.number)) return null;
  const closure = close(net, tax, gross, candidates, linesSum);
  let score = gain(net) + gain(tax) * 0.9 + gain(gross) * 1.1;
  if (closure.sum) score += 1.7;
  else if (closure.equal) score += tax === null ? 0.35 : 0.55;
  if (closure.broken) score -= 1.9;
  if (closure.lines === 'net') score += 1.1;
  if (closure.lines === 'gross') score += 0.5;
  if (closure.rate !== null && closure.sum) score += 0.5;
  if (net !== null && gross !== null && !closure.sum && !closure.equal && tax === null) score -= isPlausiblePair(net.value, gross.value) ? 0.25 : 1.2;
  if (tax !== null && gross !== null && decimal(tax.value).abs().gt(decimal(gross.value).abs().times(0.5))) score -= 2;
  if (tax !== null && gross === null && net === null) score -= 0.8;
  return { net, tax, gross, derivedNet: null, derivedTax: null, score, closure };
}

function gain(candidate: TotalCandidate | null): number {
  return candidate === null ? 0 : candidate.score * 2 - 0.5;
}

/** A gross with unprinted tax lies at most a third above its net; below it there must be a discount. */
function isPlausiblePair(net: string, gross: string): boolean {
  const ratio = decimal(net).eq(0) ? 0 : Number(decimal(gross).div(decimal(net)).toFixed(6));
  return ratio > 0.99 && ratio < 1.33;
}

function close(net: TotalCandidate | null, tax: TotalCandidate | null, gross: TotalCandidate | null, candidates: TotalCandidates, linesSum: string | null): Closure {
  const taxIsZero = tax === null || decimal(tax.value).eq(0);
  let sum = false;
  let equal = false;
  let broken = false;
  if (net !== null && gross !== null) {
    const adds = agrees(decimal(net.value).plus(decimal(tax?.value ?? '0')), gross.value);
    sum = adds && !taxIsZero;
    equal = adds && taxIsZero;
    broken = !adds && tax !== null;
  }
  return { sum, equal, broken, lines: closeLines(net, tax, gross, linesSum), rate: net === null || tax === null ? null : rateOf(net.value, tax.value, candidates.rates) };
}

function closeLines(net: TotalCandidate | null, tax: TotalCandidate | null, gross: TotalCandidate | null, linesSum: string | null): Closure['lines'] {
  if (linesSum === null) return null;
  if (net !== null && agrees(decimal(linesSum), net.value)) return 'net';
  return gross !== null && agrees(decimal(linesSum), gross.value) && (net === null || tax !== null) ? 'gross' : null;
}

function agrees(sum: Decimal, printed: string): boolean {
  return sum.minus(decimal(printed)).abs().lt(cent);
}

/** The printed rate that makes this tax of this net, to the cent. */
export function rateOf(net: string, tax: string, rates: readonly string[]): string | null {
  if (decimal(net).eq(0) || decimal(tax).eq(0)) return null;
  return rates.find((rate) => decimal(net).times(decimal(rate)).div(100).minus(decimal(tax)).abs().lte(decimal('0.01'))) ?? null;
}

/** Fills in a net that discounts and charges explain, and a tax that is printed rate by rate, where the sum then closes. */
function withDerived(choice: TotalsChoice, candidates: TotalCandidates): TotalsChoice {
  const { gross, tax, net } = choice;
  if (gross === null || choice.closure.sum || choice.closure.equal) return choice;
  const parts = perRate(candidates.tax);
  if (net !== null && parts.length > 1) {
    const total = parts.reduce((left, part) => left.plus(decimal(part.value)), decimal('0'));
    if (agrees(decimal(net.value).plus(total), gross.value) && !total.eq(0)) {
      return { ...choice, tax: null, derivedTax: total.toFixed(2), closure: { ...choice.closure, sum: true, broken: false } };
    }
  }
  const base = net ?? candidates.net[0] ?? null;
  if (base === null || candidates.adjustments.length === 0) return choice;
  const target = decimal(gross.value).minus(decimal(tax?.value ?? '0'));
  const closes = someSubset(candidates.adjustments.slice(0, 5), target.minus(decimal(base.value)));
  return closes ? { ...choice, net: null, derivedNet: target.toFixed(2), closure: { ...choice.closure, sum: tax !== null, equal: tax === null, broken: false } } : choice;
}

/** Tax rows of different rates, one each, zero rows left out. */
function perRate(taxes: readonly TotalCandidate[]): TotalCandidate[] {
  const rows = new Map<number, TotalCandidate>();
  for (const candidate of taxes) {
    const known = rows.get(candidate.number.row.index);
    if (candidate.score > 0.6 && (known === undefined || known.score < candidate.score)) rows.set(candidate.number.row.index, candidate);
  }
  return [...rows.values()];
}

function someSubset(parts: readonly TotalCandidate[], target: Decimal): boolean {
  for (let mask = 1; mask < 1 << parts.length; mask += 1) {
    const sum = parts.reduce((left, part, index) => ((mask >> index) % 2 === 1 ? left.plus(decimal(part.value)) : left), decimal('0'));
    if (sum.minus(target).abs().lt(cent)) return true;
  }
  return false;
}
