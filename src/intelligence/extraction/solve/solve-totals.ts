import { decimal } from '#domain/money';
import type { PrintedNumber } from '../propose/propose-amounts.ts';
import type { TotalCandidate, TotalCandidates } from '../propose/propose-totals.ts';

/** One way to read the totals. */
export interface TotalsChoice {
  readonly net: TotalCandidate | null;
  readonly tax: TotalCandidate | null;
  readonly gross: TotalCandidate | null;
  readonly score: number;
  readonly closure: Closure;
}

/** Which equations hold on printed values. */
export interface Closure {
  /** net + tax = gross over amounts printed in different places, tax not nought. */
  readonly sum: boolean;
  /** The same with tax nought or absent: net and gross merely agree. */
  readonly equal: boolean;
  /** Discounts, charges, tips or rounding that are printed too explain what is between net + tax and gross. */
  readonly adjusted: readonly TotalCandidate[];
  /** The tax is the part of the gross that a printed rate makes: prices include it. */
  readonly included: boolean;
  /** All three are printed and do not add up. */
  readonly broken: boolean;
  /** The lines add up to the net, or to the gross where prices include tax. */
  readonly lines: 'net' | 'gross' | null;
  /** The printed rate by which the tax follows from the net. */
  readonly rate: string | null;
  /** Another amount is labelled as the total at least as well, and is larger. */
  readonly rival: boolean;
}

const nothing: Closure = { sum: false, equal: false, adjusted: [], included: false, broken: false, lines: null, rate: null, rival: false };
const width = 7;

/** Amounts in thousandths: whole numbers, so that comparing thousands of combinations stays exact and quick. */
function thousandths(value: string): number {
  return Math.round(Number(value) * 1000);
}

/**
 * Chooses net, tax and gross together: the labels' likelihoods plus what the document's own arithmetic confirms. `receipt` holds the
 * numbers of a receipt, where the last sum is after rounding; null for other documents.
 */
export function solveTotals(candidates: TotalCandidates, linesSum: string | null, receipt: readonly PrintedNumber[] | null): TotalsChoice {
  const nets = best(candidates.net);
  const taxes = [...best(candidates.tax), ...perRateSums(candidates.tax)];
  const grosses = best(supported(candidates));
  const context = { candidates, grosses, lines: linesSum === null ? null : thousandths(linesSum) };
  let winner: TotalsChoice = { net: null, tax: null, gross: null, score: 0, closure: nothing };
  for (const gross of [null, ...grosses]) {
    for (const tax of [null, ...taxes]) {
      for (const net of [null, ...nets]) {
        if (sharesNumber(net, gross) || sharesNumber(net, tax) || sharesNumber(tax, gross)) continue;
        const choice = weigh(net, tax, gross, context);
        if (choice.score > winner.score) winner = choice;
      }
    }
  }
  return receipt === null ? afterDiscount(winner, candidates.rates) : afterRounding(winner, candidates, receipt);
}

function sharesNumber(a: TotalCandidate | null, b: TotalCandidate | null): boolean {
  return a !== null && b !== null && a.numbers.some((number) => b.numbers.includes(number));
}

/** The likeliest candidates, one per printed place, at most two per value. */
function best(all: readonly TotalCandidate[]): TotalCandidate[] {
  const byNumber = new Map<PrintedNumber | undefined, TotalCandidate>();
  for (const candidate of all) {
    const known = byNumber.get(candidate.numbers[0]);
    if (known === undefined || known.score < candidate.score) byNumber.set(candidate.numbers[0], candidate);
  }
  const perValue = new Map<string, number>();
  return [...byNumber.values()]
    .toSorted((a, b) => b.score - a.score)
    .filter(({ value }) => {
      const seen = (perValue.get(value) ?? 0) + 1;
      perValue.set(value, seen);
      return seen <= 2;
    })
    .slice(0, width);
}

/**
 * A tax that is printed only rate by rate, or as state and city tax: the rows together. Where each row is printed twice,
 * beside its label and in a table of rates, each counts once.
 */
