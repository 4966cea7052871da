import { absolute, decimal, describeMoney, roundTo, subtract, toDecimal, type Decimal } from '#domain/money';
import type { LineFigures } from './line-figures.ts';
import type { LinePair } from './pair-lines.ts';
import type { MatchException, Tolerance } from '../types.ts';
import type { Share } from './share-quantities.ts';
import { describeDecimal, describePrice, describeQuantity, describeShare, quoted, unitName } from '../wording.ts';

/** Words this little alike are paired by their figures alone: a person is asked. */
const DOUBTFUL_IDENTITY = 0.4;

/** Whether the two lines are about the same thing; null when there is no doubt. */
export function checkIdentity({ line, ordered, likeness }: LinePair): MatchException | null {
  const found = quoted(line.description);
  const expected = quoted(ordered.description);
  const doubt = { reason: 'doubtful-value', line: line.position, expected, found, difference: null } as const;
  if (likeness.conflict !== null) {
    const [here, there] = likeness.conflict;
    return {
      ...doubt,
      message: `The invoice bills ${found}, the order says ${expected}: ${quoted(here)} is not ${quoted(there)}. Is it the same thing?`,
    };
  }
  if (likeness.identity >= DOUBTFUL_IDENTITY) return null;
  return {
    ...doubt,
    message: `Quantity or price of ${found} are those of the ordered ${expected}, but the words differ. Is it the same thing?`,
  };
}

/** The page says neither quantity nor price, and the amount does not give them. */
export function askForFigures({ line, ordered }: LinePair): MatchException {
  const currency = line.netAmount.currency;
  return {
    reason: 'doubtful-value',
    line: line.position,
    difference: null,
    expected: `${describeQuantity(ordered.quantity, ordered.unit)} at ${describePrice(ordered.unitPrice, currency)}`,
    found: describeMoney(line.netAmount),
    message:
      `The invoice asks ${describeMoney(line.netAmount)} for ${quoted(line.description)} without a quantity and price that give this amount; ` +
      `the order says ${describePrice(ordered.unitPrice, currency)} per ${unitName(ordered.unit)}. How many does it bill?`,
  };
}

/**
 * Compares what a line charges with the order. Percent and amount must both hold, for the unit price and for the line
 * total. Only called when both are in one currency.
 */
export function checkPrice(pair: LinePair, figures: LineFigures, tolerance: Tolerance): MatchException | null {
  const { line, ordered } = pair;
  const currency = line.netAmount.currency;
  const expectedTotal = roundTo(figures.quantity.times(ordered.unitPrice), currency);
  const differenceTotal = subtract(line.netAmount, expectedTotal);
  const differenceUnit = figures.unitPrice.minus(ordered.unitPrice);
  // One smallest coin at an equal unit price is how the supplier rounds, not what it charges.
  if (differenceTotal.minor === 0n || (differenceUnit.eq(0) && absolute(differenceTotal).minor === 1n)) return null;
  const isAccepted =
    isWithin(differenceUnit, ordered.unitPrice, tolerance, currency) &&
    isWithin(toDecimal(differenceTotal), toDecimal(expectedTotal), tolerance, currency);
  if (isAccepted) return null;
  if (figures.isContradicted && line.unitPrice !== null && line.unitPrice.eq(ordered.unitPrice))
    return contradiction(pair, figures, line.unitPrice);
  const share = describeShare(differenceUnit, ordered.unitPrice);
  const direction = differenceTotal.minor > 0n ? 'more' : 'less';
  const perUnit = `${describePrice(differenceUnit.abs(), currency)}${share === null ? '' : ` (${share})`}`;
  return {
    reason: 'price',
    line: line.position,
    expected: describePrice(ordered.unitPrice, currency),
    found: describePrice(figures.unitPrice, currency),
    difference: `${differenceTotal.minor > 0n ? '+' : '-'}${perUnit}`,
    message:
      `The invoice asks ${describePrice(figures.unitPrice, currency)} for each ${quoted(line.description)}; the order says ` +
      `${describePrice(ordered.unitPrice, currency)}: ${perUnit} ${direction} per ${unitName(ordered.unit)}, ${describeMoney(absolute(differenceTotal))} in all.`,
  };
}

