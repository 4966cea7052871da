import { expect, test } from 'vitest';
import { exceptionReasons } from '#domain/accounts-payable';
import { harmlessReasons, mayAskAlone, whyNotAlone, type AloneFacts } from './ask-alone.ts';
import { isAskable } from './draft-question.ts';
import type { RecipientKind } from './question.ts';

const harmless: AloneFacts = {
  reason: 'missing-purchase-order',
  recipient: 'supplier',
  invoiceKind: 'invoice',
  isSupplierKnown: true,
  exceptions: [{ reason: 'missing-purchase-order', isOpen: true }],
  warnings: [],
  account: 'on-file',
  addressOnFile: 'rechnung@nordwind.example',
  address: 'Rechnung@nordwind.example',
  isHolder: false,
  isAway: false,
};
const recipients: readonly RecipientKind[] = ['supplier', 'buyer', 'receiver'];

test('a missing order number of a known supplier is asked at the address on file', () => {
  expect(whyNotAlone(harmless)).toBeNull();
});

test('of every reason that there is, only the listed pairs are ever asked without a person', () => {
  const allowed = exceptionReasons.flatMap((reason) =>
    recipients
      .filter((recipient) => whyNotAlone({ ...harmless, reason, recipient, exceptions: [{ reason, isOpen: true }] }) === null)
      .map((recipient) => `${reason} ${recipient}`),
  );
  expect(allowed.toSorted()).toEqual([
    'missing-purchase-order supplier',
    'missing-receipt receiver',
    'missing-receipt supplier',
    'quantity receiver',
    'unit receiver',
  ]);
  expect(harmlessReasons.every(isAskable)).toBe(true);
  expect(recipients.some((recipient) => mayAskAlone('toString', recipient))).toBe(false);
});

const forbidden: readonly (readonly [string, Partial<AloneFacts>])[] = [
  ['a credit note', { invoiceKind: 'credit-note' }],
  ['an unknown supplier', { isSupplierKnown: false }],
  ...(['changed', 'called', 'invalid'] as const).map((account) => [`an account that is ${account}`, { account }] as const),
  ...['bank-account-changed', 'bank-account-called', 'fraud-hold', 'fraud-second'].flatMap((reason) =>
    [true, false].map((isOpen) => [`${reason} beside it, ${isOpen ? 'open' : 'let pass'}`, { exceptions: [{ reason, isOpen }] }] as const),
  ),
  ...['unknown-supplier', 'duplicate', 'arithmetic', 'doubtful-value'].map(
    (reason) => [`${reason} beside it`, { exceptions: [{ reason, isOpen: true }] }] as const,
  ),
  ['a warning of a fraud gate', { warnings: ['Paid for the first time.'] }],
  ['no address on file', { addressOnFile: null }],
  ['an address that is not the one on file', { address: 'rechnung@nordwlnd.example' }],
  ['whoever has the task already', { isHolder: true }],
  ['somebody who is away', { isAway: true }],
];
test.each(forbidden)('never: %s', (_, changes) => {
  expect(whyNotAlone({ ...harmless, ...changes })).not.toBeNull();
});

test('a duplicate that a person let pass is no doubt any more', () => {
  expect(whyNotAlone({ ...harmless, exceptions: [{ reason: 'duplicate', isOpen: false }] })).toBeNull();
});
