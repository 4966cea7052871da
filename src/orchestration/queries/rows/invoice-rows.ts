import { sql, type SelectQueryBuilder } from 'kysely';
import type { Tables } from '#platform';
import type { OfficeTransaction } from '../ask.ts';
import { moneyOrNull } from '../numbers.ts';
import type { InvoiceStatus, InvoiceSummaryView } from '../views.ts';

/** An invoice as lists show it, in one query with the mail it came by and its open tasks. */
export interface InvoiceRow {
  id: string;
  document_id: string;
  kind: 'invoice' | 'credit-note';
  status: InvoiceStatus;
  number: string | null;
  supplier_name: string | null;
  supplier_id: string | null;
  issued_on: string | null;
  due_on: string | null;
  po_number: string | null;
  currency: string | null;
  gross: string | null;
  received_at: Date;
  open_tasks: number;
}

type JoinedTables = Pick<Tables, 'invoices' | 'documents' | 'events' | 'suppliers'>;

/** The name on file wins over the name on the page, so that one supplier reads the same everywhere. */
export function selectInvoices(
  transaction: OfficeTransaction,
): SelectQueryBuilder<
  JoinedTables & { suppliers: Partial<Tables['suppliers']> },
  'invoices' | 'documents' | 'events' | 'suppliers',
  InvoiceRow
> {
  return transaction
    .selectFrom('invoices')
    .innerJoin('documents', 'documents.id', 'invoices.document_id')
    .innerJoin('events', 'events.id', 'documents.event_id')
    .leftJoin('suppliers', 'suppliers.id', 'invoices.supplier_id')
    .select(['invoices.id', 'invoices.document_id', 'invoices.kind', 'invoices.status', 'invoices.number', 'invoices.supplier_id'])
    .select(['invoices.issued_on', 'invoices.due_on', 'invoices.po_number', 'invoices.currency', 'invoices.gross', 'events.received_at'])
    .select([
      sql<string | null>`coalesce(suppliers.name, invoices.supplier_name)`.as('supplier_name'),
      sql<number>`(select count(*)::int from tasks where tasks.invoice_id = invoices.id and tasks.status = 'open')`.as('open_tasks'),
    ]);
}

export function toInvoiceSummary(row: InvoiceRow): InvoiceSummaryView {
  return {
    id: row.id,
    documentId: row.document_id,
    kind: row.kind,
    status: row.status,
    number: row.number,
    supplierName: row.supplier_name,
    supplierId: row.supplier_id,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    poNumber: row.po_number,
    gross: moneyOrNull(row.gross, row.currency),
    openTasks: row.open_tasks,
    receivedAt: row.received_at.toISOString(),
  };
}

/** Summaries by id, for lists of other things that name invoices. */
export async function findInvoices(
  transaction: OfficeTransaction,
  ids: Iterable<string | null>,
): Promise<ReadonlyMap<string, InvoiceSummaryView>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await selectInvoices(transaction).where('invoices.id', 'in', wanted).execute();
  return new Map(rows.map((row) => [row.id, toInvoiceSummary(row)]));
}
