import fc from 'fast-check';
import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import { expect, test } from 'vitest';
import { bankAccountException, checkBankAccount } from './bank-account.ts';
import type { AccountCall } from '../fraud/call-back.ts';
import { buildSupplier } from '../matching/fixtures.ts';
import { isValidIban } from './iban.ts';

const onFile = 'DE89370400440532013000';
const stranger = 'LT121000011101001000';

test('finds the verified account on file, however it is printed', () => {
  const check = checkBankAccount('de89 3704 0044 0532 0130 00', buildSupplier());
  expect(check).toMatchObject({
    outcome: 'on-file',
    accountId: 'account-1',
    message: 'The account DE… 3000 is the verified one of Bürobedarf Müller GmbH.',
  });
  expect(bankAccountException(check)).toBeNull();
});

test('calls another account changed, names both, its country, and what to do', () => {
  const check = checkBankAccount(stranger, buildSupplier());
  expect(check).toMatchObject({ outcome: 'changed', accountId: null });
  expect(check.message).toBe(
    'The account on the invoice, LT… 1000, is not the verified one (DE… 3000) for Bürobedarf Müller GmbH. ' +
      'The account is in Lithuania (LT), Bürobedarf Müller GmbH in Germany (DE). ' +
      'No number of Bürobedarf Müller GmbH is on file: take one from a contract or an older paper, never from this invoice or its mail.',
  );
  expect(bankAccountException(check)).toMatchObject({
    reason: 'bank-account-changed',
    expected: 'DE89 3704 0044 0532 0130 00',
    found: 'LT12 1000 0111 0100 1000',
  });
});

test.each([
  ['proposed', 'was proposed before but is not verified yet'],
  ['refused', 'was refused before'],
] as const)('does not accept an account that is only %s', (status, words) => {
  const check = checkBankAccount(onFile, buildSupplier({ bankAccounts: [{ id: 'account-1', iban: onFile, bic: null, status }] }));
  expect(check).toMatchObject({ outcome: 'changed', accountId: null });
  expect(check.message).toContain(words);
});

test('pays to the one verified account when none is printed, and asks when there is none or a choice', () => {
  const second = { id: 'account-2', iban: 'AT611904300234573201', bic: null, status: 'verified' } as const;
  expect(checkBankAccount(null, buildSupplier())).toMatchObject({ outcome: 'none-printed', accountId: 'account-1' });
  expect(checkBankAccount(' ', buildSupplier({ bankAccounts: [] }))).toMatchObject({ outcome: 'none-printed', accountId: null });
  const two = buildSupplier({ bankAccounts: [...buildSupplier().bankAccounts, second] });
  expect(bankAccountException(checkBankAccount(null, two))?.reason).toBe('bank-account-changed');
});

test('calls a misread account invalid', () => {
  expect(checkBankAccount('DE89370400440532013001', buildSupplier())).toMatchObject({ outcome: 'invalid', accountId: null });
});

test('never gives an account that is not verified', () => {
  const status = fc.constantFrom('proposed', 'verified', 'refused');
  fc.assert(
    fc.property(
      fc.option(fc.constantFrom(onFile, stranger, 'x'), { nil: null }),
      fc.array(fc.tuple(fc.constantFrom(onFile, stranger), status), { maxLength: 3 }),
      (iban, raw) => {
        const bankAccounts = raw.map(([own, state], at) => ({ id: `${at}`, iban: own, bic: null, status: state }));
        const { accountId } = checkBankAccount(iban, buildSupplier({ bankAccounts }));
        if (accountId !== null) expect(bankAccounts.find(({ id }) => id === accountId)?.status).toBe('verified');
      },
    ),
  );
});

test('agrees with ibantools on what is an IBAN', () => {
  const samples = [
    onFile,
    stranger,
    'GB82WEST12345698765432',
    'NL91ABNA0417164300',
    'CH9300762011623852957',
    'ES9121000418450200051332',
    'NO9386011117947',
  ];
  const edited = fc
    .tuple(fc.constantFrom(...samples), fc.nat({ max: 33 }), fc.constantFrom(...'0123456789AZ'.split('')))
    .map(([iban, at, character]) => iban.slice(0, at) + character + iban.slice(at + 1));
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...samples), edited), (iban) => {
      // ibantools also knows the national check digits of some countries; a stricter answer there is not ours to give.
      if (isValidIBAN(electronicFormatIBAN(iban) ?? '')) expect(isValidIban(iban)).toBe(true);
      if (!isValidIban(iban)) expect(isValidIBAN(iban)).toBe(false);
    }),
  );
  for (const iban of samples) expect(isValidIban(iban)).toBe(true);
});

test('notices any single changed digit and any swap of neighbours', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 20 }), fc.integer({ min: 1, max: 9 }), (at, shift) => {
      const digit = (Number(onFile[at]) + shift) % 10;
      expect(isValidIban(`${onFile.slice(0, at)}${digit}${onFile.slice(at + 1)}`)).toBe(false);
      const swapped = onFile.slice(0, at) + (onFile[at + 1] ?? '') + (onFile[at] ?? '') + onFile.slice(at + 2);
      expect(isValidIban(swapped)).toBe(swapped === onFile);
    }),
  );
});

test('after a call the question is another: a second person reads who called whom', () => {
  const call: AccountCall = {
    memberId: 'ana',
    memberName: 'Ana',
    phone: '+49 1',
    phoneSource: 'on file',
    spokeWith: 'Frau Keller',
    outcome: 'confirmed',
    calledAt: '2026-03-02T09:00:00Z',
  };
  const proposed = { id: 'account-2', iban: 'DE02120300000000202051', bic: null, status: 'proposed' } as const;
  const check = (calls: readonly AccountCall[]) =>
    checkBankAccount(proposed.iban, buildSupplier({ bankAccounts: [...buildSupplier().bankAccounts, { ...proposed, calls }] }));
  expect(bankAccountException(check([call]))).toMatchObject({
    reason: 'bank-account-called',
    message: expect.stringContaining('Ana called +49 1'),
  });
  const missed: AccountCall = { ...call, outcome: 'not-reached' };
  expect(bankAccountException(check([missed, missed]))).toMatchObject({
    reason: 'bank-account-changed',
    message: expect.stringContaining('reached nobody. That was call 2.'),
  });
});
