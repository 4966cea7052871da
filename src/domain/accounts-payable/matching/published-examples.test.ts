import { expect, test } from 'vitest';
import { decimal, money } from '#domain/money';
import { buildInvoice, buildLine, buildOrder, buildOrderLine, noTolerance } from './fixtures.ts';
import { matchInvoice, type MatchInput } from './three-way-match.ts';
import type { Invoice, PurchaseOrder, PurchaseOrderLine, Tolerance } from '../types.ts';

// The worked figures of Dynamics 365 Finance's public documentation (accounts-payable-invoice-matching and
// three-way-matching-policies), and of Tipalti's help page on bills that may not be approved.

const anyAmount = 10n ** 12n;
const anyShare = 1_000_000;

/** Percent only: the amount beside it never binds. */
function percent(basisPoints: number, more: Partial<Tolerance> = {}): Tolerance {
  return { priceBasisPoints: basisPoints, priceMinor: anyAmount, quantityBasisPoints: 0, ...more };
}

function reasons(input: MatchInput): string[] {
  return matchInvoice(input).exceptions.map((exception) => exception.reason);
}

function oneLine(
  ordered: Parameters<typeof buildOrderLine>[0],
  billed: Parameters<typeof buildLine>[0],
  order: Partial<PurchaseOrder> = {},
): Pick<MatchInput, 'invoice' | 'order'> {
  return { invoice: buildInvoice({ lines: [buildLine(billed)] }), order: buildOrder({ ...order, lines: [buildOrderLine(ordered)] }) };
}

test.each([
  ['1.05', []],
  ['1.10', ['price']],
])('batteries ordered at 1.00 and billed at %s under five percent', (unitPrice, expected) => {
  const battery = { description: 'Batteries', quantity: '1000' };
  expect(reasons({ ...oneLine({ ...battery, unitPrice: '1.00' }, { ...battery, unitPrice }), tolerance: percent(500) })).toEqual(expected);
});

test('net unit price: a charge of 50.00 on four pieces makes 67.90 of 55.38, 22.6 percent of ten', () => {
  const input = oneLine({ quantity: '4', unitPrice: '55.38' }, { quantity: '4', unitPrice: '55.40', netAmount: '271.60' });
  const { exceptions } = matchInvoice({ ...input, tolerance: percent(1_000) });
  expect(exceptions).toMatchObject([{ reason: 'price', expected: '55.38 EUR', found: '67.90 EUR', difference: '+12.52 EUR (22.6 %)' }]);
});

test('three-way: the same four pieces without any receipt miss their receipt as well', () => {
  const input = oneLine(
    { quantity: '4', unitPrice: '55.38', receivedQuantity: '0' },
    { quantity: '4', unitPrice: '55.40', netAmount: '271.60' },
  );
  expect(reasons({ ...input, tolerance: percent(1_000) })).toEqual(['price', 'missing-receipt']);
});

const totalByPercent = percent(anyShare, { totalBasisPoints: 1_000 });
const totalByAmount = percent(anyShare, { totalMinor: 10_000n });
const totalByBoth = percent(anyShare, { totalBasisPoints: 1_000, totalMinor: 10_000n });

test.each([
  ['105.00 under ten percent', '105.00', totalByPercent, []],
  ['150.00 under ten percent', '150.00', totalByPercent, ['price']],
  ['150.00 under 100.00', '150.00', totalByAmount, []],
  ['205.00 under 100.00', '205.00', totalByAmount, ['price']],
  ['105.00 under both', '105.00', totalByBoth, []],
  ['150.00 under both', '150.00', totalByBoth, ['price']],
  ['205.00 under both', '205.00', totalByBoth, ['price']],
] as const)('price totals: 100.00 ordered, %s', (_title, asked, tolerance, expected) => {
  const input = oneLine({ quantity: '1', unitPrice: '100.00' }, { quantity: '1', unitPrice: asked });
  expect(reasons({ ...input, tolerance })).toEqual(expected);
});

test('price totals count over all invoices: the third one of the USB drives goes over', () => {
  const tolerance = percent(1_000, { totalBasisPoints: 1_500, totalMinor: 50_000n });
  const bill = (quantity: string, invoicedQuantity: string, invoicedAmount: string): string[] => {
    const drive = { description: 'USB Drive', unitPrice: '10.00', quantity: '1000', receivedQuantity: '2000', invoicedQuantity };
    const line = { ...buildOrderLine(drive), invoicedAmount: money(invoicedAmount, 'EUR') };
    const invoice = buildInvoice({ lines: [buildLine({ description: 'USB Drive', quantity, unitPrice: '10.80' })] });
    return reasons({ invoice, order: buildOrder({ isReceiptRequired: false, lines: [line] }), tolerance });
  };
  expect(bill('800', '0', '0')).toEqual([]);
  expect(bill('100', '800', '8640.00')).toEqual([]);
  // 1,100 pieces of 1,000 as well: more than ordered.
  expect(bill('200', '900', '9720.00')).toEqual(['quantity', 'price']);
});

