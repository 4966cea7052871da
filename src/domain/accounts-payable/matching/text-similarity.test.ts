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
