import { expect, test } from 'vitest';
import { firstPaymentFinding } from './first-payment.ts';
import { ibanCountryFinding } from './iban-country.ts';
import { numberSequenceFinding } from './number-sequence.ts';
import type { PastInvoice } from './past-invoice.ts';
import { deviationsFrom, median } from './robust.ts';
import { splitInvoicesFinding } from './split-invoices.ts';
import { nearLimitFinding, roundAmountFinding } from './suspicious-amount.ts';
import { unusualAmountFinding } from './unusual-amount.ts';
import { unusualDateFinding } from './unusual-date.ts';

const eur = (amount: number) => ({ minor: BigInt(Math.round(amount * 100)), currency: 'EUR' });
const day = (offset: number): string => new Date(Date.UTC(2026, 0, 5) + offset * 86_400_000).toISOString().slice(0, 10);
/** Every four weeks on a Monday, numbered upwards. */
const history = (amounts: readonly number[], changes: Partial<PastInvoice> = {}): PastInvoice[] =>
  amounts.map((amount, index) => ({
    number: `RE-2026-${String(100 + index)}`,
    issuedOn: day(index * 28),
    gross: eur(amount),
    isSettled: true,
    isOrdered: false,
    ...changes,
  }));
const usual = [100, 110, 95, 105, 120, 98, 102, 111, 107, 99, 104, 101];
const limits = { currency: 'EUR', limitsMinor: [25_000n, 250_000n] };

test('the middle of a few figures, and how far one lies from it', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
  expect(deviationsFrom(5, [1, 1, 1], 2)).toBe(2);
});

test.each([
  [250, usual, true],
  [140, usual, false],
  // Less is no danger, and a supplier of widely different sums has no usual one.
  [5, usual, false],
  [900, [10, 500, 40, 300, 90, 800, 25, 600], false],
  // As much was billed before.
  [250, [...usual, 260], false],
  [250, usual.slice(0, 7), false],
] as const)('%s against %j is unusual: %s', (amount, past, expected) => {
  expect(unusualAmountFinding(eur(amount), history(past), 'Kontor') !== null).toBe(expected);
});

test('amounts of another currency and of invoices not settled teach nothing', () => {
  expect(unusualAmountFinding({ minor: 90_000n, currency: 'CHF' }, history(usual), 'Kontor')).toBeNull();
  expect(unusualAmountFinding(eur(900), history(usual, { isSettled: false }), 'Kontor')).toBeNull();
});

const dated = (issuedOn: string, past = history(usual), today = issuedOn) =>
  unusualDateFinding(issuedOn, past, { today, supplierName: 'Kontor' })?.found ?? null;

test('much too soon in a steady rhythm is unusual; a little early, and without a rhythm, is not', () => {
  const last = 11 * 28;
  expect(dated(day(last + 4))).toBe('4 days');
  expect(dated(day(last + 21))).toBeNull();
  expect(dated(day(last + 4), history(usual.slice(0, 7)))).not.toBe('4 days');
  const irregular = history(usual).map((one, index) => ({ ...one, issuedOn: day(index * 7 * ((index % 3) + 1)) }));
  expect(dated(day(last + 700), irregular)).toBeNull();
});

test('a weekend is unusual once twelve were on working days, and a day ahead once it is more than a week', () => {
  expect(dated(day(11 * 28 + 26))).toBe(day(11 * 28 + 26));
  expect(dated(day(10 * 28 + 26), history(usual.slice(0, 11)))).toBeNull();
  expect(dated(day(8), [], day(0))).toBe(day(8));
  expect(dated(day(7), [], day(0))).toBeNull();
});

const numbered = (number: string, past: readonly PastInvoice[] = history(usual), issuedOn = day(12 * 28)) =>
  numberSequenceFinding({ number, issuedOn }, past, 'Kontor')?.message ?? null;

test.each([
  ['RE-2026-112', null],
  ['RE-2026-150', null],
  ['RE-2026-099', /lower than RE-2026-111/],
  ['INV/2026/112', /built unlike/],
  ['RE-2026-99999', /above the last one/],
] as const)('the number %s after RE-2026-111: %s', (number, message) => {
  if (message === null) expect(numbered(number)).toBeNull();
  else expect(numbered(number)).toMatch(message);
});