test('charges are matched each on its own: the licence was not agreed, freight was, expediting costs twice as much', () => {
  const charge = (description: string, amount: string) => ({ description, amount: money(amount, 'EUR') });
  const order = buildOrder({ charges: [charge('Freight', '200'), charge('Expedite', '2')] });
  const charges = [charge('License', '25'), charge('Freight', '200'), charge('Expedite', '4')].map((one) => ({ ...one, taxRate: null }));
  const invoice = buildInvoice({ charges, net: money('348.00', 'EUR') });
  const { exceptions } = matchInvoice({ invoice, order, tolerance: percent(2_500) });
  expect(exceptions).toMatchObject([
    { reason: 'price', found: '4.00 EUR', difference: '+2.00 EUR (100.0 %)' },
    { reason: 'unordered-item', found: '25.00 EUR' },
  ]);
});

test('invoice totals: of six totals only the discount of 9.90 that was not given is beyond twenty percent', () => {
  const goods = { quantity: '1', unitPrice: '495.00' };
  const order = buildOrder({
    lines: [buildOrderLine(goods)],
    charges: [
      { description: 'Freight', amount: money('64.90', 'EUR') },
      { description: 'Discount', amount: money('-9.90', 'EUR') },
    ],
  });
  const taxRate = decimal(25);
  const invoice = buildInvoice({
    lines: [{ ...buildLine(goods), taxRate }],
    charges: [{ description: 'Freight', amount: money('64.90', 'EUR'), taxRate }],
    net: money('559.90', 'EUR'),
    tax: money('139.98', 'EUR'),
    gross: money('699.88', 'EUR'),
  });
  const { exceptions } = matchInvoice({ invoice, order, tolerance: percent(2_000) });
  expect(exceptions).toMatchObject([{ reason: 'price', expected: '-9.90 EUR', found: '0.00 EUR', difference: '+9.90 EUR' }]);
});

test('machines at 8,100.00 of 8,000.00 with dearer shipping pass under eight percent, and the shipping is asked about', () => {
  const machine = { description: '1500 – CNC Milicron Machine', quantity: '5' };
  const shipping = { description: 'Shipping & handling', amount: money('3000.00', 'EUR') };
  const order = buildOrder({ lines: [buildOrderLine({ ...machine, unitPrice: '8000.00' })], charges: [shipping] });
  const lines = [
    buildLine({ ...machine, unitPrice: '8100.00' }),
    buildLine({ position: 2, description: 'Shipping and handling', quantity: '1', unitPrice: '4000.00' }),
  ];
  const tolerance = percent(800, { totalBasisPoints: 1_500, chargeBasisPoints: 3_400, chargeMinor: anyAmount });
  expect(reasons({ invoice: buildInvoice({ lines }), order, tolerance })).toEqual([]);
  expect(reasons({ invoice: buildInvoice({ lines }), order, tolerance: { ...tolerance, chargeBasisPoints: 3_300 } })).toEqual(['price']);
});

test('receipts are required line by line: computer and mouse wait for theirs, the mouse is too dear, the drives pass', () => {
  const item = (
    position: number,
    description: string,
    quantity: string,
    unitPrice: string,
    isReceiptRequired: boolean,
  ): PurchaseOrderLine => ({
    ...buildOrderLine({ position, description, quantity, unitPrice, receivedQuantity: '0' }),
    isReceiptRequired,
  });
  const order = buildOrder({
    isReceiptRequired: false,
    lines: [
      item(1, 'PH2500 – Computer', '2', '2500.00', true),
      item(2, 'MM01 – Wireless Mouse', '2', '40.00', true),
      item(3, 'USB Drive', '200', '10.00', false),
    ],
  });
  const lines = [
    buildLine({ description: 'PH2500 – Computer', quantity: '2', unitPrice: '2500.00' }),
    buildLine({ position: 2, description: 'MM01 – Wireless Mouse', quantity: '2', unitPrice: '41.00' }),
    buildLine({ position: 3, description: 'USB Drive', quantity: '200', unitPrice: '10.05' }),
  ];
  const result = matchInvoice({ invoice: buildInvoice({ lines }), order, tolerance: percent(200, { totalBasisPoints: 1_000 }) });
  expect(result.kind).toBe('three-way');
  expect(result.exceptions.map(({ line, reason }) => `${line} ${reason}`)).toEqual(['1 missing-receipt', '2 price', '2 missing-receipt']);
});

const clean = { invoice: buildInvoice(), order: buildOrder(), tolerance: noTolerance };

test.each<[string, { readonly invoice?: Invoice; readonly order?: PurchaseOrder }, string]>([
  ['a difference beyond the thresholds', { invoice: buildInvoice({ lines: [buildLine({ unitPrice: '11.91' })] }) }, 'price'],
  [
    'a line that fits no order line',
    { invoice: buildInvoice({ lines: [buildLine({ description: 'Sofa', unitPrice: '900' })] }) },
    'unordered-item',
  ],
  ['an ordered price of zero that is billed', { order: buildOrder({ lines: [buildOrderLine({ unitPrice: '0' })] }) }, 'price'],
  [
    'an ordered quantity of zero that is billed',
    { order: buildOrder({ lines: [buildOrderLine({ quantity: '0', receivedQuantity: '0' })] }) },
    'quantity',
  ],
  ['another currency than the order', { order: buildOrder({ currency: 'USD' }) }, 'currency'],
])('is not approvable as it stands: %s', (_title, changes, reason) => {
  expect(reasons(clean)).toEqual([]);
  const found = matchInvoice({ ...clean, ...changes });
  expect(found.outcome).toBe('exception');
  expect(found.exceptions.map((exception) => exception.reason)).toContain(reason);
});
