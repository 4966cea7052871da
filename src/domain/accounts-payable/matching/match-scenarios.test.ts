import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimal, money } from '#domain/money';
import { buildInvoice, buildLine, buildOrder, buildOrderLine, noTolerance, usualTolerance } from './fixtures.ts';
import { matchInvoice, type MatchInput } from './three-way-match.ts';
import type { Deposit, InvoiceLine, PurchaseOrder, PurchaseOrderLine, ReceiptLine } from '../types.ts';

function match(input: Partial<MatchInput>) {
  return matchInvoice({ invoice: buildInvoice(), order: buildOrder(), tolerance: noTolerance, ...input });
}

function reasons(input: Partial<MatchInput>): string[] {
  return match(input).exceptions.map((exception) => exception.reason);
}

function bill(...lines: readonly Partial<InvoiceLine>[]): MatchInput['invoice'] {
  return buildInvoice({ lines: lines.map((line, at) => ({ ...buildLine(), position: at + 1, ...line })) });
}

function line(quantity: string, unitPrice: string, more: Partial<InvoiceLine> = {}): Partial<InvoiceLine> {
  return { ...buildLine({ quantity, unitPrice }), ...more };
}

function ordering(...lines: readonly Partial<PurchaseOrderLine>[]): PurchaseOrder {
  return buildOrder({ lines: lines.map((more, at) => ({ ...buildOrderLine({ position: at + 1 }), ...more })) });
}

const twelve = [{ unit: 'pc', perOrderUnit: decimal(12) }];

test('counts pieces as boxes where the order says how many are in one', () => {
  const order = ordering({ ...buildOrderLine({ unit: 'box', quantity: '10', unitPrice: '24.00' }), conversions: twelve });
  const result = match({ order, invoice: bill(line('120', '2.00', { unit: 'C62' })) });
  expect(result.exceptions).toEqual([]);
  expect(result.allocations[0]?.quantity.eq(10)).toBe(true);
  expect(reasons({ order, invoice: bill(line('121', '2.00', { unit: 'C62' })) })).toEqual(['quantity']);
});

test('three bills of a third of a box make one box, and no more', () => {
  const third = (invoiced: string, pieces: string): string[] => {
    const ordered = buildOrderLine({ unit: 'box', quantity: '1', unitPrice: '24.00', invoicedQuantity: invoiced });
    return reasons({ order: ordering({ ...ordered, conversions: twelve }), invoice: bill(line(pieces, '2.00', { unit: 'C62' })) });
  };
  // As the table keeps it: four decimals.
  expect(third('0.6667', '4')).toEqual([]);
  expect(third('0.6667', '5')).toEqual(['quantity']);
});

test('knows kilograms and grams without being told', () => {
  const order = ordering(buildOrderLine({ unit: 'KGM', quantity: '2', unitPrice: '10.00' }));
  expect(reasons({ order, invoice: bill(line('2000', '0.01', { unit: 'GRM' })) })).toEqual([]);
  expect(reasons({ order, invoice: bill(line('2001', '0.01', { unit: 'GRM' })) })).toEqual(['quantity']);
});

test('asks how many are in a box when nobody says, and tells which number would fit', () => {
  const order = ordering(buildOrderLine({ unit: 'box', quantity: '10', unitPrice: '24.00' }));
  const { exceptions } = match({ order, invoice: bill(line('120', '2.00', { unit: 'C62' })) });
  expect(exceptions.map(({ reason }) => reason)).toEqual(['unit']);
  expect(exceptions[0]?.message).toContain('The prices fit if one box is 12 pieces.');
});

test('holds a price per hundred against one piece, and notices when the hundred is forgotten', () => {
  const order = ordering({ ...buildOrderLine({ quantity: '500', unitPrice: '4.20' }), priceBase: decimal(100) });
  const stated = line('500', '4.20', { priceBase: decimal(100), netAmount: money('21.00', 'EUR') });
  expect(reasons({ order, invoice: bill(stated) })).toEqual([]);
  expect(reasons({ order, invoice: bill({ ...stated, priceBase: null }) })).toEqual([]);
  expect(reasons({ order, invoice: bill(line('500', '4.20')) })).toEqual(['price']);
});

