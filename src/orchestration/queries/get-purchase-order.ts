import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask, found, type OfficeTransaction } from './ask.ts';
import { selectInvoices, toInvoiceSummary } from './rows/invoice-rows.ts';
import { plainDecimal } from './numbers.ts';
import { findOrderLines, type OrderLineRow } from './rows/order-line-rows.ts';
import { selectPurchaseOrders, toPurchaseOrders } from './purchase-order-rows.ts';
import type { OrderLineView, PurchaseOrderDetailView } from './views.ts';

/** @throws DH_ORCHESTRATION_NOT_FOUND */
export async function getPurchaseOrder(office: Office, actor: Actor, purchaseOrderId: string): Promise<PurchaseOrderDetailView> {
  return await ask(office, actor, 'master-data:read', async (transaction) => {
    const row = found(
      await selectPurchaseOrders(transaction).where('purchase_orders.id', '=', purchaseOrderId).executeTakeFirst(),
      'purchase order',
      purchaseOrderId,
    );
    const [summary] = await toPurchaseOrders(transaction, [row]);
    const lines = await findOrderLines(transaction, { orderIds: [row.id] });
    const invoices = await selectInvoices(transaction)
      .where('invoices.purchase_order_id', '=', row.id)
      .orderBy('invoices.created_at', 'desc')
      .execute();
    return {
      ...found(summary, 'purchase order', purchaseOrderId),
      isReceiptRequired: row.is_receipt_required,
      orderLines: lines.map(toOrderLine),
      receipts: await findReceipts(transaction, row.id),
      invoices: invoices.map(toInvoiceSummary),
    };
  });
}

function toOrderLine(line: OrderLineRow): OrderLineView {
  return {
    id: line.id,
    position: line.position,
    itemCode: line.item_code,
    description: line.description,
    unit: line.unit,
    quantity: plainDecimal(line.quantity),
    unitPrice: plainDecimal(line.unit_price),
    receivedQuantity: plainDecimal(line.received),
    invoicedQuantity: plainDecimal(line.invoiced),
  };
}

async function findReceipts(transaction: OfficeTransaction, purchaseOrderId: string): Promise<PurchaseOrderDetailView['receipts']> {
  const rows = await transaction
    .selectFrom('goods_receipts')
    .innerJoin('goods_receipt_lines', 'goods_receipt_lines.goods_receipt_id', 'goods_receipts.id')
    .innerJoin('purchase_order_lines', 'purchase_order_lines.id', 'goods_receipt_lines.purchase_order_line_id')
    .select(['goods_receipts.id', 'goods_receipts.number', 'goods_receipts.received_on'])
    .select(['purchase_order_lines.position', 'goods_receipt_lines.quantity'])
    .where('goods_receipts.purchase_order_id', '=', purchaseOrderId)
    .orderBy('goods_receipts.received_on')
    .orderBy('goods_receipts.id')
    .orderBy('purchase_order_lines.position')
    .execute();
  const receipts = new Map<string, PurchaseOrderDetailView['receipts'][number]>();
  for (const { id, number, received_on: receivedOn, position, quantity } of rows) {
    const receipt = receipts.get(id) ?? { id, number, receivedOn, lines: [] };
    receipt.lines.push({ position, quantity: plainDecimal(quantity) });
    receipts.set(id, receipt);
  }
  return [...receipts.values()];
}
