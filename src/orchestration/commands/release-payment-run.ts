import type { Payment } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import type { PaymentOrder } from '#domain/ports';
import { appendAudit, type Tables, type Transaction } from '#platform';
import type { Selectable } from 'kysely';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../office.ts';
import { loadPayments, releaseObstacles } from '../payment-runs.ts';
import { todayOf } from '../today.ts';
import { requireRight } from './require-right.ts';

type RunRow = Selectable<Tables['payment_runs']>;

/**
 * Releases a run, once: checks again that every payment is what was approved, writes the bank file and keeps it by its
 * hash. The person who releases is another than the one who proposed.
 *
 * @throws DH_ORCHESTRATION_FOUR_EYES, DH_ORCHESTRATION_RUN_NOT_READY, DH_ORCHESTRATION_NOT_FOUND
 */
export async function releasePaymentRun(office: Office, actor: Actor, { paymentRunId }: { readonly paymentRunId: string }): Promise<void> {
  requireRight(actor, 'payment-runs:release');
  const released = await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const run = await lockRun(transaction, paymentRunId);
    if (run.status === 'released' && run.released_by === actor.memberId) return [];
    if (run.status !== 'proposed') throw new DeskhandError(orchestrationErrors.runNotReady, `This run is ${run.status} already.`);
    if (run.created_by === actor.memberId) {
      throw new DeskhandError(orchestrationErrors.fourEyes, 'You put this run together; somebody else must release it.');
    }
    const now = office.clock.now();
    const today = todayOf(office.clock);
    const payments = await loadPayments(transaction, { runId: paymentRunId });
    const obstacles = await releaseObstacles(transaction, payments, today);
    if (obstacles.length > 0) throw new DeskhandError(orchestrationErrors.runNotReady, obstacles.join(' '), { details: { paymentRunId } });
    const file = await office.paymentFiles.write(await orderOf(transaction, run, payments, today));
    const { sha256 } = await office.blobs.put(new TextEncoder().encode(file));
    await markReleased(transaction, actor, run, { now, sha256, payments });
    await appendAudit(transaction, actor.organizationId, now, {
      actor: actor.memberId,
      action: 'payment-run.released',
      subjects: [paymentRunId, ...payments.flatMap((payment) => [payment.id, ...payment.invoiceIds])],
      details: { count: payments.length, fileSha256: sha256, messageId: run.message_id },
    });
    return payments;
  });
  for (const payment of released) office.metrics.count('paymentsReleased', { currency: payment.amount.currency });
}

/** Takes a run apart before release; its payments may go into another. */
export async function cancelPaymentRun(office: Office, actor: Actor, { paymentRunId }: { readonly paymentRunId: string }): Promise<void> {
  if (!actor.roles.includes('controller')) requireRight(actor, 'payment-runs:propose');
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const run = await lockRun(transaction, paymentRunId);
    if (run.status === 'cancelled') return;
    if (run.status !== 'proposed')
      throw new DeskhandError(orchestrationErrors.runNotReady, 'This run was released; what left cannot be called back here.');
    await transaction
      .updateTable('payments')
      .set({ status: 'scheduled', payment_run_id: null })
      .where('payment_run_id', '=', paymentRunId)
      .execute();
    await transaction.updateTable('payment_runs').set({ status: 'cancelled' }).where('id', '=', paymentRunId).execute();
    await appendAudit(transaction, actor.organizationId, office.clock.now(), {
      actor: actor.memberId,
      action: 'payment-run.cancelled',
      subjects: [paymentRunId],
      details: {},
    });
  });
}

async function lockRun(transaction: Transaction, paymentRunId: string): Promise<RunRow> {
  const run = await transaction.selectFrom('payment_runs').selectAll().where('id', '=', paymentRunId).forUpdate().executeTakeFirst();
  if (run === undefined) throw new DeskhandError(orchestrationErrors.notFound, `There is no payment run ${paymentRunId}.`);
  return run;
}

async function orderOf(transaction: Transaction, run: RunRow, payments: readonly Payment[], today: string): Promise<PaymentOrder> {
  const organization = await transaction.selectFrom('organizations').selectAll().executeTakeFirstOrThrow();
  if (organization.iban === null) {
    throw new DeskhandError(orchestrationErrors.runNotReady, `${organization.name} has no bank account to pay from. Set its IBAN first.`);
  }
  const rows = await transaction
    .selectFrom('payments')
    .innerJoin('suppliers', 'suppliers.id', 'payments.supplier_id')
    .innerJoin('supplier_bank_accounts as account', 'account.id', 'payments.bank_account_id')
    .select([
      'payments.id as id',
      'payments.reference as reference',
      'suppliers.name as name',
      'account.iban as iban',
      'account.bic as bic',
    ])
    .where('payments.payment_run_id', '=', run.id)
    .execute();
  const details = new Map(rows.map((row) => [row.id, row]));
  return {
    messageId: run.message_id,
    createdAt: run.created_at,
    debtor: { name: organization.name, iban: organization.iban, bic: organization.bic },
    payments: payments.flatMap((payment) => {
      const row = details.get(payment.id);
      if (row === undefined) return [];
      return {
        endToEndId: payment.id.toUpperCase().replaceAll('_', '-'),
        amount: payment.amount,
        creditor: { name: row.name, iban: row.iban, bic: row.bic },
        remittance: row.reference,
        executeOn: payment.payOn < today ? today : payment.payOn,
      };
    }),
  };
}

async function markReleased(
  transaction: Transaction,
  actor: Actor,
  run: RunRow,
  released: { readonly now: Date; readonly sha256: string; readonly payments: readonly Payment[] },
): Promise<void> {
  const { now, sha256, payments } = released;
  await transaction
    .updateTable('payment_runs')
    .set({ status: 'released', released_by: actor.memberId, released_at: now, file_sha256: sha256 })
    .where('id', '=', run.id)
    .execute();
  await transaction.updateTable('payments').set({ status: 'released' }).where('payment_run_id', '=', run.id).execute();
  await transaction
    .updateTable('invoices')
    .set({ status: 'paid', updated_at: now })
    .where(
      'id',
      'in',
      payments.flatMap((payment) => payment.invoiceIds),
    )
    .execute();
}