test('a number that begins anew with the year follows, wherever the year is printed', () => {
  expect(numbered('RE-2027-1', history(usual), '2027-01-04')).toBeNull();
  const yearLast = history(usual).map((one, index) => ({ ...one, number: `${100 + index}/2026` }));
  expect(numbered('1/2027', yearLast, '2027-01-04')).toBeNull();
});

test('numbers without an order say nothing, nor do five, nor an invoice that comes late', () => {
  const random = history(usual).map((one, index) => ({ ...one, number: `RE-2026-${(index * 7919) % 1000}` }));
  expect(numbered('RE-2026-1', random)).toBeNull();
  expect(numbered('RE-2026-1', history(usual.slice(0, 5)))).toBeNull();
  expect(numbered('RE-2026-104', history(usual), day(4 * 28 + 1))).toBeNull();
});

test.each([
  [250, true],
  [245.01, true],
  [245, false],
  [250.01, false],
  [2499, true],
] as const)('%s lies just under a limit of 250 or 2,500: %s', (amount, expected) => {
  expect(nearLimitFinding(eur(amount), [], limits, 200) !== null).toBe(expected);
});

test('a subscription near a limit is usual the third time, and other currencies have no limits', () => {
  expect(nearLimitFinding(eur(249), history([249]), limits, 200)).not.toBeNull();
  expect(nearLimitFinding(eur(249), history([249, 249]), limits, 200)).toBeNull();
  expect(nearLimitFinding({ minor: 24_900n, currency: 'CHF' }, [], limits, 200)).toBeNull();
});

test.each([
  [2000, usual, true],
  [1000, usual, true],
  [900, usual, false],
  [2050, usual, false],
  [2000, usual.slice(0, 5), false],
  // One of ten may have been round, two of ten are a habit.
  [2000, [...usual.slice(0, 9), 3000], true],
  [2000, [...usual.slice(0, 8), 3000, 1000], false],
] as const)('%s after %j is a round sum to ask about: %s', (amount, past, expected) => {
  expect(roundAmountFinding(eur(amount), history(past), 'Kontor') !== null).toBe(expected);
});

test('parts of one sum on near days hold; alone, far apart, small, or as usual they do not', () => {
  const split = (amount: number, past: readonly PastInvoice[], isOrdered = false) =>
    splitInvoicesFinding({ gross: eur(amount), issuedOn: day(100), isOrdered }, past, limits, 'Kontor');
  const part = (offset: number, amount = 240, isSettled = false): PastInvoice => ({
    number: `P-${offset}`,
    issuedOn: day(offset),
    gross: eur(amount),
    isSettled,
    isOrdered: false,
  });
  expect(split(240, [part(93)])).toMatchObject({ severity: 'hold', found: expect.stringContaining('480.00 EUR') });
  expect(split(200, [part(107, 200)])).not.toBeNull();
  expect(split(240, [])).toBeNull();
  // Ordered: the whole sum was agreed to before.
  expect(split(240, [part(93)], true)).toBeNull();
  expect(split(240, [{ ...part(93), isOrdered: true }])).toBeNull();
  expect(split(240, [part(92)])).toBeNull();
  expect(split(199, [part(99)])).toBeNull();
  expect(split(251, [part(99)])).toBeNull();
  expect(split(240, [part(99), part(10, 240, true), part(12, 240, true)])).toBeNull();
});

test('a first payment warns in an office that has paid twenty times', () => {
  expect(firstPaymentFinding({ toSupplier: 0, inAll: 20 }, 'Kontor')?.severity).toBe('warn');
  expect(firstPaymentFinding({ toSupplier: 0, inAll: 19 }, 'Kontor')).toBeNull();
  expect(firstPaymentFinding({ toSupplier: 1, inAll: 20 }, 'Kontor')).toBeNull();
});

test('an account in the supplier’s country says nothing, one abroad names both', () => {
  const supplier = { name: 'Kontor', country: 'DE' };
  expect(ibanCountryFinding('DE02 1203 0000 0000 2020 51', supplier)).toBeNull();
  expect(ibanCountryFinding('LT121000011101001000', supplier)).toMatchObject({ expected: 'Germany', found: 'Lithuania' });
  expect(ibanCountryFinding(null, supplier)).toBeNull();
});
