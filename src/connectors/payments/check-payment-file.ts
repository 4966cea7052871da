import { isSEPACountry, isValidBIC, isValidIBAN } from 'ibantools';
import { isCurrency, toDecimal } from '#domain/money';
import type { BankParty, PaymentInstruction, PaymentOrder } from '#domain/ports';
import { isSepaIdentifier, sepaText } from './sepa-text.ts';

/** All reasons why a run can't become a bank file, each as one sentence that says which payment; empty when it can. */
export function faultsOf(order: PaymentOrder): readonly string[] {
  const { payments } = order;
  return [
    ...(isSepaIdentifier(order.messageId)
      ? []
      : [`The run's id "${order.messageId}" must have 1 to 35 characters of the SEPA character set.`]),
    ...(Number.isNaN(order.createdAt.getTime()) ? ['The run has no valid creation time.'] : []),
    ...partyFaults(order.debtor, 'The debtor'),
    ...(payments.length === 0 ? ['The run has no payments.'] : []),
    ...payments.flatMap(paymentFaults),
    ...repeatedIds(payments).map((id) => `The end-to-end id "${id}" is used twice. Each payment needs its own.`),
  ];
}

/** Euro to an account in a SEPA country; everything else leaves in payment information of its own, without the SEPA service level. */
export function isSepaPayment(payment: PaymentInstruction): boolean {
  return payment.amount.currency === 'EUR' && isSEPACountry(compact(payment.creditor.iban).slice(0, 2));
}

/** An IBAN as the file carries it: no spaces, capitals. */
export function compact(iban: string): string {
  return iban.replace(/\s/g, '').toUpperCase();
}

function paymentFaults(payment: PaymentInstruction): readonly string[] {
  const name = `Payment "${payment.endToEndId}"`;
  const { minor, currency } = payment.amount;
  // EPC132-08 AT-T002: 0.01 to 999,999,999.99 euro.
  const isInRange = isCurrency(currency) && minor > 0n && toDecimal(payment.amount).lte('999999999.99');
  return [
    ...(isSepaIdentifier(payment.endToEndId) ? [] : [`${name}: its end-to-end id must have 1 to 35 characters of the SEPA character set.`]),
    ...(payment.instructionId === null || isSepaIdentifier(payment.instructionId)
      ? []
      : [`${name}: its instruction id must have 1 to 35 characters of the SEPA character set.`]),
    ...(isCurrency(currency) ? [] : [`${name}: "${currency}" is not a currency code of ISO 4217.`]),
    ...(isInRange || !isCurrency(currency) ? [] : [`${name}: its amount must lie between 0.01 and 999999999.99.`]),
    ...(isDay(payment.executeOn) ? [] : [`${name}: "${payment.executeOn}" is not an execution date (YYYY-MM-DD).`]),
    ...partyFaults(payment.creditor, `${name}: its creditor`),
    ...(!isSepaPayment(payment) && payment.creditor.bic === null ? [`${name}: outside SEPA the creditor's bank needs a BIC.`] : []),
  ];
}

function partyFaults(party: BankParty, who: string): readonly string[] {
  return [
    ...(sepaText(party.name, 70) === '' ? [`${who} has no name.`] : []),
    // The IBAN itself stays out of the message: errors are logged, bank details are not.
    ...(isValidIBAN(compact(party.iban)) ? [] : [`${who} has an IBAN whose check digits or length are wrong.`]),
    ...(party.bic === null || isValidBIC(party.bic) ? [] : [`${who} has a BIC that is not valid.`]),
  ];
}

function repeatedIds(payments: readonly PaymentInstruction[]): readonly string[] {
  const seen = new Set<string>();
  return payments.map((payment) => payment.endToEndId).filter((id) => seen.has(id) || !seen.add(id));
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
