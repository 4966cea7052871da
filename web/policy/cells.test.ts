import { expect, test } from 'vitest';
import { readCell, writeCell } from './cells.ts';
import { sayThen, sayWhen } from './row-words.ts';

test.each([
  ['', ''],
  ['<= 2500', '<= 2500'],
  ['> 250 and <= 2500.50', '> 250 and <= 2500.50'],
  ['[0..250)', '>= 0 and < 250'],
  ['250', '>= 250 and <= 250'],
  ['"EUR", "CHF"', '"EUR", "CHF"'],
  ['not( "price" )', 'not("price")'],
])('%s is written back as %s', (text, written) => {
  expect(writeCell(readCell(text))).toBe(written);
});

test.each(['> 1 and > 2', 'amount <= 3', '"EUR', '99999999999999999999999999999999999'])('%s is left as it is written', (text) => {
  expect(readCell(text)).toEqual({ kind: 'written', text });
  expect(writeCell(readCell(text))).toBe(text);
});

const column = (field: string, name = field) => ({ id: field, name, field });

test('a row is a sentence', () => {
  const approvals = {
    hitPolicy: 'first' as const,
    inputs: [column('currency'), column('amount'), column('difference'), column('supplier', 'Supplier')],
    outputs: [column('automatic'), column('steps')],
    rules: [],
  };
  const row = {
    currency: '"EUR"',
    amount: '> 500 and <= 2500',
    difference: 'not("missing-receipt")',
    supplier: '"70012", "70013"',
    automatic: 'false',
    steps: 'approver, controller:ka@office.example',
  };
  expect(`${sayWhen(approvals, row)}: ${sayThen(approvals, row)}`).toBe(
    'EUR, over 500.00 up to 2,500.00, not missing receipt, supplier 70012 or 70013: is decided by the approver, then ka@office.example',
  );
  const tolerances = {
    hitPolicy: 'first' as const,
    inputs: [column('supplier', 'Supplier')],
    outputs: [
      column('priceBasisPoints', 'Price, 1/100 %'),
      column('priceMinor', 'Price, cents'),
      column('quantityBasisPoints', 'Quantity, 1/100 %'),
    ],
    rules: [],
  };
  const limits = { priceBasisPoints: '250', priceMinor: '500', quantityBasisPoints: '0' };
  expect(`${sayWhen(tolerances, limits)}: ${sayThen(tolerances, limits)}`).toBe(
    'Any invoice: may differ by up to 2.5 % and 5.00 in price, 0 % in quantity',
  );
});
