import { expect, test } from 'vitest';
import { readByRules } from '../extract-from-words.ts';
import { gridReading } from '../table/grid-reading.test-kit.ts';
import { isAlmost } from './web-names.ts';

function supplierOf(rows: readonly string[]): string | null {
  const page = { ...gridReading(rows), source: 'ocr' as const };
  return readByRules(page).extraction.fields.supplierName.value;
}

test.each([
  ['brckstone', 'brickstone', true],
  ['brickstono', 'brickstone', true],
  ['brick', 'stone', false],
  ['lidi', 'lidl', false],
  ['brickstone', 'brickstone', false],
])('%s and %s are one letter apart: %s', (read, known, isSo) => {
  expect(isAlmost(read, known)).toBe(isSo);
});

test('a logo misread by one letter is put right by the shop’s web address', () => {
  expect(supplierOf(['BRCKSTONE', '12 Mill Lane', 'Tea | 2.50', 'Total | 2.50', 'brickstone.com'])).toBe('BRICKSTONE');
});
