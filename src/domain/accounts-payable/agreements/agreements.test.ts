import { addDays, daysBetween } from '#domain/calendar';
import { money } from '#domain/money';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildInvoice } from '../matching/fixtures.ts';
import { matchInvoice } from '../matching/three-way-match.ts';
import { noTolerance } from '../matching/fixtures.ts';
import type { Invoice } from '../types.ts';
import type { PastInvoice } from '../fraud/past-invoice.ts';
import { bandAround, type Agreement, type AgreementClaim } from './agreement.ts';
import { coverInvoice } from './cover-invoice.ts';
import { missingBills } from './missing-bills.ts';
import { addMonths, periodAt, periodOn } from './periods.ts';
import { proposeAgreement } from './propose-agreement.ts';

const eur = (amount: string) => money(amount, 'EUR');

function agreement(changes: Partial<Agreement> = {}): Agreement {
  return {
    id: 'agreement-1',
    supplierId: 'supplier-1',
    kind: 'recurring-bill',
    name: 'Telephone',
    reference: null,
    rhythm: { unit: 'months', every: 1 },
    amount: eur('500.00'),
    band: { minor: 2_000n, basisPoints: null },
    firstOn: '2026-01-05',
    validUntil: null,
    total: null,
    countsFrom: '2026-06-01',
    ...changes,
  };
}

function bill(issuedOn: string, gross: string, changes: Partial<Invoice> = {}): Invoice {
  return { ...buildInvoice(), id: `bill-${issuedOn}`, issuedOn, poNumber: null, supplierId: 'supplier-1', gross: eur(gross), ...changes };
}

const claimOf = ({ id, number, gross }: Invoice, expectedOn: string): AgreementClaim => ({
  agreementId: 'agreement-1',
  invoiceId: id,
  number,
  expectedOn,
  gross,
});

const cover = (invoice: Invoice, agreements: readonly Agreement[] = [agreement()], claims: readonly AgreementClaim[] = []) =>
  coverInvoice({ invoice, agreements, claims });

const reasonsOf = (coverage: ReturnType<typeof cover>) => coverage?.exceptions.map(({ reason }) => reason);

describe('an invoice without an order', () => {
  test('is covered within the band, by name of its period', () => {
    const coverage = cover(bill('2026-06-03', '499.00'));
    expect(coverage).toEqual({
      agreementId: 'agreement-1',
      name: 'Telephone',
      expectedOn: '2026-06-05',
      sentence: 'Covered by the agreement “Telephone”, June 2026: expected 480.00–520.00 EUR, found 499.00 EUR.',
      exceptions: [],
    });
  });

  test('asks with expected, found and difference outside the band', () => {
    expect(cover(bill('2026-06-03', '561.40'))?.exceptions).toEqual([
      {
        reason: 'agreement-amount',
        line: null,
        expected: '480.00–520.00 EUR',
        found: '561.40 EUR',
        difference: '+41.40 EUR',
        message: 'Under “Telephone” 480.00–520.00 EUR is expected; 561.40 EUR is 41.40 EUR more than that.',
      },
    ]);
  });

  test('a second one of the same period, one before the first and one after the end are asked about', () => {
    const first = bill('2026-06-03', '499.00', { number: 'T-6' });
    const second = cover(bill('2026-06-20', '499.00'), [agreement()], [claimOf(first, '2026-06-05')]);
    expect(second?.exceptions[0]?.message).toBe(
      'Invoice T-6 over 499.00 EUR is already the bill under “Telephone”, June 2026; this would be a second one. Is it billed twice?',
    );
    expect(reasonsOf(cover(bill('2025-12-01', '499.00')))).toEqual(['agreement-period']);
    const ended = agreement({ validUntil: '2026-05-31' });
    expect(cover(bill('2026-06-03', '499.00'), [ended])?.sentence).toBe(
      '“Telephone” ended on 2026-05-31, but the invoice of 2026-06-03 asks 499.00 EUR.',
    );
    // Another purchase, long after the end of something else, is simply without an order.
    expect(cover(bill('2026-06-03', '4000.00'), [ended])).toBeNull();
  });

  test('another currency is never compared as if it were the same', () => {
    expect(reasonsOf(cover(bill('2026-06-03', '1.00', { gross: money('499.00', 'USD') })))).toEqual(['agreement-amount']);
  });

  test('a number on the paper chooses among agreements; an unknown one is for a person', () => {
    const rent = agreement({ id: 'rent', name: 'Rent', reference: 'MV-2024/0815', amount: eur('500.00') });
    const both = [agreement({ id: 'a' }), rent];
    expect(cover(bill('2026-06-03', '500.00', { poNumber: 'MV 2024 0815' }), both)?.name).toBe('Rent');
    expect(cover(bill('2026-06-03', '500.00', { poNumber: 'PO-1' }), both)).toBeNull();
    expect(cover(bill('2026-06-03', '500.00', { supplierId: 'other' }), both)).toBeNull();
  });

  test('of two agreements with one supplier the one is meant whose band it meets', () => {
    const two = [agreement(), agreement({ id: 'mobile', name: 'Mobile', amount: eur('80.00'), band: { minor: null, basisPoints: 1_000 } })];
    expect(cover(bill('2026-06-03', '84.00'), two)).toMatchObject({ name: 'Mobile', exceptions: [] });
  });

  test('matching takes what was agreed in place of an order, and only then', () => {
    const invoice = { ...bill('2026-06-03', '499.00'), lines: [], net: eur('499.00'), tax: eur('0.00') };
    const covered = matchInvoice({ invoice, order: null, tolerance: noTolerance, agreement: cover(invoice) });
    expect(covered).toMatchObject({ kind: 'none', outcome: 'matched', coveredBy: expect.stringContaining('June 2026') });
    const without = matchInvoice({ invoice, order: null, tolerance: noTolerance });
    expect(without.exceptions.map(({ reason }) => reason)).toEqual(['missing-purchase-order']);
  });
});

