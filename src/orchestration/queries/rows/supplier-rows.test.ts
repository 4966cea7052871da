import { expect, test } from 'vitest';
import { describeTerms } from './supplier-rows.ts';

test('says payment terms in words', () => {
  expect(describeTerms({ netDays: 30, discounts: [{ days: 10, basisPoints: 250 }] })).toBe('2.5 % within 10 days, 30 days net');
});

test('says terms without a discount or a delay', () => {
  expect(describeTerms({ netDays: 14, discounts: [] })).toBe('14 days net');
  expect(describeTerms({ netDays: 1, discounts: [] })).toBe('1 day net');
  expect(describeTerms({ netDays: 0, discounts: [] })).toBe('due at once');
});