function isWithin(difference: Decimal, expected: Decimal, tolerance: Tolerance, currency: string): boolean {
  const allowed = toDecimal({ minor: tolerance.priceMinor, currency });
  return difference.abs().lte(allowed) && difference.abs().times(10_000).lte(expected.abs().times(tolerance.priceBasisPoints));
}

function contradiction({ line }: LinePair, figures: LineFigures, printedPrice: Decimal): MatchException {
  const currency = line.netAmount.currency;
  const product = roundTo(figures.quantity.times(printedPrice), currency);
  const difference = subtract(line.netAmount, product);
  return {
    reason: 'arithmetic',
    line: line.position,
    expected: describeMoney(product),
    found: describeMoney(line.netAmount),
    difference: `${difference.minor > 0n ? '+' : ''}${describeMoney(difference)}`,
    message:
      `${describeDecimal(figures.quantity)} × ${describePrice(printedPrice, currency)} is ${describeMoney(product)}, but the invoice asks ` +
      `${describeMoney(line.netAmount)} for ${quoted(line.description)}: ${describeMoney(absolute(difference))} ${difference.minor > 0n ? 'too much' : 'too little'}.`,
  };
}

/** The last digit that is kept of a quantity worked out from another unit, five times over. */
const CONVERTED_SLACK = decimal('0.0005');

/**
 * Checks what is billed in all, earlier invoices included, against what was ordered and (three-way) received. The
 * exception stands at the first line that goes over.
 *
 * @param shares - of one order line, as they are printed.
 */
export function checkQuantity(shares: readonly Share[], tolerance: Tolerance): MatchException | null {
  const first = shares[0];
  if (first === undefined) return null;
  const { ordered, isThreeWay } = first.open;
  const slack = shares.some(({ isConverted }) => isConverted) ? CONVERTED_SLACK : decimal(0);
  const orderedLimit = stretched(ordered.quantity, tolerance).plus(slack);
  const limit = isThreeWay ? minimum(stretched(ordered.receivedQuantity, tolerance).plus(slack), orderedLimit) : orderedLimit;
  let billed = ordered.invoicedQuantity;
  let crossing: Share | null = null;
  for (const share of shares) {
    billed = billed.plus(share.quantity);
    if (crossing === null && share.quantity.gt(0) && billed.gt(limit)) crossing = share;
  }
  if (crossing === null || billed.lte(limit)) return null;
  return billed.gt(orderedLimit) ? overOrdered(crossing, billed) : notReceived(crossing, billed);
}

function overOrdered({ line, open: { ordered } }: Share, billed: Decimal): MatchException {
  const over = billed.minus(ordered.quantity);
  return {
    reason: 'quantity',
    line: line.position,
    ...quantityFacts(ordered.quantity, billed, ordered.unit),
    message:
      `The invoice bills ${describeQuantity(billed.minus(ordered.invoicedQuantity), ordered.unit)} of ${quoted(line.description)}${earlier(ordered.invoicedQuantity)}; ` +
      `the order says ${describeQuantity(ordered.quantity, ordered.unit)}: ${describeDecimal(over)} more than ordered.`,
  };
}

function notReceived({ line, open: { ordered } }: Share, billed: Decimal): MatchException {
  const missing = billed.minus(ordered.receivedQuantity);
  const received = ordered.receivedQuantity.eq(0)
    ? 'none has'
    : `${describeDecimal(ordered.receivedQuantity)} ${ordered.receivedQuantity.eq(1) ? 'has' : 'have'}`;
  return {
    reason: 'missing-receipt',
    line: line.position,
    ...quantityFacts(ordered.receivedQuantity, billed, ordered.unit),
    message:
      `The invoice bills ${describeQuantity(billed.minus(ordered.invoicedQuantity), ordered.unit)} of ${quoted(line.description)}${earlier(ordered.invoicedQuantity)}; ` +
      `of ${describeQuantity(ordered.quantity, ordered.unit)} ordered ${received} been received: ${describeDecimal(missing)} not received yet.`,
  };
}

