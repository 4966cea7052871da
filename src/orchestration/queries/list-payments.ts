import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask } from './ask.ts';
import { afterCursor, cutPage, limitOf, type PageRequest } from './rows/paging.ts';
import { selectPayments, toPayments } from './rows/payment-rows.ts';
import type { PageOf } from './views.ts';
import type { PaymentView } from './views-payments.ts';

export interface PaymentFilter extends PageRequest {
  readonly status?: PaymentView['status'] | undefined;
}

/** Payments by the day they are due to leave; with `status=scheduled` the preview of the next payment run. */
export async function listPayments(office: Office, actor: Actor, filter: PaymentFilter): Promise<PageOf<PaymentView>> {
  return await ask(office, actor, 'invoices:read', async (transaction) => {
    const limit = limitOf(filter);
    let query = selectPayments(transaction).where(
      await afterCursor(transaction, 'payments', ['payments.execute_on', 'payments.id'], 'ascending', filter.cursor),
    );
    if (filter.status !== undefined) query = query.where('payments.status', '=', filter.status);
    const rows = await query
      .orderBy('payments.execute_on')
      .orderBy('payments.id')
      .limit(limit + 1)
      .execute();
    const page = cutPage(rows, limit, (row) => row);
    return { items: await toPayments(transaction, page.items), next: page.next };
  });
}
