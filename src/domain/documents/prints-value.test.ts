import { expect, test } from 'vitest';
import { printsNumber } from './prints-value.ts';

test.each([
  [['1.234,50'], '1234.5'],
  [['1', '234.50'], '1234.50'],
  [['.70'], '0.70'],
  [[',87'], '0.87'],
  [['$.99B'], '0.99'],
])('%j prints %s', (words, value) => {
  expect(printsNumber(words, value)).toBe(true);
});

test.each([
  [['1', '.70'], '0.70'],
  [['12.70'], '0.70'],
  [['.705'], '0.70'],
  [['v.1.70'], '0.70'],
])('%j does not print %s', (words, value) => {
  expect(printsNumber(words, value)).toBe(false);
});
