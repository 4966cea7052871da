import { absolute, add, decimal, describeMoney, subtract, sum, type Decimal, type Money } from '#domain/money';
import type { Invoice, MatchException } from '../types.ts';
import { describeDecimal } from '../wording.ts';

/**
 * Whether the invoice agrees with itself: lines and charges = net (when lines were read) and net + tax = gross, to the
 * cent; and where each line says its rate, whether the tax is what the rates give.
 */
export function checkTotals(invoice: Invoice): MatchException[] {
  const { net, tax, gross, lines, charges = [] } = invoice;
  const parts = [...lines.map((line) => line.netAmount), ...charges.map((charge) => charge.amount)];
  const strangers = [tax, gross, ...parts].filter((amount) => amount.currency !== net.currency);
  if (strangers.length > 0) return [mixedCurrencies(net, strangers)];
  const exceptions: MatchException[] = [];
  const lineSum = sum(parts, net.currency);
  if (lines.length > 0 && lineSum.minor !== net.minor) {
    const what = charges.length === 0 ? 'The lines' : 'Lines and charges';
    exceptions.push(
      arithmetic(lineSum, net, `${what} add up to ${describeMoney(lineSum)}, but the invoice says ${describeMoney(net)} net`),
    );
  }
  const expectedGross = add(net, tax);
  if (expectedGross.minor !== gross.minor) {
    const equation = `${describeMoney(net)} net and ${describeMoney(tax)} tax make ${describeMoney(expectedGross)}`;
    exceptions.push(arithmetic(expectedGross, gross, `${equation}, but the invoice asks ${describeMoney(gross)}`));
  }
  return exceptions.length > 0 ? exceptions : checkTax(invoice);
}

/**
 * Tax of all lines and charges at their own rates. Each may be rounded by itself (EN 16931 rounds per rate, tills per
 * line), so half a coin for each is allowed. An invoice without tax says why elsewhere (reverse charge, small business).
 */
function checkTax({ net, tax, lines, charges = [] }: Invoice): MatchException[] {
  const taxed = [...lines.map(({ netAmount, taxRate }) => ({ amount: netAmount, taxRate })), ...charges];
  const isKnown = lines.length > 0 && taxed.every(({ taxRate }) => taxRate !== null);
  if (!isKnown || tax.minor === 0n) return [];
  const exact = taxed.reduce<Decimal>((total, { amount, taxRate }) => total.plus(decimal(amount.minor).times(taxRate ?? 0)), decimal(0));
  const expected = { minor: BigInt(exact.div(100).round(0, 1).toFixed()), currency: net.currency };
  const slack = BigInt(Math.max(1, Math.ceil(taxed.length / 2)));
  if (absolute(subtract(tax, expected)).minor <= slack) return [];
  const rates = [...new Set(taxed.map(({ taxRate }) => describeDecimal(taxRate ?? decimal(0))))].join(' % and ');
  return [
    arithmetic(expected, tax, `Tax of ${rates} % on the lines is ${describeMoney(expected)}, but the invoice says ${describeMoney(tax)}`),
  ];
}

function arithmetic(expected: Money, found: Money, statement: string): MatchException {
  const difference = subtract(found, expected);
  const isMore = difference.minor > 0n;
  return {
    reason: 'arithmetic',
    line: null,
    expected: describeMoney(expected),
    found: describeMoney(found),
    difference: `${isMore ? '+' : ''}${describeMoney(difference)}`,
    message: `${statement}: ${describeMoney(absolute(difference))} ${isMore ? 'too much' : 'too little'}.`,
  };
}

function mixedCurrencies(net: Money, strangers: readonly Money[]): MatchException {
  const found = [...new Set(strangers.map((amount) => amount.currency))].join(', ');
  return {
    reason: 'currency',
    line: null,
    expected: net.currency,
    found,
    difference: null,
    message: `The invoice mixes currencies: its net total is in ${net.currency}, other amounts are in ${found}. Which is right?`,
  };
}
