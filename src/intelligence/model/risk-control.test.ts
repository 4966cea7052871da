import { expect, test } from 'vitest';
import { riskThreshold } from './risk-control.ts';
import { seededRandom } from './seeded-random.ts';

/** Documents whose scores tell how likely they are right. */
function drawn(count: number, random: () => number): { score: number; isRight: boolean }[] {
  return Array.from({ length: count }, () => {
    const score = random();
    return { score, isRight: random() < Math.min(1, 0.7 + 0.5 * score) };
  });
}

test('few documents are no ground for going on without a person, and it says how many it takes', () => {
  const documents = Array.from({ length: 100 }, () => ({ score: 1, isRight: true }));
  expect(riskThreshold(documents, 0.01, 0.95)).toEqual({ outcome: 'too-few', needed: 368, have: 100 });
});

test('when even the surest are wrong too often, none is accepted', () => {
  const documents = Array.from({ length: 1000 }, (_, index) => ({ score: index, isRight: index % 10 !== 0 }));
  expect(riskThreshold(documents, 0.01, 0.95)).toEqual({ outcome: 'too-risky', have: 1000 });
});

test('documents of one score are accepted together or not at all', () => {
  const documents = Array.from({ length: 1000 }, (_, index) => ({ score: index < 500 ? 1 : 0.5, isRight: index !== 499 && index < 700 }));
  const result = riskThreshold(documents, 0.02, 0.95);
  expect(result).toMatchObject({ outcome: 'accept-from', score: 1, accepted: 500, wrong: 1 });
});

// 300 calibrations, each held against 4,000 documents that come after it: the bound may fail in 5 % of them.
test('the stated error is kept in 95 % of the cases', () => {
  const random = seededRandom(2024);
  let broken = 0;
  let found = 0;
  for (let round = 0; round < 300; round += 1) {
    const result = riskThreshold(drawn(800, random), 0.03, 0.95);
    if (result.outcome !== 'accept-from') continue;
    found += 1;
    const later = drawn(4000, random).filter(({ score }) => score >= result.score);
    if (later.filter(({ isRight }) => !isRight).length / later.length > 0.03) broken += 1;
  }
  expect(found).toBeGreaterThan(200);
  expect(broken / 300).toBeLessThanOrEqual(0.05);
});
