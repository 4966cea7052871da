import { expect, test } from 'vitest';
import { readByRules } from '../extract-from-words.ts';
import { flattenExtraction } from '../flatten.ts';
import { gridReading } from './grid-reading.test-kit.ts';

function quantitiesOf(names: readonly string[]): readonly unknown[] {
  const rows = ['Corner Diner', '12 Mill Lane', ...names.map((name, index) => `${name} | ${index + 3}.50`), 'Total | 99.00'];
  const { lines } = flattenExtraction(readByRules(gridReading(rows)).extraction);
  return (lines ?? []).map(({ quantity, description }) => [quantity, description]);
}

test('a count before the names, alone or stuck to them, is the quantity', () => {
  expect(quantitiesOf(['2 Apple pies', '1 Coffee'])).toEqual([
    [2, 'Apple pies'],
    [1, 'Coffee'],
  ]);
  expect(quantitiesOf(['2-Tenderloin', '1-Onion rings'])).toEqual([
    [2, '2-Tenderloin'],
    [1, '1-Onion rings'],
  ]);
});

test('numbers that stick to the names and count the lines are no quantities', () => {
  expect(quantitiesOf(['1-Tenderloin', '2-Onion rings']).map((line) => (line as unknown[])[0])).toEqual([null, null]);
});
