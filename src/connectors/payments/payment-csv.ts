import { parse } from 'csv-parse/sync';
import { formatMoney } from '#domain/money';
import { DeskhandError } from '#domain/errors';
import type { PaymentOrder } from '#domain/ports';
import { connectorErrors } from '../errors.ts';
import { faultsOf } from './check-payment-file.ts';

const columns = [
  'messageId',
  'executeOn',
  'amount',
  'currency',
  'creditorName',
  'creditorAccount',
  'creditorBic',
  'remittance',
  'endToEndId',
  'instructionId',
  'debtorName',
  'debtorAccount',
] as const;

/**
 * Writes an order as CSV for banks and portals that take neither XML nor ACH: a line of column names, one line a payment,
 * commas and a point in amounts, UTF-8. The same order gives the same bytes; what holds for pain.001 holds here too.
 *
 * @throws DH_CONNECTORS_PAYMENT_FILE_INVALID
 */
export function writePaymentCsv(order: PaymentOrder): string {
  const faults = faultsOf(order);
  if (faults.length > 0) {
    throw new DeskhandError(connectorErrors.paymentFileInvalid, `The bank file was not written. ${faults.slice(0, 10).join(' ')}`, {
      details: { faultCount: faults.length },
    });
  }
  const lines = order.payments.map(({ executeOn, amount, creditor, remittance, endToEndId, instructionId }) => [
    order.messageId,
    executeOn,
    formatMoney(amount),
    amount.currency,
    creditor.name,
    creditor.iban,
    creditor.bic ?? '',
    remittance,
    endToEndId,
    instructionId ?? '',
    order.debtor.name,
    order.debtor.iban,
  ]);
  return [columns, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

/** One line whatever is in it; what a spreadsheet would take for a formula begins with an apostrophe. */
function cell(value: string): string {
  const plain = value.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').trim();
  const harmless = /^[=+\-@]/.test(plain) ? `'${plain}` : plain;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/**
 * Reads such a file with a parser that knows nothing of who wrote it, and compares counts and sums with the order.
 *
 * @returns one sentence per fault; empty when the file says exactly what was ordered.
 */
export function checkPaymentCsv(file: string, order: PaymentOrder): string[] {
  const rows = parse(file, { columns: true }) as readonly Readonly<Record<string, string>>[];
  const faults = rows.length === order.payments.length ? [] : [`It has ${rows.length} payments; ${order.payments.length} were ordered.`];
  const cents = (texts: readonly string[]): bigint => texts.reduce((sum, text) => sum + BigInt(text.replace('.', '')), 0n);
  for (const [currency, payments] of Map.groupBy(order.payments, ({ amount }) => amount.currency)) {
    const printed = cents(rows.filter((row) => row['currency'] === currency).map((row) => row['amount'] ?? ''));
    const ordered = payments.reduce((sum, { amount }) => sum + amount.minor, 0n);
    if (printed !== ordered) faults.push(`Its payments in ${currency} add up to ${printed} minor units; ${ordered} were ordered.`);
  }
  for (const [index, { endToEndId, creditor }] of order.payments.entries()) {
    const row = rows[index];
    if (row?.['endToEndId'] !== endToEndId || row['creditorAccount'] !== creditor.iban)
      faults.push(`Line ${index + 2} is another payment than ${endToEndId}.`);
  }
  return faults;
}