function perRateSums(taxes: readonly TotalCandidate[]): TotalCandidate[] {
  const rows = new Map<number, TotalCandidate>();
  for (const candidate of taxes) {
    const row = candidate.numbers[0]?.row.index ?? -1;
    const known = rows.get(row);
    if (candidate.score > 0.6 && thousandths(candidate.value) !== 0 && (known === undefined || known.score < candidate.score))
      rows.set(row, candidate);
  }
  const parts = [...rows.values()];
  const distinct = [...new Map(parts.map((part) => [part.value, part])).values()];
  const once = [distinct, ...Map.groupBy(parts, (part) => part.reason.startsWith('Stands beside')).values()]
    .filter((some) => some.length < parts.length)
    .flatMap(together)
    .map((sum) => ({ ...sum, score: countedOnce }));
  return [...together(parts), ...allRates(parts), ...new Map(once.map((sum) => [sum.value, sum])).values()];
}

/** Where every row names a rate of its own, each is a part and no row is the whole. */
function allRates(parts: readonly TotalCandidate[]): TotalCandidate[] {
  const rates = parts.map(({ numbers }) => /(\d+(?:[.,]\d+)?) ?%/.exec(numbers[0]?.row.text ?? '')?.[1]);
  const isEach = rates.every((rate) => rate !== undefined) && new Set(rates).size === parts.length;
  return isEach ? together(parts).map((sum) => ({ ...sum, score: 0.87 })) : [];
}

/** Marks a guess that some rows repeat others: it counts only where plainly labelled totals bear it out. */
const countedOnce = 0.59;

function together(parts: readonly TotalCandidate[]): TotalCandidate[] {
  if (parts.length < 2 || parts.length > 5) return [];
  const sum = parts.reduce((left, part) => left.plus(decimal(part.value)), decimal('0'));
  return [
    {
      value: sum.toFixed(2),
      numbers: parts.flatMap((part) => part.numbers),
      score: 0.6,
      reason: 'The tax of all rates together.',
      labelText: parts[0]?.labelText ?? '',
    },
  ];
}

/** What was given less the change, or a card payment of just this sum, speaks for a total. */
function supported({ gross, tendered }: TotalCandidates): TotalCandidate[] {
  const paid = tendered.map(({ value }) => Math.abs(thousandths(value)));
  return gross.map((candidate) => {
    const value = Math.abs(thousandths(candidate.value));
    const byChange = paid.some((cash) => paid.some((change) => change > 0 && cash - change === value && cash !== change));
    const byCard = paid.includes(value);
    const again = gross.some((other) => other.numbers[0]?.row !== candidate.numbers[0]?.row && other.value === candidate.value);
    const isTender = tendered.some((one) => one.numbers[0] === candidate.numbers[0]);
    const extra = isTender ? 0 : (byChange ? 0.22 : byCard ? 0.12 : 0) + (again ? 0.05 : 0);
    return extra === 0 || value === 0
      ? candidate
      : {
          ...candidate,
          score: Math.min(0.99, candidate.score + extra),
          reason: byChange ? `${candidate.reason} What was given less the change agrees.` : candidate.reason,
        };
  });
}

interface Context {
  readonly candidates: TotalCandidates;
  readonly grosses: readonly TotalCandidate[];
  readonly lines: number | null;
}

function weigh(net: TotalCandidate | null, tax: TotalCandidate | null, gross: TotalCandidate | null, context: Context): TotalsChoice {
  const closure = close(net, tax, gross, context);
  let score = gain(net) + gain(tax) * 0.9 + gain(gross) * 1.5;
  if (closure.adjusted.length > 0) score += 1.0 - 0.15 * closure.adjusted.length;
  else if (closure.sum) score += 1.7;
  else if (closure.equal) score += tax === null ? 0.35 : 0.55;
  // Where all three are plainly labelled the document itself is wrong: its figures stay, and the contradiction is said.
  if (closure.included) score += 0.7;
  if (closure.broken) score -= Math.min(net?.score ?? 0, tax?.score ?? 0, gross?.score ?? 0) >= 0.75 ? 0.9 : 1.4;
  if (closure.lines !== null) score += closure.lines === 'net' ? 1.1 : 0.5;
  if (closure.rate !== null) score += closure.sum ? 0.5 : 0.15;
  if (closure.rival) score -= 0.9;
  if (tax?.score === countedOnce && !(closure.sum && (net?.score ?? 0) >= 0.6 && (gross?.score ?? 0) >= 0.75)) score -= 3;
  // A plain “total” is the net only where tax on top of it makes another total.
  if (net !== null && net.score < 0.3 && !closure.sum) score -= 3;
  return { net, tax, gross, score: score - implausibility(net, tax, gross, closure), closure };
}

