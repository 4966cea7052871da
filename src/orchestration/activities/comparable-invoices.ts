import type { Invoice } from '#domain/accounts-payable';
import type { Transaction } from '#platform';
import { toDomainInvoice, type InvoiceRow, type LoadedInvoice } from '../invoices.ts';

// Two years back and this many: what a supplier sends again later than that is a new bill or a fraud that other rules catch.
const lookBackDays = 730;
const mostCompared = 500;

/** Earlier invoices of the same supplier, number or amount, with their lines, newest first, without rejected ones. */
export async function loadComparableInvoices(transaction: Transaction, invoice: Invoice): Promise<Invoice[]> {
  const current = await transaction
    .selectFrom('invoices')
    .select(['created_at', 'gross'])
    .where('id', '=', invoice.id)
    .executeTakeFirstOrThrow();
  const rows = await transaction
    .selectFrom('invoices')
    .selectAll()
    .where('id', '<>', invoice.id)
    .where('status', '<>', 'rejected')
    .where('created_at', '<=', current.created_at)
    .where('created_at', '>', new Date(current.created_at.getTime() - lookBackDays * 86_400_000))
    .where((where) =>
      where.or([
        where('number', '=', invoice.number),
        ...(invoice.supplierId === null ? [] : [where('supplier_id', '=', invoice.supplierId)]),
        ...(current.gross === null ? [] : [where('gross', '=', current.gross)]),
      ]),
    )
    .orderBy('created_at', 'desc')
    .limit(mostCompared)
    .execute();
  const lines = await loadLines(
    transaction,
    rows.map((row) => row.id),
  );
  return rows.flatMap((row) => toDomainInvoice({ row, values: { fields: noFields, lines: lines(row) } }) ?? []);
}

// The rules compare rows and lines; the grounds of each value play no part.
const noFields = {} as LoadedInvoice['values']['fields'];

async function loadLines(
  transaction: Transaction,
  invoiceIds: readonly string[],
): Promise<(row: InvoiceRow) => LoadedInvoice['values']['lines']> {
  if (invoiceIds.length === 0) return () => [];
  const rows = await transaction
    .selectFrom('invoice_lines')
    .selectAll()
    .where('invoice_id', 'in', [...invoiceIds])
    .orderBy('position')
    .execute();
  const field = (value: string | null) => ({ value }) as LoadedInvoice['values']['lines'][number]['description'];
  return (invoice) =>
    rows
      .filter((row) => row.invoice_id === invoice.id)
      .map((row) => ({
        description: field(row.description),
        quantity: field(row.quantity),
        unitPrice: field(row.unit_price),
        netAmount: field(row.net_amount),
        taxRate: field(row.tax_rate),
      }));
}
