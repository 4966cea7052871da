import { expect, test } from 'vitest';
import { describeCall, lastAnswer, mayConfirmAccount, printsNumber, whomToCall, type AccountCall } from './call-back.ts';

const call: AccountCall = {
  memberId: 'ana',
  memberName: 'Ana',
  phone: '+49 40 5550 1200',
  phoneSource: 'on file since 2026-01-12',
  spokeWith: 'Frau Keller',
  outcome: 'confirmed',
  calledAt: '2026-11-30T14:02:11Z',
};

test.each([
  ['Tel. 040 / 5550-1200', true],
  ['Call us: +49 (40) 55501200', true],
  ['0049 40 5550 1200', true],
  ['Tel. 040 / 5550-1201', false],
  ['Customer 1200', false],
  ['', false],
])('a paper that says "%s" prints the number: %s', (text, expected) => {
  expect(printsNumber(text, '+49 40 5550 1200')).toBe(expected);
});

test('a number of a few digits is no number', () => {
  expect(printsNumber('Order 12 345', '12345')).toBe(false);
});

test('neither whoever proposed the account nor whoever called confirms it; a third person does', () => {
  const account = {
    proposedBy: 'bo',
    calls: [
      { ...call, outcome: 'not-reached' as const },
      { ...call, memberId: 'kim' },
    ],
  };
  expect(['ana', 'bo', 'kim', 'katrin'].map((member) => mayConfirmAccount(member, account).allowed)).toEqual([false, false, false, true]);
});

test('what nobody answered is no answer, and a later answer stands over an earlier one', () => {
  expect(lastAnswer(undefined)).toBeNull();
  expect(lastAnswer([{ ...call, outcome: 'not-reached' }])).toBeNull();
  expect(lastAnswer([{ ...call, outcome: 'denied' }, call, { ...call, outcome: 'not-reached' }])).toBe(call);
});

test('says who called whom, where the number is from, and what was said', () => {
  expect(describeCall(call)).toBe(
    'Ana called +49 40 5550 1200 (on file since 2026-01-12) on 2026-11-30 at 14:02 UTC and spoke with Frau Keller: the account is theirs.',
  );
  expect(describeCall({ ...call, outcome: 'not-reached', spokeWith: null })).toMatch(/reached nobody\.$/);
});

test('says whom to call, and where a number may not come from', () => {
  expect(whomToCall({ name: 'Kontor', phone: '+49 1', phoneSince: '2026-01-12T00:00:00Z' })).toContain('+49 1, on file since 2026-01-12');
  expect(whomToCall({ name: 'Kontor', phone: null })).toMatch(/^No number of Kontor is on file/);
});
