import { expect, test } from 'vitest';
import { trainBoosting } from './boosting.ts';
import { seededRandom } from './seeded-random.ts';
import { probability } from './trees.ts';

const options = { trees: 60, leaves: 8, depth: 4, minChild: 3, shrinkage: 0.15, columns: 0.8, ridge: 1, seed: 7 };

/** Yes where the first two features agree in sign, a tenth of it turned over; the third feature is noise, the fourth often missing. */
function drawn(count: number, seed: number): { rows: Float32Array[]; labels: number[]; weights: number[] } {
  const random = seededRandom(seed);
  const rows = Array.from({ length: count }, () =>
    Float32Array.of(random() - 0.5, random() - 0.5, random(), random() < 0.5 ? Number.NaN : random()),
  );
  const labels = rows.map(([a = 0, b = 0]) => (a * b > 0 === random() > 0.1 ? 1 : 0));
  return { rows, labels, weights: labels.map(() => 1) };
}

test('it learns what no single feature tells, and says so on rows it has not seen', () => {
  const ensemble = trainBoosting(drawn(2000, 1), options);
  const { rows, labels } = drawn(1000, 2);
  const right = rows.filter((row, index) => probability(ensemble, row) > 0.5 === (labels[index] === 1)).length;
  expect(right).toBeGreaterThan(860);
});

test('the same examples and seed give the same trees to the last digit, another seed others', () => {
  const examples = drawn(300, 3);
  const once = JSON.stringify(trainBoosting(examples, options));
  expect(JSON.stringify(trainBoosting(examples, options))).toBe(once);
  expect(JSON.stringify(trainBoosting(examples, { ...options, seed: 8 }))).not.toBe(once);
});

test('a model read back from its file decides as it did in training, with and without missing values', () => {
  const ensemble = trainBoosting(drawn(500, 4), options);
  const again = JSON.parse(JSON.stringify(ensemble)) as typeof ensemble;
  for (const row of drawn(50, 5).rows) expect(probability(again, row)).toBe(probability(ensemble, row));
});

test('without anything to tell yes from no by, it gives the share of yes', () => {
  const rows = Array.from({ length: 98 }, () => Float32Array.of(1, 2));
  const labels = rows.map((_, index) => (index % 4 === 0 ? 1 : 0));
  const ensemble = trainBoosting({ rows, labels, weights: labels.map(() => 1) }, options);
  expect(ensemble.trees).toEqual([]);
  expect(probability(ensemble, [1, 2])).toBeCloseTo(0.26, 2);
});

test('no examples at all give a model that knows nothing', () => {
  expect(probability(trainBoosting({ rows: [], labels: [], weights: [] }, options), [])).toBe(0.5);
});
