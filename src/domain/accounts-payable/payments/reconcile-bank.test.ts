import fc from 'fast-check';
import { expect, test } from 'vitest';
import { money } from '#domain/money';
import type { BookedEntry } from '#domain/ports';
import { explainReason } from './bank-reasons.ts';
import { reconcileEntries, type OrderedPayment } from './reconcile-bank.ts';

const iban = 'DE02120300000000202051';
const payment = (changes: Partial<OrderedPayment> = {}): OrderedPayment => ({
  id: 'pay_1',
  messageId: 'RUN-1',
  endToEndId: 'PAY-1',
  instructionId: 'A1B2',
  supplierName: 'Nordwind',
  amount: money('220.41', 'EUR'),
  iban,
  executeOn: '2026-03-05',
  reference: 'RE-7037',
  isReleased: true,
  state: null,
  settledOn: null,
  ...changes,
});
const entry = (changes: Partial<BookedEntry> = {}): BookedEntry => ({
  position: 1,
  direction: 'debit',
  isReturn: false,
  amount: money('220.41', 'EUR'),
  instructed: null,
  bookedOn: '2026-03-05',
  bankReference: null,
  entryReference: null,
  endToEndId: 'PAY-1',
  instructionId: null,
  messageId: null,
  paymentInformationId: null,
  counterpartyName: 'Nordwind',
  counterpartyAccount: iban,
  remittance: '',
  reason: null,
  count: 1,
  ...changes,
});
const outcomes = (entries: readonly BookedEntry[], payments: readonly OrderedPayment[]): string[] =>
  reconcileEntries(entries, payments).map(({ outcome }) => outcome);

test.each([
  ['exactly what was released', entry(), payment(), 'settled'],
  ['one cent more', entry({ amount: money('220.42', 'EUR') }), payment(), 'amount-differs'],
  ['the same number in another currency', entry({ amount: money('220.41', 'USD') }), payment(), 'amount-differs'],
  ['another account', entry({ counterpartyAccount: 'DE02500105170137075030' }), payment(), 'account-differs'],
  ['an account the bank does not tell', entry({ counterpartyAccount: null }), payment(), 'settled'],
  ['booked already, another day', entry(), payment({ state: 'settled', settledOn: '2026-03-04' }), 'debited-again'],
  ['booked already, that very day', entry(), payment({ state: 'settled', settledOn: '2026-03-05' }), 'told-again'],
  ['booked, came back, told of again', entry(), payment({ state: 'returned', settledOn: '2026-03-05' }), 'told-again'],
  ['never released', entry(), payment({ isReleased: false }), 'not-released'],
  ['of an earlier order', entry({ bookedOn: '2026-02-05' }), payment(), 'not-released'],
  ['rejected before, and booked all the same', entry(), payment({ state: 'rejected' }), 'settled'],
  ['somebody else’s reference', entry({ endToEndId: 'SALARY-3' }), payment(), 'unexplained'],
  ['no reference, but amount, account and day', entry({ endToEndId: null }), payment(), 'settled'],
  ['our instruction id alone', entry({ endToEndId: null, counterpartyAccount: null, instructionId: 'a1b2' }), payment(), 'settled'],
  ['no reference, and two weeks later', entry({ endToEndId: null, bookedOn: '2026-03-19' }), payment(), 'unexplained'],
  [
    'paid in dollars from an account in euro',
    entry({ amount: money('201.10', 'EUR'), instructed: money('220.41', 'USD') }),
    payment({ amount: money('220.41', 'USD') }),
    'settled',
  ],
  ['money that came back', entry({ direction: 'credit' }), payment({ state: 'settled', settledOn: '2026-03-05' }), 'returned'],
  [
    'money that came back less a charge',
    entry({ direction: 'credit', amount: money('212.91', 'EUR') }),
    payment({ state: 'settled' }),
    'return-differs',
  ],
  ['money of somebody else', entry({ direction: 'credit', endToEndId: null }), payment(), 'credit'],
] as const)('%s: %s', (_, booked, ordered, expected) => {
  expect(outcomes([booked], [ordered])).toEqual([expected]);
});

test('of two alike without a reference, the text decides; else a person', () => {
  const two = [payment(), payment({ id: 'pay_2', endToEndId: 'PAY-2', reference: 'RE-7074' })];
  expect(reconcileEntries([entry({ endToEndId: null, remittance: 'INVOICE RE 7074' })], two)).toMatchObject([
    { outcome: 'settled', paymentIds: ['pay_2'] },
  ]);
  expect(reconcileEntries([entry({ endToEndId: null })], two)).toMatchObject([{ outcome: 'ambiguous', paymentIds: ['pay_1', 'pay_2'] }]);
});

test('one booking for a whole file settles all of it, when it is its sum', () => {
  const two = [payment(), payment({ id: 'pay_2', endToEndId: 'PAY-2', amount: money('9.59', 'EUR') })];
  const booked = (amount: string): BookedEntry =>
    entry({ endToEndId: null, counterpartyAccount: null, paymentInformationId: 'RUN-1-1', amount: money(amount, 'EUR'), count: 2 });
  expect(reconcileEntries([booked('230.00')], two)).toMatchObject([{ outcome: 'settled', paymentIds: ['pay_1', 'pay_2'] }]);
  expect(outcomes([booked('230.01')], two)).toEqual(['unexplained']);
});

test('whatever is booked in whatever order, a payment is settled at most once and only to the cent', () => {
  const payments = ['1', '2', '3', '4'].map((id) =>
    payment({ id: `pay_${id}`, endToEndId: `PAY-${id}`, amount: money(`${id}00.00`, 'EUR') }),
  );
  const booked = fc.record({
    id: fc.constantFrom('PAY-1', 'PAY-2', 'PAY-3', 'PAY-4', 'OTHER', null),
    minor: fc.constantFrom(10_000n, 20_000n, 30_000n, 40_000n, 40_001n),
    direction: fc.constantFrom('debit' as const, 'credit' as const),
    day: fc.constantFrom('2026-03-05', '2026-03-06'),
  });
  fc.assert(
    fc.property(fc.array(booked, { maxLength: 12 }), (drawn) => {
      const entries = drawn.map(({ id, minor, direction, day }) =>
        entry({ endToEndId: id, amount: { minor, currency: 'EUR' }, direction, bookedOn: day }),
      );
      const findings = reconcileEntries(entries, payments);
      expect(findings).toHaveLength(entries.length);
      const settled = findings.flatMap(({ outcome, paymentIds }, index) =>
        outcome === 'settled' ? paymentIds.map((id) => ({ id, entry: entries[index] })) : [],
      );
      expect(new Set(settled.map(({ id }) => id)).size).toBe(settled.length);
      for (const { id, entry: by } of settled) expect(by?.amount).toEqual(payments.find((one) => one.id === id)?.amount);
      // No debit is ever passed over: it settles, was told before, or is asked about.
      for (const [index, { outcome }] of findings.entries()) if (entries[index]?.direction === 'debit') expect(outcome).not.toBe('credit');
    }),
    { seed: 20261130, numRuns: 500 },
  );
});

test('a reason is a sentence and something to do, also where the code is not known', () => {
  expect(explainReason({ code: 'AC04', text: 'Konto erloschen' })).toEqual({
    what: 'The supplier’s account is closed. (AC04) The bank writes: “Konto erloschen”.',
    todo: expect.stringContaining('at a number you already know'),
  });
  expect(explainReason({ code: 'ZZ99', text: null }).what).toBe('The bank gives the reason ZZ99.');
  expect(explainReason(null).what).toBe('The bank gave no code for the reason.');
});
