import fc from 'fast-check';
import { expect, test } from 'vitest';
import { money } from '#domain/money';
import { addDays, daysBetween, isCalendarDay, weekdayName, weekdayOf } from '#domain/calendar';
import { choosePaymentDate, discountWindows, resolveDueDate, workingDays } from './due-dates.ts';
import type { PaymentTerms } from '../types.ts';

const net30: PaymentTerms = { netDays: 30, discounts: [] };
const skonto: PaymentTerms = { netDays: 30, discounts: [{ days: 10, basisPoints: 200 }] };
const gross = money('1190.00', 'EUR');
const epoch = '2026-01-01';
const anyDay = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays(epoch, days));

test('counts days over leap years and knows the weekdays', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1);
  expect(weekdayOf('1969-12-29')).toBe(1);
  expect(weekdayName('2026-03-01')).toBe('Sunday');
  expect(['2026-02-29', '2026-13-01', '2026-1-1', 'soon', ''].filter(isCalendarDay)).toEqual([]);
  expect(() => addDays('2026-02-30', 1)).toThrow(expect.objectContaining({ code: 'DH_DOMAIN_DATE_INVALID' }));
});

test('is due by the terms when nothing is printed', () => {
  expect(resolveDueDate({ issuedOn: '2026-03-02', printedDueOn: null, terms: net30 })).toEqual({
    dueOn: '2026-04-01',
    basis: 'terms',
    reason: 'Due on 2026-04-01, 30 days from 2026-03-02, as agreed.',
  });
});

test.each([
  ['the day before the terms', '2026-03-31', '2026-04-01', 'terms', 'the invoice asks for it by 2026-03-31, 1 day earlier'],
  ['the day of the terms', '2026-04-01', '2026-04-01', 'printed', 'as printed and as agreed'],
  ['the day after the terms', '2026-04-02', '2026-04-02', 'printed', '1 day more than agreed'],
  ['half a year after the terms', '2026-10-01', '2026-10-01', 'printed', '183 days more than agreed'],
  ['more than half a year after the terms', '2026-10-02', '2026-04-01', 'terms', 'may be misread'],
  ['no date at all', '31.02.2026', '2026-04-01', 'terms', 'cannot be read as a day'],
] as const)('handles a printed due date that is %s', (_title, printedDueOn, dueOn, basis, words) => {
  const due = resolveDueDate({ issuedOn: '2026-03-02', printedDueOn, terms: net30 });
  expect(due).toMatchObject({ dueOn, basis });
  expect(due.reason).toContain(words);
});

test('works out each discount, rounded to the currency', () => {
  const terms = {
    netDays: 30,
    discounts: [
      { days: 20, basisPoints: 100 },
      { days: 10, basisPoints: 250 },
    ],
  };
  expect(discountWindows({ issuedOn: '2026-03-02', terms, gross: money('99.99', 'EUR') })).toEqual([
    { deadline: '2026-03-12', basisPoints: 250, saved: money('2.50', 'EUR'), amountToPay: money('97.49', 'EUR') },
    { deadline: '2026-03-22', basisPoints: 100, saved: money('1.00', 'EUR'), amountToPay: money('98.99', 'EUR') },
  ]);
  expect(discountWindows({ issuedOn: '2026-03-02', terms: skonto, gross: money('1025', 'JPY') })[0]?.saved).toEqual(money('21', 'JPY'));
});

function choose(today: string, terms = skonto, issuedOn = '2026-03-02') {
  return choosePaymentDate({ issuedOn, dueOn: addDays(issuedOn, terms.netDays), terms, gross, today, paymentDays: workingDays });
}

test('pays on the last day of the discount, today included, and the due date after it', () => {
  expect(choose('2026-03-12')).toMatchObject({
    payOn: '2026-03-12',
    amount: money('1166.20', 'EUR'),
    reason: 'Pay 1,166.20 EUR on 2026-03-12, the last day of the discount: 2 % discount saves 23.80 EUR.',
  });
  expect(choose('2026-03-13')).toMatchObject({
    payOn: '2026-04-01',
    amount: gross,
    discount: null,
    reason: 'Pay 1,190.00 EUR on 2026-04-01, the due date. The discount of 23.80 EUR ended on 2026-03-12.',
  });
});

test('pays the Friday before when the discount ends on a weekend, and misses it on the Saturday', () => {
  // Issued on Thursday 2026-03-05: the discount ends on Sunday the 15th.
  expect(choose('2026-03-13', skonto, '2026-03-05')).toMatchObject({ payOn: '2026-03-13', discount: { deadline: '2026-03-15' } });
  expect(choose('2026-03-14', skonto, '2026-03-05').discount).toBeNull();
});

test('takes the larger of two open discounts, then the smaller', () => {
  const steps = {
    netDays: 30,
    discounts: [
      { days: 7, basisPoints: 300 },
      { days: 14, basisPoints: 200 },
    ],
  };
  expect(choose('2026-03-09', steps)).toMatchObject({ payOn: '2026-03-09', discount: { basisPoints: 300 } });
  expect(choose('2026-03-10', steps)).toMatchObject({ payOn: '2026-03-16', discount: { basisPoints: 200 } });
});

test('pays on the next payment day when it is overdue, and says by how much', () => {
  expect(choose('2026-04-04', net30)).toMatchObject({
    payOn: '2026-04-06',
    reason: 'Pay 1,190.00 EUR on 2026-04-06, the next payment day, 5 days after it was due on 2026-04-01.',
  });
});

test('steps back over holidays', () => {
  const input = { issuedOn: '2026-03-02', dueOn: '2026-04-06', terms: net30, gross, today: '2026-03-20', paymentDays: workingDays };
  expect(choosePaymentDate({ ...input, holidays: ['2026-04-06', '2026-04-03'] }).payOn).toBe('2026-04-02');
});

test('never pays later than due unless that day has passed, and only on payment days from today on', () => {
  const terms = fc.record({
    netDays: fc.integer({ min: 0, max: 90 }),
    discounts: fc.array(fc.record({ days: fc.integer({ min: 0, max: 40 }), basisPoints: fc.integer({ min: 0, max: 500 }) }), {
      maxLength: 3,
    }),
  });
  fc.assert(
    fc.property(
      anyDay,
      fc.integer({ min: -20, max: 120 }),
      terms,
      fc.integer({ min: 1, max: 10_000_000 }),
      (issuedOn, wait, agreed, minor) => {
        const today = addDays(issuedOn, wait);
        const { dueOn } = resolveDueDate({ issuedOn, printedDueOn: null, terms: agreed });
        const amount = { minor: BigInt(minor), currency: 'EUR' };
        const choice = choosePaymentDate({ issuedOn, dueOn, terms: agreed, gross: amount, today, paymentDays: workingDays });
        expect(workingDays).toContain(weekdayOf(choice.payOn));
        expect(choice.payOn >= today).toBe(true);
        if (choice.discount === null) {
          expect(choice.amount).toEqual(amount);
          const couldBeOnTime = Array.from({ length: Math.max(0, daysBetween(today, dueOn) + 1) }, (_, at) => addDays(today, at)).some(
            (day) => weekdayOf(day) <= 5,
          );
          expect(choice.payOn <= dueOn).toBe(couldBeOnTime);
        } else {
          expect(choice.payOn <= choice.discount.deadline).toBe(true);
          expect(choice.amount.minor + choice.discount.saved.minor).toBe(amount.minor);
        }
      },
    ),
  );
});
