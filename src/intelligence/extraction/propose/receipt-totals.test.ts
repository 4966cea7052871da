import { expect, test } from 'vitest';
import type { Reading } from '#domain/documents';
import { extract } from '../extract.ts';
import { gridReading } from '../table/grid-reading.test-kit.ts';

/** Type so large for the width of its text is a till roll's. */
function tillRoll(...rows: readonly string[]): Reading {
  const reading = gridReading(['Corner Shop', '12 Main Street', '01/02/2026 12:31', ...rows], { columns: [40, 200] });
  return { ...reading, source: 'ocr' };
}

const totalOf = (...rows: readonly string[]): string | null => extract(tillRoll(...rows)).fields.grossTotal.value;

test.each([
  ['the German word for sum', ['Apfelsaft | 1,69', 'Wodka | 9,99', 'SUMME EUR | 11,68', 'B 7% 1,58 0,11 1,69'], '11.68'],
  ['a total that includes its tax', ['Tea | 2.56', 'SUBTOTAL | 2.56', 'TOTAL (GST INCL) | 2.56', 'CASH | 5.00', 'CHANGE | 2.44'], '2.56'],
  [
    'what was paid, tax and all',
    ['Mask | 51.60', 'Soap | 26.70', 'AMT PAID IncI. GST:RM78.30', 'Amt Paid excl. GST :RM 73.87', 'Total eV:2.10'],
    '78.30',
  ],
  ['what is due', ['Cake | 8.70', 'Kaya | 6.40', 'Due | 15.10', '(Total Included GST @ 6% | 0.85)'], '15.10'],
  ['a mark misread as a dash', ['Raisin | 19.80', 'NET TOTAL | 19-80', 'CASH | 50.00', 'CHANGE | 30.20'], '19.80'],
  ['a letter misread', ['Milk | 3.00', 'Fotal : | 3.00'], '3.00'],
  ['the time before the words', ['Soup | 9.50', 'Pie | 4.50', '01:39PM Total Due | 14.00'], '14.00'],
  ['a sum alone below its words', ['Soda | 4.20', 'Pie | 7.25', '15:05 Amt Due', '€11.45'], '11.45'],
  [
    'cash less change, where no total is called so',
    ['Combo | 19.50', '***TO GO*** | 19.50', 'AMOUNT TENDER | 20.00', 'CHANGE DUE | 0.50'],
    '19.50',
  ],
  ['the sum with the tip', ['AMOUNT | 85.58', 'TIP | 12.84', 'TOTAL | 98.42'], '98.42'],
])('the total of a receipt is told by %s', (_what, rows, total) => {
  expect(totalOf(...rows)).toBe(total);
});

test('the tax that a total includes is not the total', () => {
  expect(totalOf('Burger | 11.98', 'Eat-In Total (incl Tax) | 11.98', 'TOTAL INCLUDES 6% Govt Tax OF | 0.68')).toBe('11.98');
});

test.each([
  // Every $ of the first rows was read as a 5: the sum closes, yet what is called the total is another.
  [
    'a sum whose dollar signs were all misread',
    ['Propane | 6.37', 'Subtotal | $56.37', 'Tax | $0.49', 'GRAND TOTAL | $6.86', 'Cash | $56.86'],
  ],
  ['a subtotal before a tip that a hand writes', ['AMOUNT | 40.48', 'TAX | 3.34', 'SUBTOTAL | 43.82', 'TIP | .', 'TOTAL | .']],
])('%s is not proven', (_what, rows) => {
  expect(extract(tillRoll(...rows)).fields.grossTotal.standing).not.toBe('proven');
});