describe('a payment plan', () => {
  const plan = agreement({
    kind: 'payment-plan',
    name: 'Lift repair',
    rhythm: {
      unit: 'dates',
      instalments: [
        { dueOn: '2026-02-01', amount: eur('400.00') },
        { dueOn: '2026-05-01', amount: eur('300.00') },
        { dueOn: '2026-08-01', amount: eur('300.00') },
      ],
    },
    amount: eur('400.00'),
    band: { minor: null, basisPoints: 5_000 },
    firstOn: '2026-02-01',
    total: eur('1000.00'),
  });

  test('never pays more than its total, whatever bills come in which order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ day: fc.integer({ min: -40, max: 400 }), cents: fc.bigInt({ min: 1n, max: 90_000n }) }), { maxLength: 12 }),
        (bills) => {
          const claims: AgreementClaim[] = [];
          for (const [at, { day, cents }] of bills.entries()) {
            const gross = { minor: cents, currency: 'EUR' };
            const invoice = bill(addDays('2026-02-01', day), '1.00', { id: `b${at}`, number: `b${at}`, gross });
            const coverage = cover(invoice, [plan], claims);
            if (coverage?.exceptions.length === 0) claims.push(claimOf(invoice, coverage.expectedOn ?? ''));
          }
          const paid = claims.reduce((total, { gross }) => total + gross.minor, 0n);
          expect(paid).toBeLessThanOrEqual(100_000n);
          expect(new Set(claims.map(({ expectedOn }) => expectedOn)).size).toBe(claims.length);
        },
      ),
      { seed: 20_261_201 },
    );
  });

  test('says what its bills make together', () => {
    const before = [claimOf(bill('2026-02-01', '600.00'), '2026-02-01'), claimOf(bill('2026-05-01', '350.00'), '2026-05-01')];
    expect(cover(bill('2026-08-01', '300.00'), [plan], before)?.exceptions[0]).toMatchObject({
      expected: '1,000.00 EUR',
      found: '1,250.00 EUR',
      difference: '+250.00 EUR',
    });
  });
});

