import { expect, test } from 'vitest';
import type { TrainingReport } from '#intelligence';
import { findLosses, lowerEnd } from './gate.ts';

const report = (right: number, byRules: number, labelled = 200): TrainingReport =>
  ({ slices: { 'language de': { supplierName: { labelled, right, byRules } } } }) as unknown as TrainingReport;

test('a model that is worse than the shipped one by more than the interval is refused, by slice and field', () => {
  const [loss] = findLosses(report(160, 150), report(180, 150));
  expect(loss).toMatchObject({ slice: 'language de', field: 'supplierName', before: 0.9, after: 0.8 });
});

test('a model that is worse than the rules alone is refused even where none is shipped', () => {
  expect(findLosses(report(160, 180), null)).toHaveLength(1);
});

test('a difference that chance explains passes, and so does a slice too small to tell', () => {
  expect(findLosses(report(177, 177), report(180, 170))).toEqual([]);
  expect(findLosses(report(5, 12, 15), report(12, 12, 15))).toEqual([]);
});

test("the interval is Wilson's", () => {
  expect(lowerEnd(90, 100)).toBeCloseTo(0.8256, 4);
});
