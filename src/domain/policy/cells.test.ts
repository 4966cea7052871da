import { expect, test } from 'vitest';
import { holds, parseCell, scaled, unscaled, type Condition } from './cells.ts';

const amount = { kind: 'amount' } as const;
const word = { kind: 'word', words: null } as const;

function condition(text: string, kind: Parameters<typeof parseCell>[1] = amount): Condition {
  const parsed = parseCell(text, kind);
  if ('fault' in parsed) throw new TypeError(parsed.fault);
  return parsed.condition;
}

test.each([
  ['<= 2500', ['0', '2500'], ['2500.0001']],
  ['< 2500', ['2499.9999'], ['2500']],
  ['> 250', ['250.0001'], ['250']],
  ['>= 250', ['250'], ['249.9999']],
  ['250', ['250'], ['249.9999', '250.0001']],
  ['[0..250]', ['0', '250'], ['250.0001']],
  ['(250..2500]', ['250.0001', '2500'], ['250']],
  ['(250..2500)', ['2499.9999'], ['2500']],
  ['> 250 and <= 2500', ['250.01', '2500'], ['250', '2500.01']],
  ['<= 9007199254740993.01', ['9007199254740993.01'], ['9007199254740993.02']],
  ['', ['0', '123456789012345678901234567890'], []],
])('reads %s, both sides of each limit', (text, inside, outside) => {
  for (const value of inside) expect(holds(condition(text), scaled(value))).toBe(true);
  for (const value of outside) expect(holds(condition(text), scaled(value))).toBe(false);
});

test('reads words, lists of words and all but these', () => {
  expect(holds(condition('"EUR"', word), 'EUR')).toBe(true);
  expect(holds(condition('"EUR", "CHF"', word), 'CHF')).toBe(true);
  expect(holds(condition('"EUR", "CHF"', word), 'USD')).toBe(false);
  expect(holds(condition('not("EUR", "CHF")', word), 'USD')).toBe(true);
  expect(holds(condition('not("EUR")', word), 'EUR')).toBe(false);
});

test.each([
  ['abc', amount],
  ['-5', amount],
  ['1e9', amount],
  ['5.00001', amount],
  ['> 10 and < 5', amount],
  ['(5..5)', amount],
  ['EUR', word],
  ['"EUR" or "CHF"', word],
  ['""', word],
  ['"yellow"', { kind: 'word', words: ['green'] }],
  ['yes', { kind: 'flag' }],
] as const)('names what is wrong with %s', (text, kind) => {
  expect(parseCell(text, kind)).toEqual({ fault: expect.stringContaining(text) as string });
});

test('writes amounts as they were', () => {
  for (const text of ['0', '250', '0.0001', '2500.5', '123456789012345678.25']) expect(unscaled(scaled(text))).toBe(text);
});
