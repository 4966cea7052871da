import { describeCall, lastAnswer, whomToCall, type AccountCall } from '../fraud/call-back.ts';
import { ibanCountryFinding } from '../fraud/iban-country.ts';
import { formatIban, isValidIban, normalizeIban, shortIban } from './iban.ts';
import type { MatchException, Supplier, SupplierBankAccount } from '../types.ts';

/** How the account an invoice prints relates to what is on file. */
export interface BankAccountCheck {
  readonly outcome: 'on-file' | 'changed' | 'called' | 'none-printed' | 'invalid';
  /** The verified account to pay to; null when a person must settle it first. */
  readonly accountId: string | null;
  /** The account as printed, in groups of four. */
  readonly printed: string | null;
  /** The verified accounts on file, in groups of four. */
  readonly onFile: readonly string[];
  /** One plain sentence. */
  readonly message: string;
}

type SupplierToPay = Pick<Supplier, 'name' | 'country' | 'bankAccounts' | 'phone' | 'phoneSince'>;

/**
 * Compares the printed account with the verified ones. It never adopts an account: a document can only propose one,
 * which the controller verifies by other means (G2).
 */
export function checkBankAccount(iban: string | null, supplier: SupplierToPay): BankAccountCheck {
  const verified = supplier.bankAccounts.filter((account) => account.status === 'verified');
  const onFile = verified.map((account) => formatIban(account.iban));
  if (iban === null || iban.trim() === '') return nonePrinted(supplier.name, verified, onFile);
  const printed = formatIban(iban);
  if (!isValidIban(iban)) {
    const message = `The account on the invoice, ${printed.slice(0, 50)}, is no valid IBAN: its check digits or length are wrong. It may be misread.`;
    return { outcome: 'invalid', accountId: null, printed, onFile, message };
  }
  const known = supplier.bankAccounts.filter((account) => normalizeIban(account.iban) === normalizeIban(iban));
  const accepted = known.find((account) => account.status === 'verified');
  if (accepted !== undefined && !known.some((account) => account.status === 'refused')) {
    return {
      outcome: 'on-file',
      accountId: accepted.id,
      printed,
      onFile,
      message: `The account ${shortIban(iban)} is the verified one of ${supplier.name}.`,
    };
  }
  const answer = known[0]?.status === 'proposed' ? lastAnswer(known[0].calls) : null;
  if (answer?.outcome === 'confirmed')
    return { outcome: 'called', accountId: null, printed, onFile, message: calledMessage(iban, supplier, answer) };
  return { outcome: 'changed', accountId: null, printed, onFile, message: changedMessage(iban, supplier, known, verified) };
}

/** The exception for the controller, or null when the money may go to the account on file. */
export function bankAccountException(check: BankAccountCheck): MatchException | null {
  if (check.accountId !== null) return null;
  return {
    reason: check.outcome === 'called' ? 'bank-account-called' : 'bank-account-changed',
    line: null,
    expected: check.onFile.length === 0 ? null : check.onFile.join(' or '),
    found: check.printed,
    difference: null,
    message: check.message,
  };
}

function nonePrinted(name: string, verified: readonly SupplierBankAccount[], onFile: readonly string[]): BankAccountCheck {
  const [only] = verified;
  const isClear = verified.length === 1 && only !== undefined;
  const message = isClear
    ? `The invoice prints no account; payment goes to the verified account of ${name}, ${shortIban(only.iban)}.`
    : verified.length === 0
      ? `The invoice prints no account and ${name} has no verified one: where shall the money go?`
      : `The invoice prints no account and ${name} has ${verified.length} verified ones: which one shall be used?`;
  return { outcome: 'none-printed', accountId: isClear ? only.id : null, printed: null, onFile, message };
}

function calledMessage(iban: string, supplier: SupplierToPay, call: AccountCall): string {
  const abroad = ibanCountryFinding(iban, supplier);
  return (
    `The account on the invoice, ${shortIban(iban)}, is new for ${supplier.name}. ${describeCall(call)} ` +
    `${abroad === null ? '' : `${abroad.message} `}A second person confirms it; then it cools off before anything is paid to it.`
  );
}

function changedMessage(
  iban: string,
  supplier: SupplierToPay,
  known: readonly SupplierBankAccount[],
  verified: readonly SupplierBankAccount[],
): string {
  const history = known.some((account) => account.status === 'refused')
    ? 'was refused before'
    : known.length > 0
      ? 'was proposed before but is not verified yet'
      : verified.length === 0
        ? 'is new, and no account is verified yet'
        : `is not the verified one (${verified.map((account) => shortIban(account.iban)).join(', ')})`;
  const abroad = ibanCountryFinding(iban, supplier);
  const missed = (known[0]?.calls ?? []).filter((call) => call.outcome === 'not-reached');
  const last = missed.at(-1);
  const parts = [
    `The account on the invoice, ${shortIban(iban)}, ${history} for ${supplier.name}.`,
    abroad?.message,
    last === undefined ? undefined : `${describeCall(last)}${missed.length > 1 ? ` That was call ${missed.length}.` : ''}`,
    whomToCall(supplier),
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}