function gain(candidate: TotalCandidate | null): number {
  return candidate === null ? 0 : candidate.score * 2 - 0.5;
}

/** Without an equation the sizes must at least make sense: no tax of half the total, no net far above the gross. */
function implausibility(net: TotalCandidate | null, tax: TotalCandidate | null, gross: TotalCandidate | null, closure: Closure): number {
  let penalty = 0;
  const size = (one: TotalCandidate | null): number => (one === null ? 0 : Math.abs(thousandths(one.value)));
  const whole = size(gross) || size(net);
  if (tax !== null && whole > 0 && size(tax) > whole * 0.4) penalty += 2;
  if (tax !== null && gross === null && net === null) penalty += 0.8;
  if (net !== null && gross !== null && tax === null && !closure.equal && closure.adjusted.length === 0) {
    const ratio = size(net) === 0 ? 0 : size(gross) / size(net);
    penalty += ratio > 0.99 && ratio < 1.33 ? 0.25 : 1.3;
  }
  if (gross !== null && size(gross) === 0 && size(net) > 0) penalty += 2;
  return penalty;
}

function close(
  net: TotalCandidate | null,
  tax: TotalCandidate | null,
  gross: TotalCandidate | null,
  { candidates, grosses, lines }: Context,
): Closure {
  const netValue = net === null ? null : thousandths(net.value);
  const taxValue = tax === null ? 0 : thousandths(tax.value);
  const grossValue = gross === null ? null : thousandths(gross.value);
  const gap = netValue === null || grossValue === null ? null : grossValue - netValue - taxValue;
  const adjusted = gap === null || Math.abs(gap) < 5 ? [] : explaining(candidates.adjustments, gap, [net, tax, gross]);
  const closes = gap !== null && (Math.abs(gap) < 5 || adjusted.length > 0);
  const included =
    taxValue !== 0 &&
    grossValue !== null &&
    !closes &&
    candidates.rates.some((percent) => Math.abs((grossValue * Number(percent)) / (100 + Number(percent)) - taxValue) <= 15);
  const rate =
    netValue === null || taxValue === 0
      ? null
      : (candidates.rates.find((percent) => Math.abs((netValue * Number(percent)) / 100 - taxValue) <= 10) ?? null);
  return {
    sum: closes && taxValue !== 0,
    equal: closes && taxValue === 0,
    adjusted,
    included,
    broken: gap !== null && !closes && !included && tax !== null,
    lines:
      lines === null
        ? null
        : netValue !== null && Math.abs(lines - netValue) < 5
          ? 'net'
          : grossValue !== null && Math.abs(lines - grossValue) < 5 && (net === null || tax !== null)
            ? 'gross'
            : null,
    rate,
    rival: gross !== null && (hasRival(gross, grosses, candidates, adjusted) || (tax === null && net !== null && leavesTax(candidates))),
  };
}

/** A plainly labelled tax that this reading has no place for. */
function leavesTax({ tax }: TotalCandidates): boolean {
  return tax.some((one) => one.score >= 0.8 && thousandths(one.value) !== 0);
}

/** A larger amount labelled as the total at least as well, unless a previous balance or the like is printed as a mere amount due. */
function hasRival(
  gross: TotalCandidate,
  grosses: readonly TotalCandidate[],
  candidates: TotalCandidates,
  adjusted: readonly TotalCandidate[],
): boolean {
  const value = Math.abs(thousandths(gross.value));
  return grosses.some((other) => {
    const rival = Math.abs(thousandths(other.value));
    if (rival <= value * 1.002 + 60 || other.score < 0.7 || other.score < gross.score - 0.04) return false;
    const between = rival - value;
    // A discount or a prepayment makes the larger one the sum before it; a tip or a charge makes it the sum after.
    const lessening = candidates.adjustments.filter((one) => thousandths(one.value) < 0);
    const isExplained = [...lessening, ...candidates.prepaid].some(
      (one) => !adjusted.includes(one) && Math.abs(Math.abs(thousandths(one.value)) - between) < 5,
    );
    return !isExplained;
  });
}

