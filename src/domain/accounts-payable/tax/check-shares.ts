import { absolute, decimal, describeMoney, roundTo, subtract, sum, toDecimal, type Money } from '#domain/money';
import type { TaxShare } from '#domain/documents';
import type { MatchException } from '../types.ts';
import { describeDecimal } from '../wording.ts';
import { slackOf } from './check-rates.ts';
import { taxException, type TaxQuestion } from './tax-question.ts';

/**
 * Whether the tax of all rates is the invoice's tax, to the cent, and the tax of each rate is its share of what it is taken of.
 * Rounded once for the rate, or line by line: half a coin for each line is allowed. Lines' own rates are held against the tax in
 * matching.
 */
export function checkShares({ invoice, statement }: TaxQuestion): MatchException[] {
  const { tax, lines } = invoice;
  const shares = (statement?.shares ?? []).map((share) => ({ share, tax: amountIn(share.tax, tax.currency) }));
  const known = shares.flatMap((one) => one.tax ?? []);
  if (known.length === 0 || known.length < shares.length) return [];
  const total = sum(known, tax.currency);
  if (total.minor !== tax.minor && !isTurned(total, tax)) {
    const message = `The tax of all rates adds up to ${describeMoney(total)}, but the invoice says ${describeMoney(tax)} tax.`;
    return [differing(total, tax, message)];
  }
  return shares.flatMap((one) => (one.tax === null ? [] : checkShare(one.share, one.tax, slackOf(lines.length, tax.currency))));
}

/** A credit note's amounts may be turned to positive ones while its breakdown is as printed. */
function isTurned(total: Money, tax: Money): boolean {
  return total.minor === -tax.minor;
}

function checkShare({ rate, basis }: TaxShare, tax: Money, slack: Money): MatchException[] {
  const base = amountIn(basis, tax.currency);
  if (rate === null || base === null || Number.isNaN(Number(rate))) return [];
  const expected = roundTo(toDecimal(base).times(rate).div(100), tax.currency);
  if (absolute(subtract(tax, expected)).minor <= slack.minor) return [];
  const percent = describeDecimal(decimal(rate));
  return [
    differing(
      expected,
      tax,
      `${percent} % of ${describeMoney(base)} is ${describeMoney(expected)}, but the invoice says ${describeMoney(tax)}.`,
    ),
  ];
}

function differing(expected: Money, found: Money, message: string): MatchException {
  const difference = subtract(found, expected);
  const sign = difference.minor > 0n ? '+' : '';
  return taxException('tax-rate', {
    expected: describeMoney(expected),
    found: describeMoney(found),
    difference: `${sign}${describeMoney(difference)}`,
    message,
  });
}

function amountIn(text: string | null, currency: string): Money | null {
  return text === null || !/^-?\d{1,12}(\.\d+)?$/.test(text) ? null : roundTo(decimal(text), currency);
}
