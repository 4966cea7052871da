import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StatementRow } from '#domain/documents';
import { decimal, money } from '#domain/money';
import { reconcileStatement } from './reconcile-statement.ts';
import type { OwnItem, OwnPayment } from './statement-types.ts';

const item = (number: string, gross: string, fields: Partial<OwnItem> = {}): OwnItem => ({
  invoiceId: `inv-${number}`,
  kind: 'invoice',
  number,
  issuedOn: '2026-10-02',
  gross: money(gross, 'EUR'),
  isRejected: false,
  paidOn: null,
  ...fields,
});
const row = (number: string | null, fields: Partial<StatementRow>): StatementRow => ({
  kind: 'invoice',
  number,
  on: '2026-10-02',
  amount: null,
  open: null,
  text: '',
  ...fields,
});
const ask = (rows: readonly StatementRow[], items: readonly OwnItem[], more: { balance?: string; payments?: readonly OwnPayment[] } = {}) =>
  reconcileStatement({
    supplierName: 'Nordwind',
    currency: 'EUR',
    statedOn: '2026-11-30',
    reading: { rows, balance: more.balance ?? null, unread: [] },
    items,
    payments: more.payments ?? [],
  });
const kinds = (result: ReturnType<typeof ask>): string[] => result.findings.map(({ kind, number }) => `${number} ${kind}`);

test('a list of open items: each row, and what the list lacks', () => {
  const result = ask(
    [
      row('RE 1', { open: '100.00' }),
      row('RE-2', { open: '50.00' }),
      row('RE-3', { open: '80.00' }),
      row('RE-4', { open: '70.00' }),
      row('RE-5', { open: '60.00' }),
      row('RE-6', { amount: '30.00', open: '0.00' }),
      row('GS-1', { kind: 'credit-note', open: '-10.00' }),
      row('RE-1', { open: '100.00' }),
    ],
    [
      item('RE-1', '100.00'),
      item('RE-2', '50.00', { paidOn: '2026-11-15' }),
      item('RE-3', '79.00'),
      item('RE-5', '60.00', { isRejected: true }),
      item('RE-6', '30.00'),
      item('GS-1', '10.00', { kind: 'credit-note' }),
      item('RE-7', '20.00'),
      item('RE-8', '20.00', { paidOn: '2026-11-01' }),
      item('RE-9', '20.00', { issuedOn: '2026-12-01' }),
    ],
    { balance: '450.00' },
  );
  expect(kinds(result)).toEqual([
    'RE 1 agrees-open',
    'RE-2 payment-not-booked',
    'RE-3 other-amount',
    'RE-4 unknown-here',
    'RE-5 rejected-here',
    'RE-6 paid-there-only',
    'GS-1 agrees-open',
    'RE-1 listed-twice',
    'RE-7 missing-there',
  ]);
  expect(result.balance).toEqual({
    stated: money('450.00', 'EUR'),
    rows: money('450.00', 'EUR'),
    ours: money('219.00', 'EUR'),
    difference: money('231.00', 'EUR'),
    unexplained: money('0.00', 'EUR'),
  });
});

test('a copy that nobody has decided about is owed once', () => {
  const twice = ask([row('RE-1', { open: '100.00' })], [item('RE-1', '100.00'), { ...item('RE 1', '100.00'), invoiceId: 'inv-copy' }]);
  expect(kinds(twice)).toEqual(['RE-1 agrees-open', 'RE 1 copy-here']);
  expect(twice.balance.difference.minor).toBe(0n);
});

test('what was paid after the statement’s day was open on it', () => {
  const result = ask([row('RE-1', { open: '100.00' })], [item('RE-1', '100.00', { paidOn: '2026-12-01' })]);
  expect(kinds(result)).toEqual(['RE-1 agrees-paid']);
});

test('an account: payments are compared too, and what came before is left to a person', () => {
  const result = ask(
    [
      row(null, { kind: 'carried', on: null, amount: '500.00' }),
      row('RE-1', { amount: '100.00' }),
      row(null, { kind: 'payment', on: '2026-10-20', amount: '-100.00' }),
      row(null, { kind: 'payment', on: '2026-10-21', amount: '-33.00' }),
    ],
    [item('RE-1', '100.00', { paidOn: '2026-10-19' }), item('RE-2', '40.00', { paidOn: '2026-11-02' })],
    {
      payments: [
        { invoiceNumber: 'RE-1', amount: money('100.00', 'EUR'), paidOn: '2026-10-19' },
        { invoiceNumber: 'RE-2', amount: money('40.00', 'EUR'), paidOn: '2026-11-02' },
      ],
    },
  );
  expect(kinds(result)).toEqual([
    'null not-compared',
    'RE-1 agrees-paid',
    'null payment-agrees',
    'null payment-unknown-here',
    'RE-2 missing-there',
    'RE-2 payment-not-booked',
  ]);
  expect(result.balance.difference).toEqual(money('467.00', 'EUR'));
});

test('other currencies are left out, and a row without a number is found by day and amount', () => {
  const foreign = item('RE-9', '1.00', { gross: money('1.00', 'USD') });
  expect(kinds(ask([row(null, { open: '100.00' })], [item('RE-1', '100.00'), foreign]))).toEqual(['null agrees-open']);
  expect(kinds(ask([row(null, { open: '100.00' })], [item('RE-1', '100.00'), item('RE-2', '100.00')]))[0]).toBe('null unknown-here');
});

const cents = fc.integer({ min: -500_000, max: 500_000 }).map((minor) => decimal(minor).div(100).toFixed(2));
const name = fc.integer({ min: 1, max: 8 }).map((count) => `RE-${count}`);
const day = fc.integer({ min: 1, max: 28 }).map((date) => `2026-11-${String(date).padStart(2, '0')}`);
const someRow = fc.record({
  kind: fc.constantFrom('invoice', 'credit-note', 'payment', 'carried'),
  number: fc.option(name),
  on: fc.option(day),
  amount: fc.option(cents),
  open: fc.option(cents),
  text: fc.constant(''),
});
const someItem = fc
  .record({
    number: name,
    gross: cents.filter((text) => !text.startsWith('-')),
    issuedOn: day,
    paidOn: fc.option(day),
    isRejected: fc.boolean(),
  })
  .map(({ number, gross, ...rest }) => item(number, gross, rest));
const somePayment = fc.record({ invoiceNumber: name, amount: cents.map((text) => money(text.replace('-', ''), 'EUR')), paidOn: day });

test('whatever stands on it: every row is answered once, no item twice, and the findings explain the difference to the cent', () => {
  fc.assert(
    fc.property(fc.array(someRow), fc.array(someItem), fc.array(somePayment), fc.option(cents), (rows, items, payments, balance) => {
      const own = items.map((one, index) => ({ ...one, invoiceId: `inv-${index}` }));
      const { findings, balance: sums } = ask(rows, own, { payments, ...(balance === null ? {} : { balance }) });
      expect(findings.filter((finding) => finding.row !== null).map((finding) => finding.row)).toEqual(
        rows.map((_row, index) => index + 1),
      );
      const named = findings.flatMap(({ invoiceId }) => invoiceId ?? []);
      expect(new Set(named).size).toBe(named.length);
      const explained = findings.reduce((total, { theirs, ours }) => total + theirs.minor - ours.minor, 0n);
      expect(sums.difference.minor).toBe(explained);
      expect(sums.ours.minor + explained + (sums.unexplained?.minor ?? 0n)).toBe(sums.stated?.minor ?? sums.rows.minor);
    }),
    { seed: 20_261_201, numRuns: 300 },
  );
});
