import type { Reading } from '#domain/documents';
import type { Office } from '../../tasks/office.ts';
import { found, type OfficeTransaction } from '../ask.ts';

export interface StoredDocument {
  readonly id: string;
  readonly sha256: string;
  readonly file_name: string;
  readonly media_type: string | null;
  readonly reading_sha256: string | null;
}

/** @throws DH_ORCHESTRATION_NOT_FOUND */
export async function findStoredDocument(transaction: OfficeTransaction, documentId: string): Promise<StoredDocument> {
  const row = await transaction
    .selectFrom('documents')
    .select(['id', 'sha256', 'file_name', 'media_type', 'reading_sha256'])
    .where('id', '=', documentId)
    .executeTakeFirst();
  return found(row, 'document', documentId);
}

/** The Reading as it was stored: its hash is checked by the blob store. Null while nothing was read. */
export async function loadReading(office: Office, document: Pick<StoredDocument, 'reading_sha256'>): Promise<Reading | null> {
  if (document.reading_sha256 === null) return null;
  const bytes = await office.blobs.get(document.reading_sha256);
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as Reading;
}
