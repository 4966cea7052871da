import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  absolute,
  add,
  compareMoney,
  decimal,
  describeMoney,
  formatMoney,
  groupThousands,
  isZero,
  money,
  negate,
  roundTo,
  subtract,
  sum,
} from './index.ts';

const anyMoney = fc.record({ minor: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), currency: fc.constantFrom('EUR', 'JPY', 'TND') });

test('reads back what it writes, whatever the digits of the currency', () => {
  fc.assert(
    fc.property(anyMoney, (value) => {
      expect(money(formatMoney(value), value.currency)).toEqual(value);
    }),
  );
});

test('refuses more digits than the currency has, text that is no number, and two currencies together', () => {
  expect(money('12.34', 'EUR').minor).toBe(1234n);
  expect(() => money('12.345', 'EUR')).toThrow(expect.objectContaining({ code: 'DH_DOMAIN_MONEY_INVALID' }));
  expect(() => money('1.5', 'JPY')).toThrow(expect.objectContaining({ code: 'DH_DOMAIN_MONEY_INVALID' }));
  expect(() => money('twelve', 'EUR')).toThrow(expect.objectContaining({ code: 'DH_DOMAIN_MONEY_INVALID' }));
  expect(() => add(money('1', 'EUR'), money('1', 'CHF'))).toThrow(expect.objectContaining({ code: 'DH_DOMAIN_CURRENCY_MISMATCH' }));
});

test('rounds half away from zero', () => {
  expect(roundTo(decimal('0.125'), 'EUR')).toEqual(money('0.13', 'EUR'));
  expect(roundTo(decimal('-0.125'), 'EUR')).toEqual(money('-0.13', 'EUR'));
  expect(roundTo(decimal('0.1249999'), 'EUR')).toEqual(money('0.12', 'EUR'));
});

test('adds and takes away without loss', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), (one, other) => {
      const [left, right] = [
        { minor: one, currency: 'EUR' },
        { minor: other, currency: 'EUR' },
      ];
      expect(subtract(add(left, right), right)).toEqual(left);
      expect(isZero(sum([left, negate(left)], 'EUR'))).toBe(true);
      expect(compareMoney(left, right)).toBe(-compareMoney(right, left) + 0);
    }),
  );
});

test('writes amounts as people read them', () => {
  expect(describeMoney(money('1234567.50', 'EUR'))).toBe('1,234,567.50 EUR');
  expect(describeMoney(money('-1000', 'JPY'))).toBe('-1,000 JPY');
  expect(groupThousands('123456.123456')).toBe('123,456.123456');
  expect(absolute(money('-0.50', 'EUR'))).toEqual(money('0.50', 'EUR'));
});
