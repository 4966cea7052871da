import { hasIbanDigits, vatDigitsAgree } from '#domain/documents';
import fc from 'fast-check';
import { isValidIBAN } from 'ibantools';
import { checkVAT, countries } from 'jsvat';
import { expect, test } from 'vitest';

const samples = [
  'ATU13585627 BE0428759497 CHE193843357MWST DE136695976 DK88146328 ESA13585625 ES54362315K ESX5910266W FI09853608 FR61954506077',
  'GB434031494 IE6433435F IE6433435OA IT00743110157 LU10000356 NL010000446B01 PL5260001246 PT502757191 SE556188840401',
]
  .join(' ')
  .split(' ');

test('check digits of VAT identifiers agree with an independent library, for right and for wrong numbers', () => {
  const mutated = fc.record({
    sample: fc.constantFrom(...samples),
    at: fc.integer({ min: 2, max: 9 }),
    digit: fc.constantFrom(...'0123456789'),
  });
  fc.assert(
    fc.property(mutated, ({ sample, at, digit }) => {
      const number = /\d/.test(sample[at] ?? '') ? sample.slice(0, at) + digit + sample.slice(at + 1) : sample;
      const agrees = vatDigitsAgree(number);
      if (agrees === true) expect(checkVAT(number, countries).isValid, number).toBe(true);
      if (number === sample && checkVAT(number, countries).isValid) expect(agrees, number).not.toBe(false);
    }),
    { numRuns: 2000, seed: 20_261_124 },
  );
});

test('a country whose rule is not known here is neither right nor wrong', () => {
  expect(vatDigitsAgree('EU203000373')).toBe(null);
  expect(vatDigitsAgree('HU12892312')).toBe(null);
});

test('an IBAN that the checker accepts is one by its structure too, and one changed digit is seen', () => {
  for (const iban of ['DE89370400440532013000', 'FR1420041010050500013M02606', 'NL91ABNA0417164300', 'GB29NWBK60161331926819']) {
    expect(isValidIBAN(iban)).toBe(true);
    expect(hasIbanDigits(iban)).toBe(true);
    for (let at = 4; at < iban.length; at += 1) {
      if (!/\d/.test(iban[at] ?? '')) continue;
      const wrong = iban.slice(0, at) + String((Number(iban[at]) + 1) % 10) + iban.slice(at + 1);
      expect(hasIbanDigits(wrong), wrong).toBe(false);
    }
  }
});
