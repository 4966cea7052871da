import { decimal, describeMoney, roundTo, sum, type Money } from '#domain/money';
import { itemText, type ItemText } from './likeness.ts';
import type { OpenLine } from './open-lines.ts';
import type { Share } from './share-quantities.ts';
import type { InvoiceLine, MatchException } from '../types.ts';
import { quoted } from '../wording.ts';

/** One invoice line that bills several order lines at once. */
export interface LumpSum {
  readonly line: InvoiceLine;
  readonly shares: readonly Share[];
  /** The amount proves the sum, not the goods: a person says so. */
  readonly exception: MatchException;
}

/** A named article counts as such when this share of its words stands in the line. */
const NAMED = 0.8;

/**
 * Finds the order lines that a line bills in one sum: what is still open of those it names, or of all that nothing else
 * bills, when it comes to exactly the amount (a coin of rounding for each line). Null when no such sum fits.
 */
export function findLumpSum(line: InvoiceLine, free: readonly OpenLine[]): LumpSum | null {
  const priced = free.filter(({ ordered, isPriceCompared }) => isPriceCompared && openQuantity({ ordered }).gt(0));
  const text = itemText(line.description);
  const named = priced.filter(({ ordered }) => isNamed(text, itemText(ordered.description)));
  const chosen = [named, priced].find((lines) => lines.length > 1 && addsUp(lines, line.netAmount));
  if (chosen === undefined) return null;
  const total = decimal(line.netAmount.minor);
  const shares = chosen.map((open): Share => {
    const part = decimal(valueOf(open, line.netAmount.currency).minor).div(total);
    const reason = `one of ${chosen.length} order lines that add up to the amount`;
    return { line, open, quantity: openQuantity(open), part, reason, isConverted: false };
  });
  return { line, shares, exception: ask(line, chosen) };
}

function openQuantity({ ordered }: Pick<OpenLine, 'ordered'>): OpenLine['ordered']['quantity'] {
  return ordered.quantity.minus(ordered.invoicedQuantity);
}

function valueOf(open: OpenLine, currency: string): Money {
  return roundTo(openQuantity(open).times(open.ordered.unitPrice), currency);
}

function addsUp(lines: readonly OpenLine[], amount: Money): boolean {
  const total = sum(
    lines.map((open) => valueOf(open, amount.currency)),
    amount.currency,
  );
  const difference = total.minor - amount.minor;
  return amount.minor > 0n && (difference < 0n ? -difference : difference) <= BigInt(lines.length);
}

function isNamed(line: ItemText, article: ItemText): boolean {
  const words = new Set(line.text.words);
  const size = article.text.words.reduce((total, word) => total + word.length, 0);
  const shared = article.text.words.filter((word) => words.has(word)).reduce((total, word) => total + word.length, 0);
  return size > 0 && shared / size >= NAMED;
}

function ask(line: InvoiceLine, chosen: readonly OpenLine[]): MatchException {
  const amount = describeMoney(line.netAmount);
  const names = chosen.map(({ ordered }) => quoted(ordered.description));
  const shown = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  return {
    reason: 'doubtful-value',
    line: line.position,
    expected: `${chosen.length} order lines`,
    found: amount,
    difference: null,
    message: `The invoice asks ${amount} for ${quoted(line.description)} in one sum. It is exactly what is open of ${shown}. Does it bill these?`,
  };
}
