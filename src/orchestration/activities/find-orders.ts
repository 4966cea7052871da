import { normalizeInvoiceNumber, orderNumbersIn, type PurchaseOrder } from '#domain/accounts-payable';
import type { Transaction } from '#platform';
import { loadPurchaseOrder, type InvoiceRow } from '../invoices/invoices.ts';

/**
 * The orders an invoice names, in the order of their numbers on it. Each is locked, so that two invoices of one order
 * are weighed one after the other. Empty where none, or no single one, has the number.
 *
 * @param options.isLooking - nothing is decided: no lock is taken.
 */
export async function findOrders(
  transaction: Transaction,
  row: Pick<InvoiceRow, 'id' | 'po_number'>,
  claimedBefore: string | null,
  { isLooking = false }: { readonly isLooking?: boolean } = {},
): Promise<PurchaseOrder[]> {
  if (row.po_number === null) return [];
  const ids = await namedOrders(transaction, row.po_number);
  if (ids.length === 0) return [];
  if (!isLooking) await transaction.selectFrom('purchase_orders').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute();
  const orders: PurchaseOrder[] = [];
  for (const id of ids) orders.push(await loadPurchaseOrder(transaction, id, { exceptInvoiceId: row.id, claimedBefore }));
  return orders;
}

/** By the exact text first, which an index answers; a number written otherwise is looked for among all. */
async function namedOrders(transaction: Transaction, printed: string): Promise<string[]> {
  const numbers = orderNumbersIn(printed);
  const exact = await transaction.selectFrom('purchase_orders').select(['id', 'number']).where('number', 'in', numbers).execute();
  const whole = exact.find(({ number }) => number === printed);
  if (whole !== undefined) return [whole.id];
  const listed = numbers.slice(1).flatMap((number) => exact.find((order) => order.number === number)?.id ?? []);
  if (listed.length > 0) return listed;
  const all = await transaction.selectFrom('purchase_orders').select(['id', 'number']).execute();
  const byNumber = Map.groupBy(all, ({ number }) => normalizeInvoiceNumber(number));
  const only = (number: string): string[] => {
    const found = byNumber.get(normalizeInvoiceNumber(number)) ?? [];
    return found.length === 1 ? found.map(({ id }) => id) : [];
  };
  const named = only(printed);
  return named.length > 0 ? named : [...new Set(numbers.slice(1).flatMap(only))];
}
