import { expect, test } from 'vitest';
import { readByRules } from '../extract-from-words.ts';
import { flattenExtraction } from '../flatten.ts';
import { gridReading } from '../table/grid-reading.test-kit.ts';

function totalsOf(rows: readonly string[]): readonly unknown[] {
  const { netTotal, taxTotal, grossTotal } = flattenExtraction(readByRules(gridReading(rows)).extraction);
  return [netTotal, taxTotal, grossTotal];
}

const items = [
  'Invoice number: A-4711',
  'Description | Qty | Price | Amount',
  'Blue paper | 2 | 50.00 | 100.00',
  'Ink | 1 | 20.00 | 20.00',
];

test('where the printed tax is nought, the total is the net', () => {
  expect(totalsOf([...items, 'VAT | | | 0.00', 'Total for this invoice | | | 120.00'])).toEqual([120, 0, 120]);
});

test('a rate of nought without an amount is a tax of nought', () => {
  expect(totalsOf([...items, 'VAT 0%', 'Total for this invoice | | | 120.00'])).toEqual([120, 0, 120]);
});

test('an invoice under reverse charge has a net and prints no tax', () => {
  expect(totalsOf([...items, 'Grand total | | | 120.00', 'Reverse charge: the buyer accounts for the tax.'])).toEqual([120, null, 120]);
});

test('lines headed as without tax that make the only total are its net', () => {
  const rows = items.map((row) => row.replace('| Amount', '| Amount excl. VAT'));
  expect(totalsOf([...rows, 'Total | | | 120.00'])[0]).toBe(120);
});

test('a total of which nothing says whether tax is in it has no net', () => {
  expect(totalsOf(['Receipt no. 12', 'Room | | | 120.00', 'Grand total | | | 120.00'])).toEqual([null, null, 120]);
});

test('postage on which no tax was reckoned is no part of the net', () => {
  expect(
    totalsOf([
      ...items,
      'Subtotal | | | 120.00',
      'Discount (10%) | | | 12.00',
      'Tax (20%) | | | 21.60',
      'Shipping | | | 5.00',
      'Total | | | 134.60',
    ]),
  ).toEqual([108, 21.6, 134.6]);
});

test('what stands under the head of another currency is no total of this one', () => {
  const rows = [
    'Invoice number: A-4711',
    'Payment currency: USD',
    'Product | USD | EUR',
    'One month | 119.95 | 109.15',
    'VAT | 0.00 | 0.00',
    'Total at checkout | 119.95 | 109.15',
  ];
  expect(totalsOf(rows)).toEqual([119.95, 0, 119.95]);
});

test('an amount may begin with its decimal point, and OCR takes a dollar sign for an S', () => {
  const page = { ...gridReading(['Corner Shop', 'Gum | .99', 'Tax | .07', 'Total | S1.06']), source: 'ocr' as const };
  const { fields } = readByRules(page).extraction;
  expect([fields.taxTotal.value, fields.grossTotal.value, fields.currency.value]).toEqual(['0.07', '1.06', 'USD']);
});
