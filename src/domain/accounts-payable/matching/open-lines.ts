import { decimal, type Decimal } from '#domain/money';
import type { PurchaseOrder, PurchaseOrderLine } from '../types.ts';

/** An order line as the invoice is held against it. */
export interface OpenLine {
  /** Its price is for one unit, in the currency of the invoice. */
  readonly ordered: PurchaseOrderLine;
  readonly order: PurchaseOrder;
  /** False where order and invoice are in two currencies and nobody knows the rate. */
  readonly isPriceCompared: boolean;
  readonly isThreeWay: boolean;
}

/**
 * The lines of all orders an invoice names, with prices made comparable.
 *
 * @param rateOf - units of the invoice's currency for one unit of the order's; null where no rate is known.
 */
export function openLinesOf(orders: readonly PurchaseOrder[], rateOf: (order: PurchaseOrder) => Decimal | null): OpenLine[] {
  return orders.flatMap((order) => {
    const rate = rateOf(order);
    return order.lines.map((line) => ({
      ordered: { ...line, unitPrice: pricePerUnit(line).times(rate ?? 1) },
      order,
      isPriceCompared: rate !== null,
      isThreeWay: line.isReceiptRequired ?? order.isReceiptRequired,
    }));
  });
}

/** "4.20 per 100" is 0.042 a piece. */
export function pricePerUnit({ unitPrice, priceBase = decimal(1) }: PurchaseOrderLine): Decimal {
  return priceBase.gt(0) ? unitPrice.div(priceBase) : unitPrice;
}
