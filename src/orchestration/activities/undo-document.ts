import { DeskhandError } from '#domain/errors';
import { appendAudit } from '#platform';
import { rejectInvoice } from '../commands/reject-invoice.ts';
import { orchestrationErrors } from '../errors.ts';
import type { ActivityContext } from '../flow.ts';
import { lockInvoice } from '../locks.ts';
import type { Office } from '../tasks/office.ts';
import { once } from './once.ts';
import { append } from '../streams/append.ts';

interface Input {
  readonly organizationId: string;
  readonly invoiceId: string;
}

/**
 * Undoes `schedulePayment`: the payment is cancelled and its invoice is approved as before. Where nothing was scheduled
 * there is nothing to do.
 *
 * @throws DH_ORCHESTRATION_PAYMENT_NOT_READY when the payment is in a run or has left.
 */
export async function cancelPayment(
  office: Office,
  context: ActivityContext,
  { organizationId, invoiceId }: Input,
): Promise<{ readonly paymentId: string | null }> {
  return once(office, context, organizationId, async (transaction) => {
    await lockInvoice(transaction, invoiceId);
    const payment = await transaction.selectFrom('payments').selectAll().where('invoice_id', '=', invoiceId).forUpdate().executeTakeFirst();
    if (payment === undefined || payment.status === 'cancelled') return { paymentId: null };
    if (payment.status !== 'scheduled') {
      const where =
        payment.status === 'in-run' ? 'is in a payment run; cancel the run first' : 'has left in a payment run; speak with the bank';
      throw new DeskhandError(orchestrationErrors.paymentNotReady, `Payment ${payment.id} could not be cancelled: it ${where}.`, {
        details: { invoiceId, paymentId: payment.id },
      });
    }
    const by = { actor: 'deskhand', causedBy: context.idempotencyKey };
    await append(
      transaction,
      { kind: 'payment', id: payment.id, ...by, events: [{ type: 'payment.cancelled', data: {} }] },
      { kind: 'invoice', id: invoiceId, ...by, events: [{ type: 'invoice.unscheduled', data: {} }] },
    );
    await appendAudit(transaction, organizationId, office.clock.now(), {
      actor: 'deskhand',
      action: 'payment.cancelled',
      subjects: [invoiceId, payment.id],
      details: { amount: payment.amount, currency: payment.currency, digest: payment.digest },
    });
    return { paymentId: payment.id };
  });
}

const undecided: ReadonlySet<string> = new Set(['in-review', 'awaiting-approval', 'approved']);

/** Undoes the making of an invoice whose document a person set aside: it ends unpaid, and its share of the order is free. */
export async function closeInvoice(
  office: Office,
  context: ActivityContext,
  { organizationId, invoiceId }: Input,
): Promise<{ readonly isClosed: boolean }> {
  return once(office, context, organizationId, async (transaction) => {
    await lockInvoice(transaction, invoiceId);
    const { status, document_id: documentId } = await transaction
      .selectFrom('invoices')
      .select(['status', 'document_id'])
      .where('id', '=', invoiceId)
      .executeTakeFirstOrThrow();
    if (status === 'rejected') return { isClosed: true };
    if (!undecided.has(status)) {
      throw new DeskhandError(orchestrationErrors.invoiceClosed, `Invoice ${invoiceId} is ${status} and could not be set aside.`, {
        details: { invoiceId },
      });
    }
    await rejectInvoice(transaction, { organizationId, invoiceId }, '');
    await appendAudit(transaction, organizationId, office.clock.now(), {
      actor: 'deskhand',
      action: 'invoice.set-aside',
      subjects: [invoiceId, documentId],
      details: { before: status },
    });
    return { isClosed: true };
  });
}