test('matches lines of two orders each with its own, and asks when one is another supplier’s', () => {
  const first = buildOrder();
  const chair = buildOrderLine({ id: 'chair', description: 'Office chair', quantity: '2', unitPrice: '300.00' });
  const second = buildOrder({ id: 'order-2', number: 'PO-43', lines: [chair] });
  const invoice = bill(line('10', '11.90'), line('2', '300.00', { description: 'Office chair' }));
  const result = match({ invoice, order: first, moreOrders: [second] });
  expect(result.exceptions).toEqual([]);
  expect(result.allocations.map(({ purchaseOrderLineId }) => purchaseOrderLineId)).toEqual(['order-line-1', 'chair']);
  expect(reasons({ invoice, moreOrders: [{ ...second, supplierId: 'supplier-2' }] })).toEqual(['doubtful-value']);
});

test('a line that names its order bills that one, though the other has the same article', () => {
  const second = buildOrder({ id: 'order-2', number: 'PO-43', lines: [buildOrderLine({ id: 'other' })] });
  const { allocations } = match({ invoice: bill(line('10', '11.90', { orderNumber: 'PO 43' })), moreOrders: [second] });
  expect(allocations.map(({ purchaseOrderLineId }) => purchaseOrderLineId)).toEqual(['other']);
});

test('spreads one invoice line over two order lines of the article, and no further', () => {
  const order = ordering(
    { quantity: decimal(5), receivedQuantity: decimal(5) },
    { id: 'b', quantity: decimal(5), receivedQuantity: decimal(3) },
  );
  const result = match({ order, invoice: bill(line('8', '11.90')) });
  expect(result.exceptions).toEqual([]);
  expect(result.allocations.map(({ quantity, amount }) => [quantity.toFixed(), amount.minor])).toEqual([
    ['5', 5950n],
    ['3', 3570n],
  ]);
  expect(reasons({ order, invoice: bill(line('9', '11.90')) })).toEqual(['missing-receipt']);
  expect(reasons({ order, invoice: bill(line('11', '11.90')) })).toContain('quantity');
});

test('allocates every cent and every piece of a line, however it is spread', () => {
  const pieces = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 4 }), pieces, fc.integer({ min: 1, max: 99_999 }), (ordered, billed, cents) => {
      const unitPrice = decimal(cents).div(100);
      const order = ordering(
        ...ordered.map((quantity, at) => ({ id: `l${at}`, quantity: decimal(quantity), receivedQuantity: decimal(quantity), unitPrice })),
      );
      const { allocations, outcome } = match({ order, invoice: bill(line(`${billed}`, unitPrice.toFixed())) });
      const quantity = allocations.reduce((total, one) => total.plus(one.quantity), decimal(0));
      const amount = allocations.reduce((total, one) => total + one.amount.minor, 0n);
      expect([quantity.toNumber(), amount]).toEqual([billed, BigInt(cents * billed)]);
      expect(outcome).toBe(billed <= ordered.reduce((total, one) => total + one, 0) ? 'matched' : 'exception');
    }),
    { numRuns: 200, seed: 6 },
  );
});

test('says which delivery each piece was: the oldest first, after what was billed before', () => {
  const receipt = (receiptId: string, receivedOn: string, quantity: string): ReceiptLine => ({
    receiptId,
    number: receiptId.toUpperCase(),
    receivedOn,
    quantity: decimal(quantity),
  });
  const receipts = [receipt('gr-2', '2026-03-01', '4'), receipt('gr-1', '2026-02-25', '4')];
  const order = ordering({ ...buildOrderLine({ receivedQuantity: '8', invoicedQuantity: '3' }), receipts });
  const rows = match({ order, invoice: bill(line('6', '11.90')) }).receiptAllocations ?? [];
  expect(rows.map(({ receiptId, quantity, reason }) => [receiptId, quantity.toFixed(), reason])).toEqual([
    ['gr-1', '1', '1 of 4 pieces received on 2026-02-25 with GR-1.'],
    ['gr-2', '4', '4 of 4 pieces received on 2026-03-01 with GR-2.'],
    [null, '1', '1 piece that no receipt covers.'],
  ]);
});

