import { expect, test } from 'vitest';
import { gridReading } from './grid-reading.test-kit.ts';
import { findLabels } from '../propose/labels.ts';
import { layOut } from '../layout.ts';
import { proposeNumbers } from '../propose/propose-amounts.ts';
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

test('a last column that is headed by a currency alone holds the amounts', () => {
  expect(
    linesOf(['Bezeichnung | Menge Einheit | Ansatz | CHF', 'Roll-up Display 85 x 200 cm | 4 Stk | 118.00 | 472.00', 'Total | | | 472.00']),
  ).toEqual([['Roll-up Display 85 x 200 cm', '4', '118.00', '472.00']]);
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

test('a long description goes on as long as its lines are full', () => {
  const [line] = linesOf([
    'Description | Qty | Price | Amount',
    'Paving made of concrete stones laid without | 2 | 50.00 | 100.00',
    'binder on a bed of sand and grit, thickness',
    'of eighty millimetres, resistant against all',
    'weather and against salt, edges chamfered by',
    'machine and joints filled with natural sand',
    'Total | | | 100.00',
  ]) as [string][];
  expect(line?.[0]).toMatch(/^Paving .* natural sand$/);
});

test('figures in the middle of their description take the lines above and below', () => {
  expect(
    linesOf([
      'Description | Qty | Price | Amount',
      '',
      'Oak table with',
      ' | 1 | 250.00 | 250.00',
      'four legs',
      '',
      'Chair of beech',
      ' | 4 | 50.00 | 200.00',
      'without arms',
      '',
      'Total | | | 450.00',
    ]).map((line) => (line as unknown[])[0]),
  ).toEqual(['Oak table with four legs', 'Chair of beech without arms']);
});

test('a breakdown of the tax below the items holds no items', () => {
  expect(
    linesOf([
      'Beschreibung | Menge | Einzelpreis | Betrag',
      'Beratung | 2 | 50,00 | 100,00',
      'Warenwert | Basisbetrag | Steuersatz | Steuerbetrag',
      'Standard 100,00 | 100,00 | 19 | 19,00',
    ]),
  ).toEqual([['Beratung', '2', '50.00', '100.00']]);
});

test('where amounts have cents a bare number in their column is none', () => {
  expect(
    linesOf(['Description | Qty | Price | Amount', 'Paper | 2 | 7.62 | 15.24', 'Delivered from warehouse | | | 64', 'Total | | | 15.24']),
  ).toHaveLength(1);
});

test('of two columns of amounts the one counts that quantity times price makes', () => {
  expect(
    linesOf(
      [
        'Description | Qty | Price | Net | VAT amount | Total',
        'Paper | 2 | 10.00 | 20.00 | 4.00 | 24.00',
        'Pens | 3 | 5.00 | 15.00 | 3.00 | 18.00',
      ],
      [40, 200, 260, 330, 400, 500],
    ),
  ).toEqual([
    ['Paper', '2', '10.00', '20.00'],
    ['Pens', '3', '5.00', '15.00'],
  ]);
});

test('a column with an unknown head is the quantity where it multiplies with the price to the amount', () => {
  expect(linesOf(['Description | Kpl | Price | Amount', 'Paper | 2 | 10.00 | 20.00', 'Pens | 3 | 5.00 | 15.00'])).toEqual([
    ['Paper', '2', '10.00', '20.00'],
    ['Pens', '3', '5.00', '15.00'],
  ]);
});

test('an ambiguous head means what the table else lacks', () => {
  expect(linesOf(['Désignation | Nombre | P.U. HT | Montant HT', 'Annonce légale | 3 | 2,50 | 7,50'])).toEqual([
    ['Annonce légale', '3', '2.50', '7.50'],
  ]);
});

test('a quantity with its unit stuck to it is one', () => {
  expect(linesOf(['Leistung | Menge | Preis | Betrag', 'Beratung vor Ort | 3h | 80,00 | 240,00'])).toEqual([
    ['Beratung vor Ort', '3', '80.00', '240.00'],
  ]);
});

test('what stands under another column is no part of the description, even without a gap', () => {
  expect(
    linesOf(
      [
        'Item code | Description | Qty | Price | Amount',
        'AB-1234567890123 | Paper | 2 | 7.62 | 15.24',
        'AB-1234567890124 | Pens | 1 | 2.00 | 2.00',
      ],
      [40, 124, 300, 360, 430],
    ),
  ).toEqual([
    ['Paper', '2', '7.62', '15.24'],
    ['Pens', '1', '2.00', '2.00'],
  ]);
});

test('a bare number that words or a time lead to is no amount', () => {
  const rows = [
    'Description | Qty | Price | Amount',
    'Blue paper | 2 | 7.62 | 15.24',
    'in sheets | | | Reason 64',
    'of one size | | | Until 18:00',
  ];
  expect(linesOf(rows)).toEqual([['Blue paper in sheets of one size', '2', '7.62', '15.24']]);
});
