import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask } from './ask.ts';
import { findStoredDocument } from './rows/stored-documents.ts';

export interface DocumentOriginal {
  readonly fileName: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** The file as it came, byte for byte. @throws DH_ORCHESTRATION_NOT_FOUND, DH_PLATFORM_BLOB_DAMAGED */
export async function getDocumentOriginal(office: Office, actor: Actor, documentId: string): Promise<DocumentOriginal> {
  const stored = await ask(office, actor, 'invoices:read', (transaction) => findStoredDocument(transaction, documentId));
  const bytes = await office.blobs.get(stored.sha256);
  return { fileName: stored.file_name, mediaType: stored.media_type ?? 'application/octet-stream', sha256: stored.sha256, bytes };
}
