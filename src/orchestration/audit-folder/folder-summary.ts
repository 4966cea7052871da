import { csvText } from '#domain/audit-folder';
import type { Transaction } from '#platform';
import { plainDecimal } from '../queries/numbers.ts';

/** One invoice as the folder's list shows it. */
export interface FolderInvoice {
  readonly id: string;
  readonly documentId: string;
  readonly number: string | null;
  readonly supplier: string | null;
  readonly issuedOn: string | null;
  readonly gross: string | null;
  readonly currency: string | null;
  readonly status: string;
  readonly paymentRunId: string | null;
}

export async function folderInvoices(transaction: Transaction, ids: readonly string[]): Promise<readonly FolderInvoice[]> {
  if (ids.length === 0) return [];
  const rows = await transaction
    .selectFrom('invoices')
    .leftJoin('suppliers', 'suppliers.id', 'invoices.supplier_id')
    .leftJoin('payments', 'payments.invoice_id', 'invoices.id')
    .select([
      'invoices.id as id',
      'invoices.document_id as documentId',
      'invoices.number as number',
      (of) => of.fn.coalesce('suppliers.name', 'invoices.supplier_name').as('supplier'),
      'invoices.issued_on as issuedOn',
      'invoices.gross as gross',
      'invoices.currency as currency',
      'invoices.status as status',
      'payments.payment_run_id as paymentRunId',
    ])
    .where((of) => of('invoices.id', '=', of.fn.any(of.val([...ids]))))
    .orderBy('invoices.created_at')
    .orderBy('invoices.id')
    .execute();
  return rows.map((row) => ({ ...row, gross: row.gross === null ? null : plainDecimal(row.gross) }));
}

const columns = ['id', 'documentId', 'number', 'supplier', 'issuedOn', 'gross', 'currency', 'status', 'paymentRunId'] as const;

export function invoicesCsv(invoices: readonly FolderInvoice[]): string {
  return csvText([columns, ...invoices.map((invoice) => columns.map((column) => invoice[column]))]);
}
