import { decimal, roundTo, formatMoney } from '#domain/money';
import type { Tables } from '#platform';
import type { Selectable, SelectQueryBuilder } from 'kysely';
import type { OfficeTransaction } from './ask.ts';
import { findOrderLines, type OrderLineRow } from './rows/order-line-rows.ts';
import { findPeople, personOf } from './rows/people.ts';
import type { PurchaseOrderSummaryView } from './views.ts';

export type PurchaseOrderRow = Selectable<Tables['purchase_orders']> & { supplier_name: string };

export function selectPurchaseOrders(
  transaction: OfficeTransaction,
): SelectQueryBuilder<Pick<Tables, 'purchase_orders' | 'suppliers'>, 'purchase_orders' | 'suppliers', PurchaseOrderRow> {
  return transaction
    .selectFrom('purchase_orders')
    .innerJoin('suppliers', 'suppliers.id', 'purchase_orders.supplier_id')
    .selectAll('purchase_orders')
    .select('suppliers.name as supplier_name');
}

/** Orders with their totals and how far they have come, in three queries however long the list is. */
export async function toPurchaseOrders(
  transaction: OfficeTransaction,
  rows: readonly PurchaseOrderRow[],
): Promise<PurchaseOrderSummaryView[]> {
  const lines = await findOrderLines(transaction, { orderIds: rows.map((row) => row.id) });
  const people = await findPeople(
    transaction,
    rows.map((row) => row.requester_id),
  );
  return rows.map((row) => {
    const own = lines.filter((line) => line.purchase_order_id === row.id);
    return {
      id: row.id,
      number: row.number,
      supplier: { id: row.supplier_id, name: row.supplier_name },
      orderedOn: row.ordered_on,
      requester: personOf(people, row.requester_id),
      total: { amount: totalOf(own, row.currency), currency: row.currency },
      lines: own.length,
      status: statusOf(own),
    };
  });
}

function totalOf(lines: readonly OrderLineRow[], currency: string): string {
  const total = lines.reduce((sum, line) => sum.plus(decimal(line.quantity).times(line.unit_price)), decimal(0));
  return formatMoney(roundTo(total, currency));
}

function statusOf(lines: readonly OrderLineRow[]): PurchaseOrderSummaryView['status'] {
  const isEvery = (sum: 'received' | 'invoiced'): boolean =>
    lines.length > 0 && lines.every((line) => decimal(line[sum]).gte(line.quantity));
  const isAny = (sum: 'received' | 'invoiced'): boolean => lines.some((line) => decimal(line[sum]).gt(0));
  if (isEvery('invoiced')) return 'invoiced';
  if (isAny('invoiced')) return 'partly-invoiced';
  if (isEvery('received')) return 'received';
  return isAny('received') ? 'partly-received' : 'open';
}
