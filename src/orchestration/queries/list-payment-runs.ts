import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask } from './ask.ts';
import { afterCursor, cutPage, limitOf, type PageRequest } from './rows/paging.ts';
import { toPaymentRuns } from './rows/payment-run-rows.ts';
import type { PageOf } from './views.ts';
import type { PaymentRunSummaryView } from './views-payments.ts';

const keys = ['payment_runs.created_at', 'payment_runs.id'];

/** Payment runs, newest first. */
export async function listPaymentRuns(office: Office, actor: Actor, request: PageRequest): Promise<PageOf<PaymentRunSummaryView>> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const limit = limitOf(request);
    const rows = await transaction
      .selectFrom('payment_runs')
      .selectAll()
      .where(await afterCursor(transaction, 'payment_runs', keys, 'descending', request.cursor))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    const page = cutPage(rows, limit, (row) => row);
    return { items: await toPaymentRuns(transaction, page.items), next: page.next };
  });
}
