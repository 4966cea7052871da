import { appendAudit, newId } from '#platform';
import { isApproved } from '../invoices/approval-digest.ts';
import type { ActivityContext } from '../flow.ts';
import { loadInvoice } from '../invoices/invoices.ts';
import { lockInvoice } from '../locks.ts';
import type { Office } from '../tasks/office.ts';
import { paymentNotReady, planPayment } from '../invoices/plan-payment.ts';
import { todayOf } from '../today.ts';
import { append } from '../streams/append.ts';
import { once } from './once.ts';

interface Input {
  readonly organizationId: string;
  readonly invoiceId: string;
}

/** Puts an approved invoice on the calendar of payments, to the verified account on file; a credit note is only kept. */
export async function schedulePayment(
  office: Office,
  context: ActivityContext,
  { organizationId, invoiceId }: Input,
): Promise<{ paymentId: string | null }> {
  return once(office, context, organizationId, async (transaction) => {
    await lockInvoice(transaction, invoiceId);
    const loaded = await loadInvoice(transaction, invoiceId);
    const existing = await transaction
      .selectFrom('payments')
      .select(['id', 'status'])
      .where('invoice_id', '=', invoiceId)
      .executeTakeFirst();
    if (existing !== undefined && existing.status !== 'cancelled') return { paymentId: existing.id };
    if (loaded.row.status !== 'approved' || !(await isApproved(transaction, loaded)))
      throw paymentNotReady(invoiceId, 'it is not approved as it stands');
    if (loaded.row.kind === 'credit-note') return { paymentId: null };
    const planned = await planPayment(transaction, loaded, todayOf(office.clock));
    // One payment an invoice, ever: one that was cancelled is planned anew.
    const paymentId = existing?.id ?? newId('pay');
    const by = { actor: 'deskhand', causedBy: context.idempotencyKey };
    await append(
      transaction,
      {
        kind: 'payment',
        id: paymentId,
        ...by,
        events: [
          existing === undefined
            ? { type: 'payment.scheduled', data: { invoice_id: invoiceId, ...planned } }
            : { type: 'payment.rescheduled', data: planned },
        ],
      },
      { kind: 'invoice', id: invoiceId, ...by, events: [{ type: 'invoice.scheduled', data: {} }] },
    );
    await appendAudit(transaction, organizationId, office.clock.now(), {
      actor: 'deskhand',
      action: 'payment.scheduled',
      subjects: [invoiceId, loaded.row.document_id, paymentId],
      details: {
        amount: planned.amount,
        discount: planned.discount,
        currency: planned.currency,
        executeOn: planned.execute_on,
        reason: planned.reason,
        digest: planned.digest,
        bankAccountId: planned.bank_account_id,
      },
    });
    return { paymentId };
  });
}