/**
 * What all invoices of an order line ask in all against its ordered value, where the tolerance sets a limit for that and
 * the earlier amounts are known: a price within tolerance on ten invoices may still come to too much.
 *
 * @param shares - of one order line.
 */
export function checkLineTotal(shares: readonly Share[], tolerance: Tolerance): MatchException | null {
  const first = shares[0];
  const { totalBasisPoints, totalMinor } = tolerance;
  if (first === undefined || (totalBasisPoints === undefined && totalMinor === undefined) || !first.open.isPriceCompared) return null;
  const { ordered } = first.open;
  const { currency } = first.line.netAmount;
  const now = shares.reduce((total, { line, part }) => total.plus(toDecimal(line.netAmount).times(part)), decimal(0));
  const before = ordered.invoicedAmount ?? null;
  const total = roundTo(before?.currency === currency ? now.plus(toDecimal(before)) : now, currency);
  const expected = roundTo(ordered.quantity.times(ordered.unitPrice), currency);
  const over = subtract(total, expected);
  const isWithinShare = totalBasisPoints === undefined || over.minor * 10_000n <= expected.minor * BigInt(totalBasisPoints);
  const isWithinAmount = totalMinor === undefined || over.minor <= totalMinor;
  if (over.minor <= 0n || (isWithinShare && isWithinAmount)) return null;
  const share = describeShare(toDecimal(over), toDecimal(expected));
  return {
    reason: 'price',
    line: first.line.position,
    expected: describeMoney(expected),
    found: describeMoney(total),
    difference: `+${describeMoney(over)}${share === null ? '' : ` (${share})`}`,
    message: `All invoices of ${quoted(ordered.description)} come to ${describeMoney(total)}; the order line is worth ${describeMoney(expected)}: ${describeMoney(over)} more in all.`,
  };
}

/** Billed in a unit of which nobody knows how many make one of the order's, at a price that does not fit either. */
export function askForUnit({ line, ordered }: LinePair, figures: LineFigures): MatchException {
  const { currency } = line.netAmount;
  const billed = `${describeQuantity(figures.quantity, line.unit ?? '')} at ${describePrice(figures.unitPrice, currency)}`;
  const expected = `${describeQuantity(ordered.quantity, ordered.unit)} at ${describePrice(ordered.unitPrice, currency)}`;
  const ratio = ordered.unitPrice.div(figures.unitPrice).round(3);
  const guess =
    ratio.eq(ratio.round(0)) && ratio.gt(1)
      ? ` The prices fit if one ${unitName(ordered.unit)} is ${describeQuantity(ratio, line.unit ?? '')}.`
      : '';
  return {
    reason: 'unit',
    line: line.position,
    expected,
    found: billed,
    difference: null,
    message: `The invoice bills ${billed} for ${quoted(line.description)}; the order says ${expected}, and it is not on file how many ${unitName(line.unit ?? '', true)} make one ${unitName(ordered.unit)}.${guess}`,
  };
}

function quantityFacts(expected: Decimal, found: Decimal, unit: string): Pick<MatchException, 'expected' | 'found' | 'difference'> {
  return {
    expected: describeQuantity(expected, unit),
    found: describeQuantity(found, unit),
    difference: `+${describeQuantity(found.minus(expected), unit)}`,
  };
}

function earlier(invoiced: Decimal): string {
  return invoiced.eq(0) ? '' : ` after ${describeDecimal(invoiced)} billed before`;
}

function stretched(quantity: Decimal, tolerance: Tolerance): Decimal {
  return quantity.times(decimal(10_000 + tolerance.quantityBasisPoints)).div(10_000);
}

function minimum(left: Decimal, right: Decimal): Decimal {
  return left.lt(right) ? left : right;
}