/** The smallest set of printed adjustments that fills the gap. */
function explaining(adjustments: readonly TotalCandidate[], gap: number, taken: readonly (TotalCandidate | null)[]): TotalCandidate[] {
  const parts = adjustments.filter((one) => thousandths(one.value) !== 0 && !taken.some((other) => sharesNumber(one, other))).slice(0, 5);
  let found: TotalCandidate[] = [];
  for (let mask = 1; mask < 1 << parts.length; mask += 1) {
    const chosen = parts.filter((_, index) => (mask >> index) % 2 === 1);
    if (found.length > 0 && chosen.length >= found.length) continue;
    const sum = chosen.reduce((left, part) => left + thousandths(part.value), 0);
    if (Math.abs(sum - gap) < 5) found = chosen;
  }
  return found;
}

const roundingLabel = /round|rund|arrond|redond|arroton|afrond/i;

/** On a receipt the sum after rounding is what was paid: `41.48`, rounding `0.02`, `41.50`, printed further down. */
function afterRounding(choice: TotalsChoice, candidates: TotalCandidates, numbers: readonly PrintedNumber[]): TotalsChoice {
  const { gross, closure } = choice;
  if (gross === null || closure.adjusted.some((one) => roundingLabel.test(one.labelText))) return choice;
  const value = thousandths(gross.value);
  const row = gross.numbers[0]?.row.index ?? 0;
  const steps = new Set(
    candidates.adjustments.filter((one) => roundingLabel.test(one.labelText)).map((one) => Math.abs(thousandths(one.value))),
  );
  const paid = candidates.tendered.map((one) => Math.abs(thousandths(one.value)));
  const isPaid = (sum: number): boolean =>
    paid.includes(sum) || paid.some((cash) => paid.some((change) => cash !== change && cash - change === sum));
  const rounded = numbers.find((number) => {
    const step = Math.abs(thousandths(number.value) - value);
    if (step === 0 || step > 50 || number.decimals !== 2 || number.isPercent || number.row.index <= row) return false;
    if (candidates.tendered.some((one) => one.numbers.includes(number))) return false;
    const isLabelled = candidates.gross.some((one) => one.score > 0.4 && one.numbers.includes(number));
    return steps.has(step) || isLabelled || (isPaid(thousandths(number.value)) && !isPaid(value));
  });
  if (rounded === undefined) return choice;
  // Without a printed rounding the step is only likely.
  const isPrinted = steps.has(Math.abs(thousandths(rounded.value) - value));
  return {
    ...choice,
    closure: { ...closure, rival: closure.rival || !isPrinted },
    gross: { ...gross, value: rounded.value, numbers: [rounded], reason: 'The total after the printed rounding.' },
  };
}

/** On an invoice the net is meant after discounts and charges, even where only the subtotal before them is printed. */
function afterDiscount(choice: TotalsChoice, rates: readonly string[]): TotalsChoice {
  const { net, tax, gross, closure } = choice;
  const counts = closure.adjusted.filter(
    (one) => !/tip|gratuity|round|rund|arrond|redond|arroton|afrond|trinkgeld|pourboire/i.test(one.labelText),
  );
  if (net === null || gross === null || counts.length === 0 || net.score > 0.8) return choice;
  const whole = thousandths(gross.value) - thousandths(tax?.value ?? '0');
  const discounts = counts.filter((one) => thousandths(one.value) < 0);
  const lessened = discounts.reduce((sum, one) => sum + thousandths(one.value), thousandths(net.value));
  const isTaxed = (base: number): boolean =>
    tax !== null && rates.some((percent) => Math.abs((base * Number(percent)) / 100 - thousandths(tax.value)) <= 10);
  // Postage on which no tax is reckoned is put on after it: the net is what the tax was reckoned on.
  const isUntaxedCharge = discounts.length > 0 && lessened !== whole && isTaxed(lessened) && !isTaxed(whole);
  return {
    ...choice,
    net: {
      ...net,
      value: ((isUntaxedCharge ? lessened : whole) / 1000).toFixed(2),
      numbers: [...net.numbers, ...(isUntaxedCharge ? discounts : counts).flatMap((one) => one.numbers)],
      reason: 'Not printed as one figure: the subtotal with the discounts and charges on the page.',
    },
  };
}
