import { expect, test } from 'vitest';
import { isPayableAccount, isSameAccount, usAccountOf } from './us-account.ts';

test('reads routing and account number, whatever spaces are between', () => {
  expect(usAccountOf('us 021000021 1234 5678 9')).toEqual({ routing: '021000021', account: '123456789' });
  expect(usAccountOf('US0210000211234')).toEqual({ routing: '021000021', account: '1234' });
});

test.each([
  ['a wrong check digit', 'US021000022123456789'],
  ['two digits exchanged', 'US201000021123456789'],
  ['nothing but zeros', 'US000000000123456789'],
  ['no account number', 'US021000021'],
  ['eighteen digits of account number', 'US021000021123456789012345678'],
  ['letters', 'US02100002112345678A'],
  ['an IBAN', 'DE89370400440532013000'],
])('does not take %s', (_, text) => {
  expect(usAccountOf(text)).toBeNull();
});

test('every single wrong digit of a routing number is seen', () => {
  for (let at = 0; at < 9; at += 1)
    for (const digit of '0123456789') {
      const routing = `${'021000021'.slice(0, at)}${digit}${'021000021'.slice(at + 1)}`;
      if (routing !== '021000021') expect(usAccountOf(`US${routing}123456789`), routing).toBeNull();
    }
});

test('an account can be paid, and is the same, in either form', () => {
  expect(isPayableAccount('DE89 3704 0044 0532 0130 00')).toBe(true);
  expect(isPayableAccount('US021000021123456789')).toBe(true);
  expect(isPayableAccount('US021000022123456789')).toBe(false);
  expect(isSameAccount('123456789', 'US021000021123456789')).toBe(true);
  expect(isSameAccount('123456780', 'US021000021123456789')).toBe(false);
  expect(isSameAccount('DE89 3704 0044 0532 0130 00', 'DE89370400440532013000')).toBe(true);
});
