import type { ReadingProblem } from '#domain/documents';
import type { Tables } from '#platform';
import type { SelectQueryBuilder } from 'kysely';
import type { OfficeTransaction } from '../ask.ts';
import type { DocumentSummaryView } from '../views.ts';

export interface DocumentRow {
  id: string;
  event_id: string;
  file_name: string;
  media_type: string | null;
  status: DocumentSummaryView['status'];
  document_type: string | null;
  size_bytes: string;
  path: string[];
  problems: unknown;
  position: number;
  invoice_id: string | null;
}

export function selectDocuments(
  transaction: OfficeTransaction,
): SelectQueryBuilder<Pick<Tables, 'documents' | 'invoices'>, 'documents' | 'invoices', DocumentRow> {
  return transaction
    .selectFrom('documents')
    .leftJoin('invoices', 'invoices.document_id', 'documents.id')
    .select(['documents.id', 'documents.event_id', 'documents.file_name', 'documents.media_type', 'documents.status'])
    .select(['documents.document_type', 'documents.size_bytes', 'documents.path', 'documents.problems', 'documents.position'])
    .select('invoices.id as invoice_id');
}

export function toDocumentSummary(row: DocumentRow): DocumentSummaryView {
  return {
    id: row.id,
    eventId: row.event_id,
    fileName: row.file_name,
    mediaType: row.media_type,
    status: row.status,
    documentType: row.document_type,
    sizeBytes: Number(row.size_bytes),
    path: row.path,
    problems: toProblems(row.problems),
    invoiceId: row.invoice_id,
  };
}

/** Problems as a person reads them; what an unpacker noted without a severity counts as a warning. */
export function toProblems(stored: unknown): ReadingProblem[] {
  if (!Array.isArray(stored)) return [];
  return stored.map((problem: Partial<ReadingProblem>) => ({
    code: problem.code ?? 'unknown',
    message: problem.message ?? 'Something about this file needs a look.',
    severity: problem.severity ?? 'warning',
  }));
}

export async function findDocuments(
  transaction: OfficeTransaction,
  ids: Iterable<string | null>,
): Promise<ReadonlyMap<string, DocumentSummaryView>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await selectDocuments(transaction).where('documents.id', 'in', wanted).execute();
  return new Map(rows.map((row) => [row.id, toDocumentSummary(row)]));
}
