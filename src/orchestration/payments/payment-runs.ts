import { createHash } from 'node:crypto';
import { assemblePaymentRun, checkRelease, paymentDigest, releaseDigest, type Payment } from '#domain/accounts-payable';
import { decimal, roundTo } from '#domain/money';
import type { Transaction } from '#platform';
import { approvalGaps } from '../invoices/approval-gaps.ts';
import { loadSuppliers } from '../invoices/invoices.ts';

/** SHA-256 of what a payment is: whom, which account, how much, for which invoices. */
export function digestOf(payment: Pick<Payment, 'supplierId' | 'supplierAccountId' | 'iban' | 'amount' | 'invoiceIds'>): string {
  return createHash('sha256').update(paymentDigest(payment)).digest('hex');
}

/** SHA-256 of what a release covers: what the one who releases was shown, and what the bank file carries. */
export function releaseDigestOf(messageId: string, payments: readonly Payment[]): string {
  return createHash('sha256').update(releaseDigest(messageId, payments)).digest('hex');
}

/** What binds one transfer of a file to the release, as the bank file carries it (`InstrId`): 32 hex digits. */
export function instructionIdOf(digest: string, endToEndId: string): string {
  return createHash('sha256').update(`${digest} ${endToEndId}`).digest('hex').slice(0, 32).toUpperCase();
}

/** Payments as the domain's rules take them, in the order of their ids; `approvalDigest` as it was when they were scheduled. */
export async function loadPayments(
  transaction: Transaction,
  where: { readonly runId: string } | { readonly paymentIds: readonly string[] },
): Promise<Payment[]> {
  let query = transaction
    .selectFrom('payments')
    .innerJoin('supplier_bank_accounts as account', 'account.id', 'payments.bank_account_id')
    .selectAll('payments')
    .select('account.iban as iban')
    .orderBy('payments.id');
  query = 'runId' in where ? query.where('payment_run_id', '=', where.runId) : query.where('payments.id', 'in', [...where.paymentIds]);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    supplierId: row.supplier_id,
    supplierAccountId: row.bank_account_id,
    iban: row.iban,
    amount: roundTo(decimal(row.amount), row.currency),
    invoiceIds: [row.invoice_id],
    payOn: row.execute_on,
    validUntil: row.valid_until,
    status: row.status,
    approvalDigest: row.digest,
  }));
}

/**
 * Why payments may not leave as they stand, in sentences; none when they may.
 *
 * @param now - also asks whether an account still cools off after it was verified.
 */
export async function releaseObstacles(
  transaction: Transaction,
  payments: readonly Payment[],
  today: string,
  now?: Date,
): Promise<string[]> {
  const groups = assemblePaymentRun(payments, today);
  const { refusals } = checkRelease({ groups }, payments, await loadSuppliers(transaction), {
    digestOf,
    today,
    ...(now === undefined ? {} : { now: now.toISOString() }),
  });
  return [...refusals.map((refusal) => refusal.message), ...(await approvalGaps(transaction, payments))];
}
