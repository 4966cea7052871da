import { expect, test } from 'vitest';
import { foldsOf, groupsBy } from './folds.ts';

test('what shares an issuer or a layout, even through a third, is one group', () => {
  const documents = [['a', 'x'], ['b', 'x'], ['b', 'y'], ['c', 'z'], ['d']];
  const groups = groupsBy(documents, (keys) => keys);
  expect(new Set(groups.slice(0, 3)).size).toBe(1);
  expect(new Set(groups).size).toBe(3);
});

test('no group is parted, and folds are about equally full', () => {
  const groups = Array.from({ length: 100 }, (_, index) => `group ${index % 17}`);
  const folds = foldsOf(groups, 5);
  for (const group of new Set(groups)) expect(new Set(folds.filter((_, index) => groups[index] === group)).size).toBe(1);
  const sizes = [0, 1, 2, 3, 4].map((fold) => folds.filter((one) => one === fold).length);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(6);
});
