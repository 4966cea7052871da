import { expect, test } from 'vitest';
import { calibrated, calibrationError, fitIsotonic } from './calibration.ts';
import { seededRandom } from './seeded-random.ts';

test('scores that claim too much become the share that is right', () => {
  const random = seededRandom(11);
  // Right with the square of the score.
  const outcomes = Array.from({ length: 4000 }, () => {
    const score = random();
    return { score, isRight: random() < score * score };
  });
  const curve = fitIsotonic(outcomes.slice(0, 2000));
  const later = outcomes.slice(2000);
  expect(calibrationError(later)).toBeGreaterThan(0.1);
  expect(calibrationError(later.map((one) => ({ ...one, score: calibrated(curve, one.score) })))).toBeLessThan(0.04);
});

test('a surer score never becomes a smaller probability', () => {
  const curve = fitIsotonic([0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((score, index) => ({ score, isRight: index % 2 === 0 })));
  const probabilities = Array.from({ length: 101 }, (_, index) => calibrated(curve, index / 100));
  expect(probabilities).toEqual(probabilities.toSorted((a, b) => a - b));
});

test('a handful of right ones is no certainty', () => {
  const curve = fitIsotonic([1, 2, 3].map(() => ({ score: 0.9, isRight: true })));
  expect(calibrated(curve, 0.9)).toBeLessThan(0.95);
});

test('an empty curve leaves a score as it is', () => {
  expect(calibrated(fitIsotonic([]), 0.4)).toBe(0.4);
});
