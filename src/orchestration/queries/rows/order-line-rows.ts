import { sql } from 'kysely';
import type { OfficeTransaction } from '../ask.ts';

/** An order line with what arrived and what was invoiced, as `numeric` text. */
export interface OrderLineRow {
  readonly id: string;
  readonly purchase_order_id: string;
  readonly position: number;
  readonly item_code: string | null;
  readonly description: string;
  readonly unit: string;
  readonly quantity: string;
  readonly unit_price: string;
  readonly received: string;
  readonly invoiced: string;
}

/**
 * Lines of orders with their sums. Rejected invoices and credit notes take nothing of an order.
 *
 * @param exceptInvoiceId - leave this invoice's own share out of `invoiced`.
 */
export async function findOrderLines(
  transaction: OfficeTransaction,
  which: { readonly orderIds: readonly string[] } | { readonly lineIds: readonly string[] },
  exceptInvoiceId = '',
): Promise<OrderLineRow[]> {
  const isByOrder = 'orderIds' in which;
  const ids = [...(isByOrder ? which.orderIds : which.lineIds)];
  if (ids.length === 0) return [];
  const column = isByOrder ? sql.ref('line.purchase_order_id') : sql.ref('line.id');
  const answer = await sql<OrderLineRow>`
    select line.id, line.purchase_order_id, line.position, line.item_code, line.description, line.unit, line.quantity, line.unit_price,
           coalesce(received.quantity, 0) as received, coalesce(invoiced.quantity, 0) as invoiced
    from purchase_order_lines line
    left join lateral (select sum(quantity) as quantity from goods_receipt_lines where purchase_order_line_id = line.id) received on true
    left join lateral (select sum(allocations.quantity) as quantity
                         from allocations join invoices on invoices.id = allocations.invoice_id
                        where allocations.purchase_order_line_id = line.id and invoices.status <> 'rejected' and invoices.kind = 'invoice'
                          and invoices.id <> ${exceptInvoiceId}) invoiced on true
    where ${column} = any(${ids}::text[])
    order by line.purchase_order_id, line.position
  `.execute(transaction);
  return answer.rows;
}
