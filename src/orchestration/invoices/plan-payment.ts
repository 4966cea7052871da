import type { Supplier } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import { decimal, formatMoney, roundTo, subtract } from '#domain/money';
import type { Transaction } from '#platform';
import type { Assessment } from './assessment.ts';
import { orchestrationErrors } from '../errors.ts';
import { paymentDateOf } from './payment-date.ts';
import { loadSuppliers, type LoadedInvoice } from './invoices.ts';
import { digestOf } from '../payments/payment-runs.ts';

/** Columns of `payments` that a plan fills. */
export interface PlannedPayment {
  readonly supplier_id: string;
  readonly bank_account_id: string;
  readonly amount: string;
  readonly discount: string;
  readonly currency: string;
  readonly execute_on: string;
  readonly valid_until: string | null;
  readonly reason: string;
  readonly reference: string;
  readonly digest: string;
}

/**
 * When, how much and to which verified account an approved invoice is paid, as columns of its payment.
 *
 * @throws DH_ORCHESTRATION_PAYMENT_NOT_READY saying what is missing.
 */
export async function planPayment(transaction: Transaction, loaded: LoadedInvoice, today: string): Promise<PlannedPayment> {
  const { row } = loaded;
  const { supplier, account } = await payee(transaction, loaded);
  const { issued_on: issuedOn, gross, currency, number } = row;
  if (issuedOn === null || gross === null || currency === null || number === null)
    throw paymentNotReady(row.id, 'a value it needs is missing');
  const total = roundTo(decimal(gross), currency);
  const { due, date } = paymentDateOf({
    issuedOn,
    printedDueOn: row.due_on,
    terms: supplier.terms,
    gross: total,
    payableFrom: account.payableFrom ?? null,
    today,
  });
  const digest = digestOf({
    supplierId: supplier.id,
    supplierAccountId: account.id,
    iban: account.iban,
    amount: date.amount,
    invoiceIds: [row.id],
  });
  return {
    supplier_id: supplier.id,
    bank_account_id: account.id,
    amount: formatMoney(date.amount),
    discount: formatMoney(subtract(total, date.amount)),
    currency,
    execute_on: date.payOn,
    valid_until: date.discount?.deadline ?? null,
    reason: `${due.reason} ${date.reason}`,
    reference: number.slice(0, 140),
    digest,
  };
}

async function payee(
  transaction: Transaction,
  { row }: LoadedInvoice,
): Promise<{ supplier: Supplier; account: Supplier['bankAccounts'][number] }> {
  const supplier = (await loadSuppliers(transaction)).find((candidate) => candidate.id === row.supplier_id);
  if (supplier === undefined) throw paymentNotReady(row.id, 'its supplier is not on file');
  const verified = supplier.bankAccounts.filter((account) => account.status === 'verified');
  // What was found on file when it was approved, and no other; none was named when a person keeps to the one on file.
  const named = (row.assessment as Assessment).bankAccount?.accountId ?? null;
  const meant = named === null ? verified : verified.filter((candidate) => candidate.id === named);
  const account = meant.length === 1 ? meant[0] : undefined;
  if (account === undefined) throw paymentNotReady(row.id, `${supplier.name} has no verified bank account that is clearly meant`);
  return { supplier, account };
}

export function paymentNotReady(invoiceId: string, why: string): DeskhandError {
  return new DeskhandError(orchestrationErrors.paymentNotReady, `The payment could not be scheduled: ${why}.`, { details: { invoiceId } });
}
