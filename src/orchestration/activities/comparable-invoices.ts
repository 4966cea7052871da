import type { Invoice } from '#domain/accounts-payable';
import type { Transaction } from '#platform';
import type { Assessment } from '../invoices/assessment.ts';
import { toDomainInvoice, type InvoiceRow, type LoadedInvoice } from '../invoices/invoices.ts';

// Two years back and this many: what a supplier sends again later than that is a new bill or a fraud that other rules catch.
const lookBackDays = 730;
const mostCompared = 500;

/**
 * Invoices of the same supplier, number or amount which this one may repeat, with their lines, newest first, without
 * rejected ones. Of two that arrive at the same moment the one looked at first is not seen by the other as earlier, so
 * a later one counts too once it went through unquestioned; and of a pair only one asks.
 */
export async function loadComparableInvoices(transaction: Transaction, invoice: Invoice): Promise<Invoice[]> {
  const current = await transaction
    .selectFrom('invoices')
    .select(['id', 'created_at', 'gross_units'])
    .where('id', '=', invoice.id)
    .executeTakeFirstOrThrow();
  const rows = await transaction
    .selectFrom('invoices')
    .selectAll()
    .where('id', '<>', invoice.id)
    .where('status', '<>', 'rejected')
    .where('created_at', '>', new Date(current.created_at.getTime() - lookBackDays * 86_400_000))
    .where((where) =>
      where.or([
        where('number', '=', invoice.number),
        ...(invoice.supplierId === null ? [] : [where('supplier_id', '=', invoice.supplierId)]),
        ...(current.gross_units === null ? [] : [where('gross_units', '=', current.gross_units)]),
      ]),
    )
    .orderBy('created_at', 'desc')
    .limit(mostCompared)
    .execute();
  const comparable = rows.filter((row) => isComparable(row, current));
  const lines = await loadLines(
    transaction,
    comparable.map((row) => row.id),
  );
  return comparable.flatMap((row) => toDomainInvoice({ row, values: { fields: noFields, lines: lines(row) } }) ?? []);
}

function isComparable(other: InvoiceRow, current: Pick<InvoiceRow, 'id' | 'created_at'>): boolean {
  const asked = ((other.assessment as Assessment | null)?.exceptions ?? []).filter((exception) => exception.reason === 'duplicate');
  const age = other.created_at.getTime() - current.created_at.getTime();
  const isEarlier = age < 0 || (age === 0 && other.id < current.id);
  return isEarlier ? asked.every((exception) => exception.otherInvoiceId !== current.id) : other.assessment !== null && asked.length === 0;
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
