import { isSEPACountry, isValidBIC, isValidIBAN } from 'ibantools';
import { isCurrency, toDecimal } from '#domain/money';
import type { PaymentFileParty, PaymentFilePayment, PaymentFileRun } from './pain001.ts';
import { isSepaIdentifier, sepaText } from './sepa-text.ts';

/** All reasons why a run can't become a bank file, each as one sentence that says which payment; empty when it can. */
export function faultsOf(run: PaymentFileRun): readonly string[] {
  const payments = run.groups.flatMap((group) => group.payments);
  return [
    // 30: the identification of each payment information adds "-" and up to four digits within the 35 characters of Max35Text.
    ...(isSepaIdentifier(run.messageId) && run.messageId.length <= 30
      ? []
      : [`The run's id "${run.messageId}" must have 1 to 30 characters of the SEPA character set.`]),
    ...(Number.isNaN(run.createdAt.getTime()) ? ['The run has no valid creation time.'] : []),
    ...(sepaText(run.initiator, 70) === '' ? ['The initiator has no name.'] : []),
    ...partyFaults(run.debtor, 'The debtor'),
    ...(payments.length === 0 ? ['The run has no payments.'] : []),
    ...run.groups
      .filter((group) => !isDay(group.executionDate))
      .map((group) => `"${group.executionDate}" is not an execution date (YYYY-MM-DD).`),
    ...payments.flatMap(paymentFaults),
    ...repeatedIds(payments).map((id) => `The end-to-end id "${id}" is used twice. Each payment needs its own.`),
  ];
}

/** Euro to an account in a SEPA country; everything else leaves in payment information of its own, without the SEPA service level. */
export function isSepaPayment(payment: PaymentFilePayment): boolean {
  return payment.amount.currency === 'EUR' && isSEPACountry(compact(payment.creditor.iban).slice(0, 2));
}

/** An IBAN as the file carries it: no spaces, capitals. */
export function compact(iban: string): string {
  return iban.replace(/\s/g, '').toUpperCase();
}

function paymentFaults(payment: PaymentFilePayment): readonly string[] {
  const name = `Payment "${payment.endToEndId}"`;
  const { minor, currency } = payment.amount;
  // EPC132-08 AT-T002: 0.01 to 999,999,999.99 euro.
  const isInRange = isCurrency(currency) && minor > 0n && toDecimal(payment.amount).lte('999999999.99');
  return [
    ...(isSepaIdentifier(payment.endToEndId) ? [] : [`${name}: its end-to-end id must have 1 to 35 characters of the SEPA character set.`]),
    ...(isCurrency(currency) ? [] : [`${name}: "${currency}" is not a currency code of ISO 4217.`]),
    ...(isInRange || !isCurrency(currency) ? [] : [`${name}: its amount must lie between 0.01 and 999999999.99.`]),
    ...partyFaults(payment.creditor, `${name}: its creditor`),
    ...(!isSepaPayment(payment) && payment.creditor.bic === null ? [`${name}: outside SEPA the creditor's bank needs a BIC.`] : []),
  ];
}

function partyFaults(party: PaymentFileParty, who: string): readonly string[] {
  return [
    ...(sepaText(party.name, 70) === '' ? [`${who} has no name.`] : []),
    // The IBAN itself stays out of the message: errors are logged, bank details are not.
    ...(isValidIBAN(compact(party.iban)) ? [] : [`${who} has an IBAN whose check digits or length are wrong.`]),
    ...(party.bic === null || isValidBIC(party.bic) ? [] : [`${who} has a BIC that is not valid.`]),
  ];
}

function repeatedIds(payments: readonly PaymentFilePayment[]): readonly string[] {
  const seen = new Set<string>();
  return payments.map((payment) => payment.endToEndId).filter((id) => seen.has(id) || !seen.add(id));
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
