import { isValidIban, normalizeIban } from './iban.ts';

/** An account of the United States: the bank's routing number and the account's own number. */
export interface UsAccount {
  /** Nine digits. */
  readonly routing: string;
  /** Four to seventeen digits. */
  readonly account: string;
}

/**
 * Reads an account as it is kept on file where others keep an IBAN: `US`, nine digits of routing number, account number.
 * There is no IBAN of the United States, so neither can be taken for the other.
 *
 * @returns null when it is no such account, or the routing number's check digit is wrong.
 */
export function usAccountOf(text: string): UsAccount | null {
  const [, routing = '', account = ''] = /^US(\d{9})(\d{4,17})$/.exec(text.replaceAll(/[\s.-]/g, '').toUpperCase()) ?? [];
  return isRoutingNumber(routing) ? { routing, account } : null;
}

/** The check digit of the American Bankers Association: weights 3, 7, 1 over nine digits, a multiple of ten. */
function isRoutingNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text) || text === '000000000') return false;
  const sum = [...text].reduce((total, digit, index) => total + Number(digit) * ([3, 7, 1][index % 3] ?? 0), 0);
  return sum % 10 === 0;
}

/** Whether money can be sent to it: an IBAN, or an account of the United States as it is kept here. */
export function isPayableAccount(text: string): boolean {
  return isValidIban(text) || usAccountOf(text) !== null;
}

/** Whether two ways to write an account mean the same one. Statements of the United States show the number without its bank. */
export function isSameAccount(stated: string, onFile: string): boolean {
  return normalizeIban(stated) === normalizeIban(onFile) || usAccountOf(onFile)?.account === normalizeIban(stated);
}
