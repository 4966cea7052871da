import fc from 'fast-check';
import { expect, test } from 'vitest';
import { money } from '#domain/money';
import { buildSupplier } from '../matching/fixtures.ts';
import { assemblePaymentRun, checkRelease, paymentDigest, type Payment } from './payment-run.ts';

function buildPayment(fields: Partial<Payment> = {}): Payment {
  const payment: Payment = {
    id: 'payment-1',
    supplierId: 'supplier-1',
    supplierAccountId: 'account-1',
    iban: 'DE89370400440532013000',
    amount: money('119.00', 'EUR'),
    invoiceIds: ['invoice-1'],
    payOn: '2026-03-10',
    validUntil: null,
    status: 'scheduled',
    approvalDigest: '',
    ...fields,
  };
  return { ...payment, approvalDigest: fields.approvalDigest === undefined ? paymentDigest(payment) : fields.approvalDigest };
}

const today = '2026-03-10';
const suppliers = [buildSupplier()];

function refusals(approved: Payment, now: readonly Payment[], master = suppliers): string[] {
  const run = { groups: assemblePaymentRun([approved], today) };
  return checkRelease(run, now, master).refusals.map(({ code }) => code);
}

test('groups by currency, with totals', () => {
  const payments = [
    buildPayment({ id: 'a' }),
    buildPayment({ id: 'b', amount: money('7.50', 'CHF') }),
    buildPayment({ id: 'c', amount: money('1.00', 'EUR') }),
  ];
  const groups = assemblePaymentRun(payments, today);
  expect(groups.map(({ total }) => total)).toEqual([money('7.50', 'CHF'), money('120.00', 'EUR')]);
});

test('allows a run that is exactly what was approved', () => {
  const payment = buildPayment();
  const check = checkRelease({ groups: assemblePaymentRun([payment], today) }, [payment], suppliers);
  expect(check).toEqual({ outcome: 'allowed', refusals: [], message: 'The payment is exactly as approved.' });
});

test.each([
  ['the amount changed', { amount: money('119.01', 'EUR') }, ['amount-changed', 'changed-since-approval']],
  ['another account was put in', { iban: 'LT121000011101001000' }, ['changed-since-approval', 'account-changed']],
  ['it pays another invoice', { invoiceIds: ['invoice-2'] }, ['changed-since-approval']],
  ['the approval was taken back', { approvalDigest: null }, ['not-approved']],
  ['it was released before', { status: 'released' }, ['paid-twice']],
  ['it was cancelled', { status: 'cancelled' }, ['payment-not-in-run']],
] as const)('refuses a run when %s', (_title, change, expected) => {
  const approved = buildPayment();
  expect(refusals(approved, [{ ...approved, ...change }])).toEqual(expected);
});

test('refuses a payment that was changed and approved again after the run was put together', () => {
  const approved = buildPayment();
  expect(refusals(approved, [buildPayment({ invoiceIds: ['invoice-1', 'invoice-2'] })])).toEqual(['changed-since-approval']);
});

test('refuses when payment, supplier or account is gone, or the account is not verified', () => {
  const payment = buildPayment();
  const account = { id: 'account-1', iban: payment.iban, bic: null } as const;
  expect(refusals(payment, [])).toEqual(['payment-missing']);
  expect(refusals(payment, [payment], [])).toEqual(['supplier-missing']);
  expect(refusals(payment, [payment], [buildSupplier({ bankAccounts: [] })])).toEqual(['account-missing']);
  expect(refusals(payment, [payment], [buildSupplier({ bankAccounts: [{ ...account, status: 'proposed' }] })])).toEqual([
    'account-not-verified',
  ]);
  const moved = { ...account, iban: 'AT611904300234573201', status: 'verified' } as const;
  expect(refusals(payment, [payment], [buildSupplier({ bankAccounts: [moved] })])).toEqual(['account-changed']);
});

