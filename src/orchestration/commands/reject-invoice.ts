import type { Transaction } from '#platform';
import { append } from '../streams/append.ts';
import { cancelOpenTasks } from '../tasks/tasks.ts';
import { wakeInvoices } from '../invoices/wake-invoices.ts';

/**
 * Ends an invoice without payment: whatever else was asked about it is taken back, its share of the order is free, and
 * invoices that were in question because of it look again.
 */
export async function rejectInvoice(
  transaction: Transaction,
  subject: { readonly organizationId: string; readonly invoiceId: string; readonly memberId?: string },
  decidedTaskId: string,
): Promise<void> {
  const { organizationId, invoiceId, memberId } = subject;
  await wakeInvoices(transaction, organizationId, { neighboursOf: invoiceId });
  await append(transaction, {
    kind: 'invoice',
    id: invoiceId,
    actor: memberId ?? 'deskhand',
    causedBy: decidedTaskId === '' ? undefined : decidedTaskId,
    events: [{ type: 'invoice.rejected', data: {} }],
  });
  await cancelOpenTasks(transaction, invoiceId, [decidedTaskId]);
}