describe('periods', () => {
  const rhythms = fc.oneof(
    fc.constantFrom(1, 2, 3, 6, 12).map((every) => ({ unit: 'months' as const, every })),
    fc.integer({ min: 4, max: 400 }).map((every) => ({ unit: 'days' as const, every })),
  );

  test('every day from the first bill on belongs to exactly one, and each bill on its day to its own', () => {
    fc.assert(
      fc.property(rhythms, fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 60 }), (rhythm, start, index) => {
        const terms = agreement({ rhythm, firstOn: addDays('2024-01-01', start) });
        const own = periodAt(terms, index);
        expect(periodOn(terms, own?.expectedOn ?? '')).toEqual(own);
        const next = periodAt(terms, index + 1);
        const days = daysBetween(own?.expectedOn ?? '', next?.expectedOn ?? '');
        const between = Array.from({ length: days }, (_, at) => periodOn(terms, addDays(own?.expectedOn ?? '', at))?.expectedOn);
        expect(new Set(between).size).toBe(days < 4 ? 1 : 2);
      }),
      { seed: 20_261_201, numRuns: 60 },
    );
  });

  test('months keep their day, and the 31st becomes the last of a short one', () => {
    expect([addMonths('2026-01-31', 1), addMonths('2026-01-31', 2), addMonths('2026-11-30', 3)]).toEqual([
      '2026-02-28',
      '2026-03-31',
      '2027-02-28',
    ]);
    expect(periodAt(agreement({ rhythm: { unit: 'months', every: 3 }, firstOn: '2026-11-01' }), 0)?.label).toBe(
      'November 2026 to January 2027',
    );
  });

  test('the band is inclusive on both sides, and the narrower of two limits holds', () => {
    expect(bandAround(eur('500.00'), { minor: 2_000n, basisPoints: 100 })).toEqual({ lowest: eur('495.00'), highest: eur('505.00') });
    expect(bandAround(eur('500.00'), { minor: null, basisPoints: null })).toEqual({ lowest: eur('500.00'), highest: eur('500.00') });
  });
});

test('a bill that has not come after its day and grace is missing; those before the agreement counted are not', () => {
  const seen = { arrivedFor: ['2026-04-05'], today: '2026-06-12', graceDays: 7 };
  const since = { countsFrom: '2026-03-13' };
  expect(missingBills(agreement(since), seen).map(({ label }) => label)).toEqual(['May 2026']);
  expect(missingBills(agreement(since), { ...seen, today: '2026-06-13' }).map(({ label }) => label)).toEqual(['June 2026', 'May 2026']);
  expect(
    missingBills(agreement({ ...since, validUntil: '2026-05-31' }), { ...seen, today: '2026-06-13' }).map(({ label }) => label),
  ).toEqual(['May 2026']);
});

describe('learning', () => {
  const past = (days: readonly string[], amounts: readonly string[]): PastInvoice[] =>
    days.map((issuedOn, at) => ({ number: `N${at}`, issuedOn, gross: eur(amounts[at] ?? '50.00'), isSettled: true, isOrdered: false }));
  const monthly = ['2026-01-05', '2026-02-03', '2026-03-05', '2026-04-07', '2026-05-05'];

  test('three or more bills at regular distances propose their rhythm, median and band, and one odd bill moves neither', () => {
    expect(proposeAgreement(past(monthly, ['49.90', '51.20', '50.10', '49.80', '95.00']), '2026-05-20')).toMatchObject({
      rhythm: { unit: 'months', every: 1 },
      amount: eur('50.10'),
      basisPoints: 300,
      firstOn: '2026-06-05',
      seen: 5,
    });
  });

  test('nothing is proposed of two, of irregular, of ordered, of unlike or of long past bills', () => {
    const alike = ['50.00', '50.00', '50.00', '50.00', '50.00'];
    expect(proposeAgreement(past(monthly.slice(0, 2), alike), '2026-02-20')).toBeNull();
    expect(proposeAgreement(past(['2026-01-05', '2026-01-20', '2026-04-01', '2026-04-28'], alike), '2026-05-01')).toBeNull();
    expect(
      proposeAgreement(
        past(monthly, alike).map((one) => ({ ...one, isOrdered: true })),
        '2026-05-20',
      ),
    ).toBeNull();
    expect(proposeAgreement(past(monthly, ['50.00', '900.00', '12.00', '400.00', '77.00']), '2026-05-20')).toBeNull();
    expect(proposeAgreement(past(monthly, alike), '2026-09-20')).toBeNull();
  });
});