test('refuses to pay one invoice by two payments, an empty run, and a wrong total', () => {
  const [one, two] = [buildPayment(), buildPayment({ id: 'payment-2' })];
  const run = { groups: assemblePaymentRun([one, two], today) };
  expect(checkRelease(run, [one, two], suppliers).refusals).toMatchObject([
    { code: 'paid-twice', paymentId: 'payment-2', message: 'The run would pay invoice invoice-1 twice.' },
  ]);
  expect(checkRelease({ groups: [] }, [], suppliers).refusals).toMatchObject([{ code: 'empty-run' }]);
  const groups = run.groups.map((group) => ({ ...group, items: group.items.slice(0, 1) }));
  expect(checkRelease({ groups }, [one, two], suppliers).refusals).toMatchObject([{ code: 'total-wrong' }]);
});

test('refuses a discounted payment the day after the discount ended', () => {
  const payment = buildPayment({ validUntil: '2026-03-12' });
  const run = { groups: assemblePaymentRun([payment], today) };
  expect(checkRelease(run, [payment], suppliers, { today: '2026-03-12' }).outcome).toBe('allowed');
  expect(checkRelease(run, [payment], suppliers, { today: '2026-03-13' }).refusals).toMatchObject([{ code: 'discount-ended' }]);
});

function digestOf(payment: Payment): string {
  return `hash of ${paymentDigest(payment)}`;
}

test('compares digests as the platform made them', () => {
  const payment = buildPayment({ approvalDigest: digestOf(buildPayment()) });
  const run = { groups: assemblePaymentRun([payment], today) };
  expect(checkRelease(run, [payment], suppliers, { digestOf }).outcome).toBe('allowed');
  expect(checkRelease(run, [payment], suppliers).outcome).toBe('refused');
});

test('gives two payments one digest only when they pay the same', () => {
  const text = fc.constantFrom('a', 'b', 'a","b', '', '[');
  const part = fc.record({
    supplierId: text,
    supplierAccountId: text,
    iban: text,
    amount: fc.record({ minor: fc.bigInt({ min: 1n, max: 3n }), currency: fc.constantFrom('EUR', 'CHF') }),
    invoiceIds: fc.uniqueArray(
      text.filter((id) => id !== ''),
      { maxLength: 3 },
    ),
  });
  fc.assert(
    fc.property(part, part, (left, right) => {
      const isSame =
        left.supplierId === right.supplierId &&
        left.supplierAccountId === right.supplierAccountId &&
        left.iban === right.iban &&
        left.amount.minor === right.amount.minor &&
        left.amount.currency === right.amount.currency &&
        left.invoiceIds.toSorted().join('|') === right.invoiceIds.toSorted().join('|');
      expect(paymentDigest(left) === paymentDigest(right)).toBe(isSame);
      expect(paymentDigest({ ...left, invoiceIds: left.invoiceIds.toReversed() })).toBe(paymentDigest(left));
    }),
  );
});

test('never allows a run after any change to what was approved', () => {
  const change = fc.oneof(
    fc.record({ amount: fc.bigInt({ min: 1n, max: 1_000_000n }).map((minor) => ({ minor, currency: 'EUR' })) }),
    fc.record({ iban: fc.constantFrom('AT611904300234573201', 'LT121000011101001000', '') }),
    fc.record({ supplierAccountId: fc.constantFrom('account-2', '') }),
    fc.record({ supplierId: fc.constantFrom('supplier-2', '') }),
    fc.record({ invoiceIds: fc.uniqueArray(fc.constantFrom('invoice-2', 'invoice-3'), { minLength: 1 }) }),
  );
  fc.assert(
    fc.property(change, (changed) => {
      const approved = buildPayment();
      const now = { ...approved, ...changed };
      fc.pre(paymentDigest(now) !== paymentDigest(approved));
      expect(refusals(approved, [now])).not.toEqual([]);
    }),
  );
});

test('an account that cools off is paid from the moment it ends on, not a moment before', () => {
  const [account] = buildSupplier().bankAccounts;
  const cooling = buildSupplier({ bankAccounts: account === undefined ? [] : [{ ...account, payableFrom: '2026-03-10T09:00:00.000Z' }] });
  const payment = buildPayment();
  const codesAt = (now?: string): string[] =>
    checkRelease({ groups: assemblePaymentRun([payment], today) }, [payment], [cooling], now === undefined ? {} : { now }).refusals.map(
      ({ code }) => code,
    );
  expect(codesAt('2026-03-10T08:59:59.999Z')).toEqual(['account-cooling-off']);
  expect(codesAt('2026-03-10T09:00:00.000Z')).toEqual([]);
});
