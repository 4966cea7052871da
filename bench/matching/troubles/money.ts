import type { ExchangeRate } from '#domain/accounts-payable';
import { decimal, type Decimal } from '#domain/money';
import { amountOf, billAll, type Deal } from '../deal.ts';
import type { Base, Trouble } from './trouble.ts';

const foreign = [
  ['CHF', '0.9412'],
  ['USD', '1.0835'],
  ['GBP', '0.8561'],
  ['SEK', '11.2040'],
  ['JPY', '162.31'],
] as const;

/** Sums that are wrong, and other currencies. */
export const moneyTroubles: readonly Trouble[] = [
  { name: 'tax does not fit its rate', make: (base) => wrongTax(base) },
  {
    name: 'net total does not add up',
    make: ({ chance, order, tolerance }) => ({
      ...billAll(order, tolerance),
      wrong: { net: BigInt(chance.pick([-1, 1]) * chance.whole(1, 5000)) },
      reasons: ['arithmetic'],
    }),
  },
  { name: 'several rates of tax', make: severalRates },
  { name: 'other currency, stated rate confirmed', make: (base) => otherCurrency(base, 'confirmed') },
  { name: 'other currency, stated rate is off', make: (base) => otherCurrency(base, 'off') },
  { name: 'other currency, no rate on file', make: (base) => otherCurrency(base, 'unknown') },
  { name: 'other currency, price a tenth up', make: (base) => otherCurrency(base, 'dearer') },
];

/** A tax that is a whole percent of the net too high: a rate of 20 where 19 stands at each line. */
function wrongTax({ order, tolerance }: Base): Deal | null {
  const deal = billAll(order, tolerance);
  const net = deal.lines.reduce((minor, line) => minor + amountOf(line, 'EUR').minor, 0n);
  return net < 10_000n ? null : { ...deal, wrong: { tax: net / 100n }, reasons: ['arithmetic'] };
}

function severalRates({ chance, order, tolerance }: Base): Deal | null {
  if (order.lines.length < 2) return null;
  const deal = billAll(order, tolerance);
  return { ...deal, lines: deal.lines.map((line) => ({ ...line, taxRate: decimal(chance.pick([7, 19, 0])) })) };
}

function otherCurrency({ chance, order, tolerance }: Base, how: 'confirmed' | 'off' | 'unknown' | 'dearer'): Deal | null {
  const [currency, text] = chance.pick(foreign);
  const official = decimal(text);
  const stated = how === 'off' ? official.times('1.08').round(4) : official;
  const deal = billAll(order, tolerance);
  const at = chance.whole(0, order.lines.length - 1);
  const factor = (index: number): Decimal => stated.times(how === 'dearer' && index === at ? '1.1' : 1);
  const lines = deal.lines.map((line, index) => ({ ...line, unitPrice: line.unitPrice.times(factor(index)).round(6), taxRate: null }));
  // A yen or a krona is no small coin: where rounding alone is a tenth of the line, nothing can be said.
  if (lines.some((line) => amountOf(line, currency).minor < 2_000n)) return null;
  const rateOf = (rate: Decimal): ExchangeRate => ({ from: 'EUR', to: currency, rate, on: '2026-03-02' });
  return {
    ...deal,
    currency,
    lines,
    ...(how === 'unknown' ? {} : { statedRate: rateOf(stated), exchangeRates: [rateOf(official)] }),
    reasons: how === 'confirmed' ? [] : how === 'dearer' ? ['price'] : ['currency'],
  };
}
