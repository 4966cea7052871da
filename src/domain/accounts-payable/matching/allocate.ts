import { decimal, roundTo, subtract, toDecimal, type Decimal } from '#domain/money';
import type { Share } from './share-quantities.ts';
import type { Allocation, ReceiptAllocation, ReceiptLine } from '../types.ts';
import { describeDecimal, describeQuantity } from '../wording.ts';

const none = decimal(0);

/** One row for each share; the amounts of a line add up to the line, whatever its parts. */
export function allocationsOf(shares: readonly Share[]): Allocation[] {
  return [...Map.groupBy(shares, ({ line }) => line.position).values()].flatMap((ofLine) => {
    let rest = ofLine[0]?.line.netAmount ?? { minor: 0n, currency: 'XXX' };
    return ofLine.map(({ line, open, quantity, part, reason }, at) => {
      const isLast = at === ofLine.length - 1;
      const amount = isLast ? rest : roundTo(toDecimal(line.netAmount).times(part), line.netAmount.currency);
      rest = subtract(rest, amount);
      return { invoiceLine: line.position, purchaseOrderLineId: open.ordered.id, quantity, amount, reason };
    });
  });
}

/**
 * Says which delivery each billed quantity was: the oldest receipt first, after what earlier invoices took. Order lines
 * whose receipts are not known one by one have no rows.
 */
export function receiptAllocationsOf(shares: readonly Share[]): ReceiptAllocation[] {
  return [...Map.groupBy(shares, ({ open }) => open).entries()].flatMap(([{ ordered }, ofLine]) => {
    if (ordered.receipts == null) return [];
    const stock = afterEarlier(ordered.receipts, ordered.invoicedQuantity);
    return ofLine.filter(({ quantity }) => quantity.gt(0)).flatMap((share) => takeFrom(stock, share));
  });
}

interface Stock {
  readonly receipt: ReceiptLine;
  left: Decimal;
}

function afterEarlier(receipts: readonly ReceiptLine[], invoiced: Decimal): Stock[] {
  let before = invoiced.gt(0) ? invoiced : none;
  return receipts
    .toSorted((left, right) => left.receivedOn.localeCompare(right.receivedOn))
    .map((receipt) => {
      const taken = before.lt(receipt.quantity) ? before : receipt.quantity;
      before = before.minus(taken);
      return { receipt, left: receipt.quantity.minus(taken) };
    });
}

function takeFrom(stock: Stock[], { line, open, quantity }: Share): ReceiptAllocation[] {
  const { id, unit } = open.ordered;
  const rows: ReceiptAllocation[] = [];
  let rest = quantity;
  for (const entry of stock) {
    const taken = entry.left.lt(rest) ? entry.left : rest;
    if (taken.lte(0)) continue;
    entry.left = entry.left.minus(taken);
    rest = rest.minus(taken);
    const { receiptId, number, receivedOn, quantity: arrived } = entry.receipt;
    const reason = `${describeDecimal(taken)} of ${describeQuantity(arrived, unit)} received on ${receivedOn} with ${number}.`;
    rows.push({ invoiceLine: line.position, purchaseOrderLineId: id, receiptId, quantity: taken, reason });
  }
  if (rest.lte(0)) return rows;
  const reason = `${describeQuantity(rest, unit)} that no receipt covers.`;
  return [...rows, { invoiceLine: line.position, purchaseOrderLineId: id, receiptId: null, quantity: rest, reason }];
}
