import { expect, test } from 'vitest';
import { decimal } from '#domain/money';
import { rateBetween, rateOn } from './exchange-rates.ts';
import { buildInvoice, buildLine, buildOrder, usualTolerance } from './fixtures.ts';
import { matchInvoice } from './three-way-match.ts';
import type { ExchangeRate } from '../types.ts';

const rate = (text: string, on = '2026-03-02', from = 'EUR', to = 'CHF'): ExchangeRate => ({ from, to, rate: decimal(text), on });
const invoice = buildInvoice({ lines: [buildLine({ currency: 'CHF', unitPrice: '11.19' })] });
const ask = (statedRate: ExchangeRate | null, own: readonly ExchangeRate[]) =>
  rateBetween({ ...invoice, statedRate }, buildOrder(), own, usualTolerance);

test('asks nothing where the stated rate is that of the day, to the limit', () => {
  expect(ask(rate('0.94'), [rate('0.94')]).exception).toBeNull();
  expect(ask(rate('1.05'), [rate('1')]).exception).toBeNull();
  expect(ask(rate('1.0501'), [rate('1')]).exception?.message).toContain('Is the rate right?');
});

test('asks, and says what to do, when no rate is known', () => {
  const { rate: found, exception } = ask(null, []);
  expect(found).toBeNull();
  expect(exception?.message).toContain('Enter the rate of 2026-03-02, or ask for an invoice in EUR.');
});

test('compares by the rate one side knows, and asks about it', () => {
  expect(ask(null, [rate('0.94')])).toMatchObject({ exception: { reason: 'currency' } });
  expect(ask(rate('0.94'), []).rate?.toFixed()).toBe('0.94');
  expect(ask(rate('0.94'), []).exception?.reason).toBe('currency');
});

test('reads a rate in either direction, and none that is zero', () => {
  expect(rateOn([rate('2', '2026-03-02', 'CHF', 'EUR')], 'EUR', 'CHF', '2026-03-02')?.toFixed()).toBe('0.5');
  expect(rateOn([rate('0')], 'EUR', 'CHF', '2026-03-02')).toBeNull();
});

test('takes the newest rate that is at most seven days old, never one of the future', () => {
  const on = (days: readonly string[]) =>
    rateOn(
      days.map((day, at) => rate(`${at + 1}`, day)),
      'EUR',
      'CHF',
      '2026-03-09',
    )?.toFixed() ?? null;
  expect(on(['2026-03-02'])).toBe('1');
  expect(on(['2026-03-01'])).toBeNull();
  expect(on(['2026-03-03', '2026-03-08', '2026-03-10'])).toBe('2');
  expect(on(['not a day'])).toBeNull();
});

test('matches prices at the confirmed rate, and finds what is dearer than that', () => {
  const input = { order: buildOrder(), tolerance: usualTolerance, exchangeRates: [rate('0.94')] };
  const billed = (unitPrice: string) =>
    matchInvoice({
      ...input,
      invoice: { ...buildInvoice({ lines: [buildLine({ currency: 'CHF', unitPrice })] }), statedRate: rate('0.94') },
    });
  expect(billed('11.19').exceptions).toEqual([]);
  expect(billed('12.50').exceptions.map(({ reason }) => reason)).toEqual(['price']);
});
