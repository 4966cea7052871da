import type { Payment } from '#domain/accounts-payable';
import { decimal, roundTo } from '#domain/money';
import type { Transaction } from '#platform';
import { isApproved } from './approval-digest.ts';
import { loadInvoice } from './invoices.ts';

/**
 * Why payments are not what was approved, in sentences; none when each invoice carries every yes it needs for exactly
 * what it says now, and the payment is that supplier's and that amount.
 */
export async function approvalGaps(transaction: Transaction, payments: readonly Payment[]): Promise<string[]> {
  const gaps: string[] = [];
  for (const payment of payments) {
    for (const invoiceId of payment.invoiceIds) {
      const loaded = await loadInvoice(transaction, invoiceId);
      const { number, status, gross, currency, supplier_id: supplierId } = loaded.row;
      const { discount } = await transaction
        .selectFrom('payments')
        .select('discount')
        .where('id', '=', payment.id)
        .executeTakeFirstOrThrow();
      const name = `Invoice ${number ?? invoiceId}`;
      if (status !== 'scheduled') gaps.push(`${name} is ${status}, not scheduled for payment.`);
      if (!(await isApproved(transaction, loaded))) gaps.push(`${name} was never approved as it stands now.`);
      const due = gross === null || currency === null ? null : roundTo(decimal(gross), currency);
      const whole = payment.amount.minor + roundTo(decimal(discount), payment.amount.currency).minor;
      if (due === null || due.currency !== payment.amount.currency || due.minor !== whole || supplierId !== payment.supplierId)
        gaps.push(`The payment of ${name.toLowerCase()} is not what was approved: its amount or supplier is another.`);
    }
  }
  return gaps;
}
