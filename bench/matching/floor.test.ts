import { expect, test } from 'vitest';
import { matchingCases, scoreCases } from './cases.ts';
import { sourceOrders } from './orders.ts';

const seed = 20_261_130;

test(`the matcher does not fall below what was asked of it on a small part of the labelled set (seed ${seed})`, () => {
  const { pairF1, rightKind, clean, falseAlarms } = scoreCases(matchingCases(sourceOrders().orders, { each: 6, seed }));
  expect(pairF1).toBeGreaterThanOrEqual(0.98);
  expect(rightKind).toBeGreaterThanOrEqual(0.97);
  expect(falseAlarms / clean).toBeLessThan(0.02);
});
