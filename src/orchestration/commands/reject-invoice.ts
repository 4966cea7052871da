import type { Transaction } from '#platform';
import { cancelOpenTasks } from '../tasks.ts';
import { wakeInvoices } from '../wake-invoices.ts';

/**
 * Ends an invoice without payment: whatever else was asked about it is taken back, its share of the order is free, and
 * invoices that were in question because of it look again.
 */
export async function rejectInvoice(
  transaction: Transaction,
  subject: { readonly organizationId: string; readonly invoiceId: string },
  decidedTaskId: string,
): Promise<void> {
  const { organizationId, invoiceId } = subject;
  await wakeInvoices(transaction, organizationId, { neighboursOf: invoiceId });
  await transaction
    .updateTable('invoices')
    .set((expression) => ({ status: 'rejected', version: expression('version', '+', 1), updated_at: new Date() }))
    .where('id', '=', invoiceId)
    .execute();
  await transaction.deleteFrom('allocations').where('invoice_id', '=', invoiceId).execute();
  await cancelOpenTasks(transaction, invoiceId, [decidedTaskId]);
}
