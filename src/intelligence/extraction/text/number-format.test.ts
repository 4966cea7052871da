import { expect, test } from 'vitest';
import { amountText, decideDecimalMark, parseNumber, plainText } from './number-format.ts';

test.each([
  ['1.234,56', ',', '1234.56'],
  ['1,234.56', '.', '1234.56'],
  ['1 234,56', ',', '1234.56'],
  ["1'234.50", '.', '1234.50'],
  ['1,23,456.00', '.', '123456.00'],
  ['1.234', ',', '1234'],
  ['1.234', '.', '1.234'],
  ['3,000', ',', '3.000'],
  ['-12,50', ',', '-12.50'],
  ['12.50-', '.', '-12.50'],
  ['(12.50)', '.', '-12.50'],
  ['0.5', ',', '0.5'],
  ['007', '.', '007'],
] as const)('reads %s with decimal mark %s as %s', (text, mark, value) => {
  expect(parseNumber(text, mark)).toBe(value);
});

test.each(['1.2.3', '1,23.456,7', 'abc', '', '12.34.56,78'])('takes %s for no number', (text) => {
  expect(parseNumber(text, '.')).toBeNull();
});

test('the decimal mark is decided by the numbers that leave no doubt', () => {
  expect(decideDecimalMark(['1.234,56', '12,00', '1.234'], '.')).toBe(',');
  expect(decideDecimalMark(['12.00', '3,500'], ',')).toBe('.');
  expect(decideDecimalMark(['1.234', '12'], ',')).toBe(',');
});

test('money shows two decimals, quantities none that say nothing', () => {
  expect(amountText('5')).toBe('5.00');
  expect(amountText('5.125')).toBe('5.125');
  expect(plainText('3.000')).toBe('3');
});
