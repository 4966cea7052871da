import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extract } from '../extract.ts';
import { gridReading } from '../table/grid-reading.test-kit.ts';

interface Item {
  readonly quantity: number;
  readonly cents: number;
}

const money = (cents: number): string => `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
const items = fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 40 }), cents: fc.integer({ min: 101, max: 90_000 }) }), {
  minLength: 1,
  maxLength: 6,
});
const rates = fc.constantFrom(5, 7, 10, 19, 20, 21);

function invoice(
  list: readonly Item[],
  rate: number,
  error: { readonly net?: number; readonly tax?: number; readonly gross?: number } = {},
): ReturnType<typeof extract> {
  const net = list.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0);
  const tax = Math.round((net * rate) / 100);
  const rows = [
    'Invoice number: A-4711',
    'Date: 24 Sep 2024',
    'Description | Qty | Price | Amount',
    ...list.map(({ quantity, cents }, index) => `Article ${'abcdef'[index]} | ${quantity} | ${money(cents)} | ${money(quantity * cents)}`),
    `Net total | | | ${money(net + (error.net ?? 0))} EUR`,
    `VAT ${rate}% | | | ${money(tax + (error.tax ?? 0))} EUR`,
    `Grand total | | | ${money(net + tax + (error.gross ?? 0))} EUR`,
  ];
  return extract(gridReading(rows));
}

test('totals that add up are always proven', () => {
  fc.assert(
    fc.property(items, rates, (list, rate) => {
      const { fields, problems } = invoice(list, rate);
      const net = list.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0);
      const tax = Math.round((net * rate) / 100);
      expect([fields.netTotal.value, fields.taxTotal.value, fields.grossTotal.value]).toEqual([money(net), money(tax), money(net + tax)]);
      expect([fields.netTotal.standing, fields.taxTotal.standing, fields.grossTotal.standing]).toEqual(['proven', 'proven', 'proven']);
      expect(problems).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('a gross total that does not add up is never proven', () => {
  fc.assert(
    fc.property(items, rates, fc.integer({ min: 1, max: 5000 }), (list, rate, wrong) => {
      const { fields } = invoice(list, rate, { gross: wrong });
      expect(fields.grossTotal.standing).not.toBe('proven');
      expect(fields.grossTotal.confidence).toBeLessThan(0.95);
    }),
    { numRuns: 150 },
  );
});

test('a tax that does not add up is never proven, and the document is said to be wrong', () => {
  const { fields, problems } = invoice([{ quantity: 2, cents: 5000 }], 20, { tax: 300 });
  expect(fields.taxTotal.standing).not.toBe('proven');
  expect(problems.map(({ code }) => code)).toContain('totals-do-not-add-up');
});

test('a previous balance does not become the total', () => {
  const { fields } = extract(
    gridReading([
      'Invoice number: 77',
      'Subtotal | | | $100.00',
      'Sales tax | | | $10.00',
      'Total | | | $110.00',
      'Previous unpaid balance | | | $500.00',
      'Amount due | | | $610.00',
    ]),
  );
  expect([fields.netTotal.value, fields.taxTotal.value, fields.grossTotal.value]).toEqual(['100.00', '10.00', '110.00']);
});

test('a discount of the whole document leads from the subtotal to the net', () => {
  const { fields } = extract(
    gridReading(['Invoice number: 78', 'Subtotal | | | 200.00', 'Discount | | | 20.00', 'Tax | | | 18.00', 'Total | | | 198.00 EUR']),
  );
  expect([fields.netTotal.value, fields.netTotal.origin, fields.grossTotal.value]).toEqual(['180.00', 'arithmetic', '198.00']);
  expect(fields.netTotal.standing).not.toBe('proven');
});

test('where each row of tax names a rate of its own, the tax is all of them', () => {
  const { fields } = extract(
    gridReading([
      'Receipt no. 4711',
      'Paper | | | 946.00',
      'Paint | | | 3509.63',
      'Amount due | | | 4455.63',
      'VAT 21 % | | | 877.92',
      'VAT 6 % | | | 16.64',
    ]),
  );
  expect(fields.taxTotal.value).toBe('894.56');
});