test('recognises the whole order in one sum, to the cent, and asks whether it is everything', () => {
  const order = ordering({ description: 'Desk' }, { id: 'b', description: 'Lamp', unitPrice: decimal('5.05') });
  const whole = (amount: string) => bill(line('1', amount, { description: 'Goods as per your order' }));
  const result = match({ order, invoice: whole('169.50') });
  expect(result.exceptions.map(({ reason }) => reason)).toEqual(['doubtful-value']);
  expect(result.allocations).toHaveLength(2);
  expect(reasons({ order, invoice: whole('169.53') })).toEqual(['unordered-item']);
});

const freight = { description: 'Freight', amount: money('20.00', 'EUR') };

test.each([
  ['20.00', []],
  ['21.00', []],
  ['21.01', ['price']],
  ['12.00', []],
])('freight of 20.00 was agreed with five percent, %s is billed', (amount, expected) => {
  const invoice = bill({}, line('1', amount, { description: 'Versandkosten' }));
  expect(reasons({ invoice, order: buildOrder({ charges: [freight] }), tolerance: usualTolerance })).toEqual(expected);
});

test('a charge counts over all invoices, and is asked about once it was paid', () => {
  const order = buildOrder({ charges: [{ ...freight, invoiced: money('20.00', 'EUR') }] });
  expect(reasons({ order, invoice: bill({}, line('1', '20.00', { description: 'Freight' })) })).toEqual(['price']);
});

test('a discount agreed in percent is expected of every invoice, a fixed one of the last', () => {
  const discounted = (charge: Partial<NonNullable<PurchaseOrder['charges']>[number]>, quantity: string): string[] =>
    reasons({
      order: buildOrder({ charges: [{ description: 'Rabatt', amount: null, ...charge }] }),
      invoice: bill(line(quantity, '11.90')),
    });
  expect(discounted({ basisPoints: -500 }, '4')).toEqual(['price']);
  expect(discounted({ amount: money('-5.00', 'EUR') }, '4')).toEqual([]);
  expect(discounted({ amount: money('-5.00', 'EUR') }, '10')).toEqual(['price']);
});

test.each([
  ['Treuerabatt', 'matched'],
  ['Gutschrift', 'matched'],
  ['Something else', 'exception'],
])('takes %j off as what it is', (description, outcome) => {
  expect(match({ invoice: bill({}, line('1', '-5.00', { description })) }).outcome).toBe(outcome);
});

test.each(['8-port Switch', 'Lieferung eines Solarziegels', 'Transport box, blue', 'Delivery robot'])(
  'takes %j for goods',
  (description) => {
    const { exceptions } = match({ invoice: bill({}, line('1', '90.00', { description })) });
    expect(exceptions[0]?.message).toContain('which is not on order');
    expect(exceptions[0]?.message).not.toContain('freight');
  },
);

const paid: Deposit = { invoiceId: 'invoice-0', number: 'A-1', net: money('35.70', 'EUR'), deducted: money('0', 'EUR') };
const off = (amount: string): Partial<InvoiceLine> => line('1', amount, { description: 'abzüglich Anzahlung A-1' });

test.each([
  ['as agreed', 3000, '35.70', []],
  ['a cent of rounding more', 3000, '35.71', []],
  ['two cents more', 3000, '35.72', ['deposit']],
  ['though none was agreed', null, '35.70', ['deposit']],
] as const)('a deposit %s', (_title, depositBasisPoints, amount, expected) => {
  const order = buildOrder({ depositBasisPoints, deposits: [] });
  const invoice = { ...bill(line('1', amount, { description: 'Anzahlung 30 %' })), stage: 'deposit' } as const;
  expect(reasons({ order, invoice })).toEqual(expected);
});

test.each([
  ['takes the deposit off', '-35.70', []],
  ['takes too little off', '-35.68', ['deposit']],
  ['takes more off than was paid', '-35.72', ['deposit']],
])('a final invoice %s', (_title, amount, expected) => {
  expect(reasons({ order: buildOrder({ deposits: [paid] }), invoice: bill({}, off(amount)) })).toEqual(expected);
});

