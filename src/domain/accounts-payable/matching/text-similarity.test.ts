import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, foldIdentifier, textSimilarity } from './text-similarity.ts';

const word = fc.stringMatching(/^[a-z]{4,9}$/);

test('does not mind the order of the words', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
      expect(textSimilarity(words.join(' '), words.toReversed().join(' '))).toBeCloseTo(1);
    }),
  );
});

test('stays between 0 and 1 for any text', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (left, right) => {
      const similarity = textSimilarity(left, right);
      expect(similarity).toBeGreaterThanOrEqual(0);
      expect(similarity).toBeLessThanOrEqual(1);
    }),
  );
});

test.each([
  ['Toner CF259X black', 'T0ner CF2S9X b1ack'],
  ['Kopierpapier A4 80 g, 500 Blatt', 'Kopler papier A480 g 500Blatt'],
  ['Bürostuhl "Ergo" schwarz', 'Burostuhl Ergo, schwarz'],
])('takes %j and %j, as scanners misread it, for the same', (ordered, misread) => {
  expect(textSimilarity(ordered, misread)).toBeGreaterThan(0.8);
});

test.each([
  ['Toner CF259X black', 'Whiteboard marker set'],
  ['Office chair', 'Cable duct 2 m'],
])('takes %j and %j for different things', (left, right) => {
  expect(textSimilarity(left, right)).toBeLessThan(0.35);
});

test('merges characters that look alike but never two digits', () => {
  expect(foldIdentifier('INV-O0I5')).toBe(foldIdentifier('inv 001S'));
  const folded = '0123456789'.split('').map(foldIdentifier);
  expect(new Set(folded).size).toBe(10);
});

test('counts the characters to change', () => {
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(editDistance('', 'abc')).toBe(3);
});

/** By its definition (Levenshtein, 1966), slowly. */
function distanceByDefinition(left: string, right: string): number {
  if (left === '' || right === '') return left.length + right.length;
  const change = left[0] === right[0] ? 0 : 1;
  return Math.min(
    distanceByDefinition(left.slice(1), right) + 1,
    distanceByDefinition(left, right.slice(1)) + 1,
    distanceByDefinition(left.slice(1), right.slice(1)) + change,
  );
}

test('the distance of two words is what its definition says, and beyond a limit no smaller than the limit', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
  fc.assert(
    fc.property(short, short, fc.nat(6), (left, right, atMost) => {
      const distance = distanceByDefinition(left, right);
      expect(editDistance(left, right)).toBe(distance);
      const bounded = editDistance(left, right, atMost);
      if (distance <= atMost) expect(bounded).toBe(distance);
      else expect(bounded).toBeGreaterThan(atMost);
    }),
    { seed: 20261201 },
  );
});
