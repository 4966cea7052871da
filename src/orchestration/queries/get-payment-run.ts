import { mayDo, type Actor } from '#domain/identity';
import type { Office } from '../office.ts';
import { loadPayments, releaseObstacles } from '../payment-runs.ts';
import { todayOf } from '../today.ts';
import { ask, found } from './ask.ts';
import { selectPayments, toPayments } from './payment-rows.ts';
import { toPaymentRuns } from './payment-run-rows.ts';
import type { PaymentRunDetailView } from './views.ts';

/** One run, with the very checks that its release makes. @throws DH_ORCHESTRATION_NOT_FOUND */
export async function getPaymentRun(office: Office, actor: Actor, paymentRunId: string): Promise<PaymentRunDetailView> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const row = found(
      await transaction.selectFrom('payment_runs').selectAll().where('id', '=', paymentRunId).executeTakeFirst(),
      'payment run',
      paymentRunId,
    );
    const [summary] = await toPaymentRuns(transaction, [row]);
    const rows = await selectPayments(transaction)
      .where('payments.payment_run_id', '=', paymentRunId)
      .orderBy('payments.execute_on')
      .orderBy('payments.id')
      .execute();
    const isOpen = row.status === 'proposed';
    const today = todayOf(office.clock);
    const obstacles = isOpen ? await releaseObstacles(transaction, await loadPayments(transaction, { runId: paymentRunId }), today) : [];
    return {
      ...found(summary, 'payment run', paymentRunId),
      payments: await toPayments(transaction, rows),
      obstacles,
      mayRelease: isOpen && obstacles.length === 0 && row.created_by !== actor.memberId && mayDo(actor, 'payment-runs:release'),
    };
  });
}
