import { expect, test } from 'vitest';
import { calibrated, fitIsotonic } from './calibration.ts';
import { weighed } from './supported-curve.ts';

const outcomes = (count: number, isRight: boolean, isSynthetic: boolean, score = 0.5) =>
  Array.from({ length: count }, () => ({ score, isRight, isSynthetic }));

test('however many papers are drawn, all of them weigh a tenth of the real ones', () => {
  const all = weighed([...outcomes(50, true, false), ...outcomes(1000, false, true)]);
  const drawn = all.filter(({ isSynthetic }) => isSynthetic).reduce((sum, { weight }) => sum + weight, 0);
  expect(drawn).toBeCloseTo(5, 6);
});

test('drawn papers do not move what real ones say of a score', () => {
  const real = outcomes(100, true, false);
  const curve = fitIsotonic(weighed([...real, ...outcomes(1000, false, true)]));
  expect(calibrated(curve, 0.5)).toBeGreaterThan(0.9);
});

test('without real documents drawn ones count in full', () => {
  expect(weighed(outcomes(3, true, true)).map(({ weight }) => weight)).toEqual([1, 1, 1]);
});
