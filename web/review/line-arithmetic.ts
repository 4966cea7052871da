import Big from 'big.js';

export interface Check {
  readonly holds: boolean;
  readonly computed: string;
  readonly difference: string;
}

/** One cent: suppliers round per piece or per line. */
const ROUNDING = '0.01';

/** Quantity × price against the amount, in decimals; null while a figure is missing. */
export function checkLine(quantity: string | null, unitPrice: string | null, amount: string | null): Check | null {
  const [left, right, total] = [numberOf(quantity), numberOf(unitPrice), numberOf(amount)];
  return left === null || right === null || total === null ? null : compare(left.times(right), total);
}

/** Sum of the amounts against the net total. */
export function checkSum(amounts: readonly (string | null)[], net: string | null): Check | null {
  const total = numberOf(net);
  const parts = amounts.map(numberOf);
  if (total === null || parts.length === 0 || parts.includes(null)) return null;
  return compare(
    parts.reduce<Big>((sum, part) => sum.plus(part ?? 0), new Big(0)),
    total,
  );
}

function compare(computed: Big, found: Big): Check {
  const difference = found.minus(computed.round(2));
  return { holds: difference.abs().lte(ROUNDING), computed: computed.toFixed(2), difference: difference.toFixed(2) };
}

function numberOf(text: string | null): Big | null {
  return text !== null && /^-?\d+(\.\d+)?$/.test(text) ? new Big(text) : null;
}
