import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, newId, type Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { loadInvoice } from '../invoices/invoices.ts';
import type { Office } from '../tasks/office.ts';
import { loadPayments, releaseObstacles } from '../payments/payment-runs.ts';
import { planPayment } from '../invoices/plan-payment.ts';
import { todayOf } from '../today.ts';
import { append } from '../streams/append.ts';
import { requireRight } from './require-right.ts';

/**
 * Puts scheduled payments into a run for the controller to release.
 *
 * @throws DH_ORCHESTRATION_RUN_NOT_READY naming what speaks against it, DH_ORCHESTRATION_NOT_ALLOWED
 */
export async function proposePaymentRun(
  office: Office,
  actor: Actor,
  input: { readonly paymentIds: readonly string[] },
): Promise<{ readonly paymentRunId: string }> {
  requireRight(actor, 'payment-runs:propose');
  if (input.paymentIds.length === 0) throw new DeskhandError(orchestrationErrors.runNotReady, 'Choose at least one payment.');
  return office.database.inOrganization(actor.organizationId, async (transaction) => {
    const now = office.clock.now();
    await transaction
      .selectFrom('payments')
      .select('id')
      .where('id', 'in', [...input.paymentIds])
      .orderBy('id')
      .forUpdate()
      .execute();
    await renewLapsed(office, transaction, actor, input.paymentIds);
    const payments = await loadPayments(transaction, input);
    const taken = payments.filter((payment) => payment.status !== 'scheduled');
    if (payments.length !== new Set(input.paymentIds).size || taken.length > 0) {
      throw new DeskhandError(
        orchestrationErrors.runNotReady,
        'Some of these payments are gone or in another run. Reload and choose again.',
        {
          details: { taken: taken.map((payment) => payment.id) },
        },
      );
    }
    const obstacles = await releaseObstacles(transaction, payments, todayOf(office.clock), now);
    if (obstacles.length > 0) throw new DeskhandError(orchestrationErrors.runNotReady, obstacles.join(' '));
    const paymentRunId = newId('run');
    const messageId = paymentRunId.toUpperCase().replaceAll('_', '-');
    const by = { actor: actor.memberId, causedBy: 'propose-payment-run' };
    const proposed = { type: 'payment-run.proposed', data: { created_by: actor.memberId, message_id: messageId } } as const;
    await append(transaction, { kind: 'payment-run', id: paymentRunId, ...by, events: [proposed] });
    await append(
      transaction,
      ...payments.map(({ id }) => ({
        kind: 'payment' as const,
        id,
        ...by,
        events: [{ type: 'payment.proposed' as const, data: { payment_run_id: paymentRunId } }],
      })),
    );
    await appendAudit(transaction, actor.organizationId, now, {
      actor: actor.memberId,
      action: 'payment-run.proposed',
      subjects: [paymentRunId, ...payments.flatMap((payment) => [payment.id, ...payment.invoiceIds])],
      details: { count: payments.length, digests: payments.map((payment) => payment.approvalDigest) },
    });
    return { paymentRunId };
  });
}

/** A discount that ended is not taken: what was approved, the whole amount, is planned anew. */
async function renewLapsed(office: Office, transaction: Transaction, actor: Actor, paymentIds: readonly string[]): Promise<void> {
  const today = todayOf(office.clock);
  const lapsed = await transaction
    .selectFrom('payments')
    .select(['id', 'invoice_id', 'amount'])
    .where('id', 'in', [...paymentIds])
    .where('status', '=', 'scheduled')
    .where('valid_until', '<', today)
    .orderBy('id')
    .execute();
  for (const payment of lapsed) {
    const planned = await planPayment(transaction, await loadInvoice(transaction, payment.invoice_id), today);
    await append(transaction, {
      kind: 'payment',
      id: payment.id,
      actor: 'deskhand',
      causedBy: 'propose-payment-run',
      events: [{ type: 'payment.rescheduled', data: planned }],
    });
    await appendAudit(transaction, actor.organizationId, office.clock.now(), {
      actor: 'deskhand',
      action: 'payment.scheduled',
      subjects: [payment.invoice_id, payment.id],
      details: {
        before: payment.amount,
        amount: planned.amount,
        currency: planned.currency,
        executeOn: planned.execute_on,
        reason: planned.reason,
        digest: planned.digest,
      },
    });
  }
}
