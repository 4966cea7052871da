/**
 * Check digits of account numbers and VAT identifiers, for the checker of proof cards. Written from the standards, apart from the
 * libraries that proposers use, so that a fault in either is seen. Source: ISO 13616 and 7064; Commission's VIES algorithms.
 */

/** Whether the IBAN's own check digits agree (mod 97 of ISO 7064). */
export function hasIbanDigits(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const digits = (iban.slice(4) + iban.slice(0, 4)).replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}

/** Whether the check digits of a VAT identifier agree; null where this checker does not know the country's rule. */
export function vatDigitsAgree(identifier: string): boolean | null {
  const bare = identifier.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  const country = bare.startsWith('CHE') ? 'CHE' : bare.slice(0, 2);
  return vatRules[country]?.(bare.slice(country.length)) ?? null;
}

const vatRules: Readonly<Record<string, (body: string) => boolean>> = {
  AT: (body) => /^U\d{8}$/.test(body) && (10 - ((luhnSum(body.slice(1, 8), 1) + 4) % 10)) % 10 === Number(body.at(-1)),
  BE: (body) => /^[01]\d{9}$/.test(body) && 97 - (Number(body.slice(0, 8)) % 97) === Number(body.slice(8)),
  CHE: (body) => /^\d{9}(?:MWST|TVA|IVA)?$/.test(body) && elevenLess(body.slice(0, 9), [5, 4, 3, 2, 7, 6, 5, 4], 0, null),
  DE: (body) => /^[1-9]\d{8}$/.test(body) && hybridEleven(body),
  DK: (body) => /^\d{8}$/.test(body) && weighed(body, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  ES: (body) => isSpanish(body),
  FI: (body) => /^\d{8}$/.test(body) && elevenLess(body, [7, 9, 10, 5, 8, 4, 2], 0, null),
  FR: (body) => /^\d{11}$/.test(body) && Number(BigInt(`${body.slice(2)}12`) % 97n) === Number(body.slice(0, 2)),
  GB: (body) => /^\d{9}(?:\d{3})?$/.test(body) && [0, 55].includes((weighed(body, [8, 7, 6, 5, 4, 3, 2]) + Number(body.slice(7, 9))) % 97),
  IE: (body) => isIrish(body),
  IT: (body) => /^\d{11}$/.test(body) && luhnSum(body, 1) % 10 === 0,
  LU: (body) => /^\d{8}$/.test(body) && Number(body.slice(0, 6)) % 89 === Number(body.slice(6)),
  NL: (body) => /^\d{9}B\d{2}$/.test(body) && (weighed(body, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 || hasNinetySeven(`NL${body}`)),
  PL: (body) => /^\d{10}$/.test(body) && weighed(body, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(body[9]),
  PT: (body) => /^\d{9}$/.test(body) && elevenLess(body, [9, 8, 7, 6, 5, 4, 3, 2], 0, 0),
  SE: (body) => /^\d{10}01$/.test(body) && luhnSum(body.slice(0, 10), 0) % 10 === 0,
};

function weighed(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
}

/** The last digit is 11 less the remainder; `zero` and `one` stand for remainders 0 and 1, null where such a number is not given out. */
function elevenLess(digits: string, weights: readonly number[], zero: number, one: number | null): boolean {
  const rest = weighed(digits, weights) % 11;
  const expected = rest === 0 ? zero : rest === 1 ? one : 11 - rest;
  return expected === Number(digits[weights.length]);
}

/** Sum of digits, those at positions of the given parity doubled and cast down (Luhn). */
function luhnSum(digits: string, doubled: 0 | 1): number {
  return [...digits].reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === doubled ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}

/** ISO 7064 mod 11,10. */
function hybridEleven(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

function hasNinetySeven(text: string): boolean {
  return BigInt(text.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) % 97n === 1n;
}

function isSpanish(body: string): boolean {
  const person = /^([XYZ]?)(\d{7,8})([A-Z])$/.exec(body);
  const [, lead = '', digits = '', letter] = person ?? [];
  if (person !== null && lead.length + digits.length === 8 && lead !== 'K')
    return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(`${lead === '' ? '' : 'XYZ'.indexOf(lead)}${digits}`) % 23] === letter;
  const firm = /^[A-HJNP-SUVW](\d{7})([\dA-J])$/.exec(body);
  if (firm === null) return false;
  const check = (10 - (luhnSum(firm[1] ?? '', 0) % 10)) % 10;
  return firm[2] === String(check) || firm[2] === 'JABCDEFGHI'[check];
}

function isIrish(body: string): boolean {
  const [, digits = '', check, extra = ''] = /^(\d{7})([A-W])([A-IW]?)$/.exec(body) ?? [];
  const letters = 'WABCDEFGHIJKLMNOPQRSTUV';
  return (
    check !== undefined && letters[(weighed(digits, [8, 7, 6, 5, 4, 3, 2]) + 9 * Math.max(0, letters.indexOf(extra || 'W'))) % 23] === check
  );
}
