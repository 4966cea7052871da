import fc from 'fast-check';
import { expect, test } from 'vitest';
import { money } from '#domain/money';
import { duplicateException, findDuplicates, normalizeInvoiceNumber } from './find-duplicates.ts';
import { buildInvoice, buildLine } from './matching/fixtures.ts';
import type { Invoice } from './types.ts';

const earlier = buildInvoice({ id: 'earlier', number: 'RE-10042', issuedOn: '2026-03-02' });

function scores(invoice: Partial<Invoice>, others: readonly Invoice[] = [earlier]): number[] {
  return findDuplicates(buildInvoice({ id: 'new', ...invoice }), others).map(({ score }) => score);
}

test('finds the same invoice read again, with nothing that differs', () => {
  expect(findDuplicates(buildInvoice({ id: 'new' }), [earlier])).toEqual([
    { invoiceId: 'earlier', score: 0.99, reason: "It has supplier, number, date and amount of 'RE-10042' of 2026-03-02.", differences: [] },
  ]);
});

test.each(['RE 1OO42', 're10042', 'Rechnung Nr. 10042', 'INV-10042', '0010042', 'RE-I0042', 'REIOO42'])(
  'reads %j as the number RE-10042',
  (number) => {
    expect(normalizeInvoiceNumber(number)).toBe(normalizeInvoiceNumber('RE-10042'));
    expect(scores({ number })).toEqual([0.99]);
  },
);

test.each([
  ['A-10042', 'B-10042'],
  ['10042', '10024'],
  ['2026-1', '2026-11'],
])('keeps %j and %j apart', (left, right) => {
  expect(normalizeInvoiceNumber(left)).not.toBe(normalizeInvoiceNumber(right));
});

test('normalises a number the same way twice', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^([A-Z]|RE|INV|NR|FA|FAC|GS)?-?\d{2,7}[1-9]$/), (number) => {
      expect(normalizeInvoiceNumber(number.toLowerCase())).toBe(normalizeInvoiceNumber(number));
      expect(normalizeInvoiceNumber(number.replaceAll('0', 'O'))).toBe(normalizeInvoiceNumber(number));
    }),
  );
});

test('shows what differs when number and supplier agree but the amount does not', () => {
  const [candidate] = findDuplicates(buildInvoice({ id: 'new', gross: money('129.00', 'EUR') }), [earlier]);
  expect(candidate).toMatchObject({
    score: 0.8,
    reason: "It has the number of 'RE-10042' of 2026-03-02, but another amount: 119.00 EUR then, 129.00 EUR now.",
    differences: [{ field: 'gross', here: '129.00 EUR', earlier: '119.00 EUR' }],
  });
});

test('lets a supplier start its numbers again next year with another amount', () => {
  const later = { issuedOn: '2026-12-27', gross: money('5.00', 'EUR') };
  expect(scores(later)).toEqual([0.8]);
  expect(scores({ ...later, issuedOn: '2026-12-28' })).toEqual([]);
});

test('finds the same bill under another number within five days, and not on the sixth', () => {
  const copy = { number: 'X-777', poNumber: null };
  expect(scores({ ...copy, issuedOn: '2026-03-07' })).toEqual([0.6]);
  expect(scores({ ...copy, issuedOn: '2026-03-08' })).toEqual([]);
});

test('finds a rescan whose number was misread by one character, but no neighbour in a series', () => {
  expect(scores({ number: 'RE-10072' })).toEqual([0.8]);
  expect(scores({ number: 'RE-10043' })).toEqual([]);
});

function monthlyBill(month: number, day: number): Partial<Invoice> {
  const issuedOn = `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return { number: `RENT-${month}`, poNumber: null, issuedOn };
}

test('lets recurring monthly bills of one amount pass', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 28 }), (month, day) => {
      expect(scores(monthlyBill(month + 1, 1), [buildInvoice({ id: 'earlier', ...monthlyBill(month, day) })])).toEqual([]);
    }),
  );
});

test('lets partial invoices of one order pass, the same day too', () => {
  expect(scores({ number: 'RE-20099' })).toEqual([]);
});

test('lets an invoice pass that is issued again after a credit note', () => {
  const original = buildInvoice({ id: 'original', number: 'RE-1', poNumber: null, issuedOn: '2026-03-01' });
  const credit = buildInvoice({ id: 'credit', kind: 'credit-note', number: 'GS-1', poNumber: null, issuedOn: '2026-03-02' });
  const again = { number: 'RE-55', poNumber: null, issuedOn: '2026-03-03' };
  expect(scores(again, [original])).toEqual([0.6]);
  expect(scores(again, [original, credit])).toEqual([]);
  // The credit note took back one invoice only.
  const second = buildInvoice({ id: 'second', number: 'RE-56', poNumber: null, issuedOn: '2026-03-03' });
  expect(scores(again, [original, credit, second])).toEqual([0.6]);
});

function bill(id: string, issuedOn: string, kind: Invoice['kind'] = 'invoice'): Invoice {
  return buildInvoice({ id, number: `N-${id}`, poNumber: null, issuedOn, kind });
}

test('lets two credit notes take back two invoices', () => {
  const others = [
    bill('71', '2026-03-01'),
    bill('82', '2026-03-02'),
    bill('93', '2026-03-03', 'credit-note'),
    bill('94', '2026-03-03', 'credit-note'),
  ];
  const again = { number: 'N-55', poNumber: null, issuedOn: '2026-03-04' };
  expect(scores(again, others)).toEqual([]);
  expect(scores(again, others.slice(0, 3))).toEqual([0.6]);
});

test('never calls a credit note the duplicate of its invoice', () => {
  expect(scores({ kind: 'credit-note' })).toEqual([]);
});

test('compares suppliers by name while one is not recognised, and never across suppliers', () => {
  expect(scores({ supplierId: null, supplierName: 'Buerobedarf Mueller' })).toEqual([0.99]);
  expect(scores({ supplierId: 'supplier-2', supplierName: 'Lumière & Fils' })).toEqual([]);
});

test('does not compare an invoice with itself, nor bills with other lines', () => {
  expect(findDuplicates(earlier, [earlier])).toEqual([]);
  const lines = [buildLine({ description: 'Coffee beans' })];
  expect(scores({ number: 'X-777', poNumber: null, lines })).toEqual([]);
});

test('turns the best candidate into an exception that shows the pair', () => {
  const candidates = findDuplicates(buildInvoice({ id: 'new', issuedOn: '2026-03-05' }), [earlier]);
  expect(duplicateException(candidates, [earlier])).toMatchObject({
    reason: 'duplicate',
    found: 'invoice RE-10042 of 2026-03-02 over 119.00 EUR',
    difference: 'issuedOn: 2026-03-05 here, 2026-03-02 there',
  });
  expect(duplicateException([], [earlier])).toBeNull();
});
