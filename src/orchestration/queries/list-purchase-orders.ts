import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask } from './ask.ts';
import { afterCursor, cutPage, limitOf, type PageRequest } from './rows/paging.ts';
import { selectPurchaseOrders, toPurchaseOrders } from './purchase-order-rows.ts';
import type { PageOf, PurchaseOrderSummaryView } from './views.ts';

const keys = ['purchase_orders.ordered_on', 'purchase_orders.id'];

export interface PurchaseOrderFilter extends PageRequest {
  readonly supplierId?: string | undefined;
}

/** Purchase orders, newest first. */
export async function listPurchaseOrders(
  office: Office,
  actor: Actor,
  filter: PurchaseOrderFilter,
): Promise<PageOf<PurchaseOrderSummaryView>> {
  return await ask(office, actor, 'master-data:read', async (transaction) => {
    const limit = limitOf(filter);
    let query = selectPurchaseOrders(transaction).where(
      await afterCursor(transaction, 'purchase_orders', keys, 'descending', filter.cursor),
    );
    if (filter.supplierId !== undefined) query = query.where('purchase_orders.supplier_id', '=', filter.supplierId);
    const rows = await query
      .orderBy('purchase_orders.ordered_on', 'desc')
      .orderBy('purchase_orders.id', 'desc')
      .limit(limit + 1)
      .execute();
    const page = cutPage(rows, limit, (row) => row);
    return { items: await toPurchaseOrders(transaction, page.items), next: page.next };
  });
}
