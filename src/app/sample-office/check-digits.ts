/** Check digits of invented ids, so that the sample office passes the checks that real ones pass. */

/** IBAN of a BBAN. Source: ISO 13616, ISO 7064 mod 97-10. */
export function iban(country: string, bban: string): string {
  const digits = (text: string): string => [...text].map((letter) => Number.parseInt(letter, 36).toString()).join('');
  const check = 98n - (BigInt(digits(`${bban}${country}00`)) % 97n);
  return `${country}${check.toString().padStart(2, '0')}${bban}`;
}

/** French BBAN: bank, branch and account of 5, 5 and 11 digits, with the RIB key. */
export function frenchIban(bank: string, branch: string, account: string): string {
  const key = 97n - ((89n * BigInt(bank) + 15n * BigInt(branch) + 3n * BigInt(account)) % 97n);
  return iban('FR', `${bank}${branch}${account}${key.toString().padStart(2, '0')}`);
}

/** Spanish BBAN: bank, branch and account of 4, 4 and 10 digits, with both control digits. */
export function spanishIban(bank: string, branch: string, account: string): string {
  const control = (text: string): string => {
    const rest = 11 - (weighted(text, [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11);
    return String(rest === 11 ? 0 : rest === 10 ? 1 : rest);
  };
  return iban('ES', `${bank}${branch}${control(`00${bank}${branch}`)}${control(account)}${account}`);
}

/** Belgian BBAN: ten digits and their remainder by 97. */
export function belgianIban(tenDigits: string): string {
  const check = Number(BigInt(tenDigits) % 97n) || 97;
  return iban('BE', `${tenDigits}${String(check).padStart(2, '0')}`);
}

/** German VAT id of eight digits. Source: ISO 7064 mod 11,10. */
export function germanVatId(eightDigits: string): string {
  let product = 10;
  for (const digit of eightDigits) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return `DE${eightDigits}${(11 - product) % 10}`;
}

/** French VAT id of a SIREN's first eight digits; the ninth is its Luhn digit. */
export function frenchVatId(eightDigits: string): string {
  const siren = `${eightDigits}${(10 - (luhnSum(eightDigits, 1) % 10)) % 10}`;
  const key = (12 + 3 * (Number(siren) % 97)) % 97;
  return `FR${String(key).padStart(2, '0')}${siren}`;
}

/** Spanish VAT id of a limited company (B) with seven digits. */
export function spanishVatId(sevenDigits: string): string {
  return `ESB${sevenDigits}${(10 - (luhnSum(sevenDigits, 0) % 10)) % 10}`;
}

/** Austrian VAT id of seven digits. */
export function austrianVatId(sevenDigits: string): string {
  return `ATU${sevenDigits}${(10 - ((luhnSum(sevenDigits, 1) + 4) % 10)) % 10}`;
}

/** Dutch VAT id of eight digits; some numbers have no check digit. */
export function dutchVatId(eightDigits: string): string {
  return `NL${eightDigits}${weighted(eightDigits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11}B01`;
}

/** Irish VAT id of seven digits with its check letter. */
export function irishVatId(sevenDigits: string): string {
  return `IE${sevenDigits}${'WABCDEFGHIJKLMNOPQRSTUV'[weighted(sevenDigits, [8, 7, 6, 5, 4, 3, 2]) % 23]}`;
}

/** British VAT id of seven digits with its two check digits (modulus 97). */
export function britishVatId(sevenDigits: string): string {
  return `GB${sevenDigits}${String(97 - (weighted(sevenDigits, [8, 7, 6, 5, 4, 3, 2]) % 97)).padStart(2, '0')}`;
}

/** Swiss UID of eight digits. */
export function swissVatId(eightDigits: string): string {
  return `CHE${eightDigits}${(11 - (weighted(eightDigits, [5, 4, 3, 2, 7, 6, 5, 4]) % 11)) % 11}`;
}

function weighted(digits: string, weights: readonly number[]): number {
  return [...digits].reduce((sum, digit, index) => sum + Number(digit) * (weights[index] ?? 0), 0);
}

/** Digit sum with every second digit doubled, from the first (0) or second (1) on. */
function luhnSum(digits: string, firstDoubled: 0 | 1): number {
  return [...digits].reduce((sum, digit, index) => {
    const value = index % 2 === firstDoubled ? Number(digit) * 2 : Number(digit);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}