test('a partial invoice may leave the deposit for the last one, which may not', () => {
  const order = buildOrder({ deposits: [paid] });
  expect(reasons({ order, invoice: bill(line('4', '11.90')) })).toEqual([]);
  expect(match({ order, invoice: bill(line('10', '11.90')) }).exceptions[0]?.message).toBe(
    '35.70 EUR were paid in advance (A-1), but the invoice takes nothing off: 35.70 EUR would be paid twice.',
  );
});

test('asks what is taken off as a deposit where none is on file', () => {
  expect(reasons({ invoice: bill({}, off('-35.70')) })).toEqual(['deposit']);
});

const credited = { id: 'invoice-0', number: 'R-1', gross: money('100.00', 'EUR'), credited: money('60.00', 'EUR') };

test.each([
  ['all that is left', '40.00', ['credit-note']],
  ['a cent more than is left', '40.01', ['credit-note', 'over-credited']],
])('a credit note over %s of its invoice', (_title, amount, expected) => {
  const order = ordering(buildOrderLine({ invoicedQuantity: '10' }));
  const invoice = { ...bill(line('1', amount)), kind: 'credit-note' } as const;
  expect(reasons({ order, invoice, credited })).toEqual(expected);
});

test('says so when the order was closed meanwhile, but takes what it gives back', () => {
  const order = buildOrder({ closedOn: '2026-02-28', lines: [buildOrderLine({ invoicedQuantity: '0' })] });
  const { exceptions } = match({ order });
  expect(exceptions.map(({ reason }) => reason)).toEqual(['order-closed']);
  expect(exceptions[0]?.message).toContain('Open the order again, or reject the invoice.');
  const credit = { ...buildInvoice(), kind: 'credit-note' } as const;
  expect(
    reasons({ order: buildOrder({ closedOn: '2026-02-28', lines: [buildOrderLine({ invoicedQuantity: '10' })] }), invoice: credit }),
  ).toEqual(['credit-note']);
});

test('names an amount of more than 15 digits before anything is compared, at 15 digits it does not', () => {
  const invoice = (minor: bigint) => ({ ...buildInvoice(), gross: { minor, currency: 'EUR' } });
  expect(reasons({ invoice: invoice(10n ** 15n), order: null })).toEqual(['doubtful-value']);
  expect(reasons({ invoice: invoice(10n ** 15n - 1n) })).toEqual(['arithmetic']);
  expect(match({ invoice: bill({ quantity: decimal('1e15') }) }).exceptions).toMatchObject([{ reason: 'doubtful-value', line: 1 }]);
});

const taxed = (tax: string, rates: readonly (string | null)[]): MatchInput['invoice'] => {
  const lines = rates.map((rate, at) => ({ ...buildLine({ position: at + 1 }), taxRate: rate === null ? null : decimal(rate) }));
  const net = money(decimal('119.00').times(rates.length), 'EUR');
  const amount = money(tax, 'EUR');
  return buildInvoice({ lines, tax: amount, gross: { minor: net.minor + amount.minor, currency: 'EUR' } });
};

test.each([
  ['22.61', ['19'], []],
  ['22.62', ['19'], []],
  ['22.63', ['19'], ['arithmetic']],
  ['23.80', ['19'], ['arithmetic']],
  ['30.94', ['19', '7'], []],
  ['23.80', [null], []],
  ['0', ['19'], []],
])('tax of %s on lines at %j percent', (tax, rates, expected) => {
  const order = ordering(...rates.map((_, at) => ({ id: `l${at}` })));
  expect(reasons({ order, invoice: taxed(tax, rates) })).toEqual(expected);
});

test('takes the size of a pack from its words, and measures for no size', () => {
  const asked = (description: string, pieces: string): string[] => {
    const order = ordering(buildOrderLine({ unit: 'box', quantity: '10', unitPrice: '24.00', description }));
    return reasons({ order, invoice: bill(line(pieces, '2.00', { unit: 'C62', description })) });
  };
  expect(asked('Toner, box of 12', '120')).toEqual([]);
  expect(asked('Toner, 12er-Pack', '120')).toEqual([]);
  expect(asked('Whiteboard 12 x 18 cm', '120')).toEqual(['unit']);
});
