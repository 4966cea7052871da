import { expect, test } from 'vitest';
import { costOf, describeMicros, parseModelBudget, remainsOf } from './model-budget.ts';

test('a budget is a number of tokens or an amount, and nothing else', () => {
  expect(parseModelBudget('2000000 tokens')).toEqual({ tokens: 2_000_000 });
  expect(parseModelBudget('20.00')).toEqual({ micros: 20_000_000 });
  for (const wrong of ['', '-1', '20 EUR', '1.5 tokens', '20,00', 'tokens']) expect(parseModelBudget(wrong)).toBeNull();
});

test('a cost is exact and rounded up to the millionth', () => {
  const prices = { input: '0.15', output: '0.60', currency: 'USD' };
  expect(costOf({ input: 1_000_000, output: 0 }, prices)).toBe(150_000);
  expect(costOf({ input: 1, output: 1 }, prices)).toBe(1);
  expect(describeMicros(costOf({ input: 1234, output: 567 }, prices))).toBe('0.000526');
});

test('what remains is counted in what the budget is in', () => {
  expect(remainsOf({ tokens: 10 }, { tokens: 10, micros: 99 })).toBe(0);
  expect(remainsOf({ micros: 10 }, { tokens: 99, micros: 11 })).toBe(-1);
});
