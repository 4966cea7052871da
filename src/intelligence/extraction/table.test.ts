import { expect, test } from 'vitest';
import { gridReading } from './grid-reading.test-kit.ts';
import { findLabels } from './labels.ts';
import { layOut } from './layout.ts';
import { proposeNumbers } from './propose-amounts.ts';
import { readTable } from './table.ts';

function linesOf(rows: readonly string[], columns?: readonly number[]): unknown[] {
  const layout = layOut(gridReading(rows, columns === undefined ? {} : { columns }));
  const table = readTable(layout, findLabels(layout), proposeNumbers(layout, '.'));
  return table.lines.map((line) => [
    line.description.map((word) => word.text).join(' '),
    line.quantity?.value,
    line.unitPrice?.value,
    line.amount?.value,
  ]);
}

test('reads lines under the columns of the header and stops at the totals', () => {
  expect(
    linesOf([
      'Description | Qty | Price | Amount',
      'Blue paper 500 sheets | 2 | 7.62 | 15.24',
      'Pens | 10 | 1.00 | 10.00',
      'Subtotal | | | 25.24',
      'VAT 20% | | | 5.05',
      'Total | | | 30.29',
    ]),
  ).toEqual([
    ['Blue paper 500 sheets', '2', '7.62', '15.24'],
    ['Pens', '10', '1.00', '10.00'],
  ]);
});

test('a description goes on over the rows below it', () => {
  expect(
    linesOf([
      'Bezeichnung | Menge | Einzelpreis | Gesamt',
      'Beratung und | 1 | 100.00 | 100.00',
      'Entwicklung',
      'Zwischensumme | | | 100.00',
    ]),
  ).toEqual([['Beratung und Entwicklung', '1', '100.00', '100.00']]);
});

test('where two columns are called a price, the last one holds the amounts', () => {
  expect(linesOf(['Description | Quantity | Unit Price | Price', 'Webcam | 10.000 | 45.00 | 450.00', 'Total | | | 450.00'])).toEqual([
    ['Webcam', '10.000', '45.00', '450.00'],
  ]);
});

test('subtotals between groups are no lines', () => {
  const lines = linesOf([
    'Description | Qty | Price | Amount',
    'Chair | 1 | 70.00 | 70.00',
    'Subtotal | | | 70.00',
    'Table | 2 | 50.00 | 100.00',
    'Subtotal | | | 100.00',
    'Total | | | 170.00',
  ]);
  expect(lines.map((line) => (line as unknown[])[0])).toEqual(['Chair', 'Table']);
});

test('a page without a table has no lines', () => {
  expect(linesOf(['Dear customer,', 'please pay 12.00 EUR by Friday.'])).toEqual([]);
});
