import { absolute, add, describeMoney, subtract, sum, type Money } from '#domain/money';
import type { Invoice, MatchException } from './types.ts';

/** Whether the invoice agrees with itself: lines = net (when lines were read) and net + tax = gross, to the cent. */
export function checkTotals(invoice: Invoice): MatchException[] {
  const { net, tax, gross, lines } = invoice;
  const strangers = [tax, gross, ...lines.map((line) => line.netAmount)].filter((amount) => amount.currency !== net.currency);
  if (strangers.length > 0) return [mixedCurrencies(net, strangers)];
  const exceptions: MatchException[] = [];
  const lineSum = sum(
    lines.map((line) => line.netAmount),
    net.currency,
  );
  if (lines.length > 0 && lineSum.minor !== net.minor) {
    exceptions.push(
      arithmetic(lineSum, net, `The lines add up to ${describeMoney(lineSum)}, but the invoice says ${describeMoney(net)} net`),
    );
  }
  const expectedGross = add(net, tax);
  if (expectedGross.minor !== gross.minor) {
    const equation = `${describeMoney(net)} net and ${describeMoney(tax)} tax make ${describeMoney(expectedGross)}`;
    exceptions.push(arithmetic(expectedGross, gross, `${equation}, but the invoice asks ${describeMoney(gross)}`));
  }
  return exceptions;
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
