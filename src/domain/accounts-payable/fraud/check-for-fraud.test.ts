import { expect, test } from 'vitest';
import { checkForFraud, usualFraudPolicy, type FraudQuestion } from './check-for-fraud.ts';

const question: FraudQuestion = {
  supplier: { name: 'Kontor', country: 'DE', emailDomains: ['kontor.example'] },
  knownDomains: [{ domain: 'kontor.example', supplierName: 'Kontor' }],
  mail: { sender: 'a@kontor.example', replyTo: null, authenticationResults: null },
  ownDomains: ['office.example'],
  invoice: { number: 'RE-1', issuedOn: '2026-03-02', gross: { minor: 11_900n, currency: 'EUR' }, iban: 'DE1', isOrdered: false },
  isAccountVerified: true,
  past: [],
  earlierSenders: [],
  paid: { toSupplier: 1, inAll: 50 },
  limits: { currency: 'EUR', limitsMinor: [25_000n] },
  today: '2026-03-02',
};
const gatesOf = (changes: Partial<FraudQuestion>, severities = {}): string[] =>
  checkForFraud({ ...question, ...changes }, { ...usualFraudPolicy, severities }).map(({ gate, severity }) => `${gate} ${severity}`);

test('an ordinary invoice passes every gate, and so does one that was uploaded', () => {
  expect(gatesOf({})).toEqual([]);
  expect(gatesOf({ mail: null })).toEqual([]);
});

test('what holds stands before what warns', () => {
  const mail = { sender: 'a@k0ntor.example', replyTo: 'x@elsewhere.example', authenticationResults: null };
  expect(gatesOf({ mail, paid: { toSupplier: 0, inAll: 50 } })).toEqual(['look-alike-sender hold', 'reply-to warn', 'first-payment warn']);
});

test('a colleague who forwards is no look-alike and no stranger, but may be forged', () => {
  const mail = { sender: 'bo@office.example', replyTo: 'x@gmail.com', authenticationResults: 'mx; dmarc=fail' };
  expect(gatesOf({ mail })).toEqual(['sender-authentication hold']);
});

test('an account abroad is for the gate only while nobody verified it', () => {
  const abroad = { invoice: { ...question.invoice, iban: 'LT1' } };
  expect(gatesOf({ ...abroad, isAccountVerified: false })).toEqual(['iban-country hold']);
  expect(gatesOf(abroad)).toEqual([]);
});

test('an organization makes a gate hold, warn or be silent', () => {
  const first = { paid: { toSupplier: 0, inAll: 50 } };
  expect(gatesOf(first, { 'first-payment': 'hold' })).toEqual(['first-payment hold']);
  expect(gatesOf(first, { 'first-payment': 'off' })).toEqual([]);
});
