import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask, found } from './ask.ts';
import { findDocuments } from './rows/document-rows.ts';
import { findStoredDocument, loadReading } from './rows/stored-documents.ts';
import type { DocumentDetailView } from './views.ts';

/** @throws DH_ORCHESTRATION_NOT_FOUND */
export async function getDocument(office: Office, actor: Actor, documentId: string): Promise<DocumentDetailView> {
  const { stored, summary } = await ask(office, actor, 'invoices:read', async (transaction) => ({
    stored: await findStoredDocument(transaction, documentId),
    summary: (await findDocuments(transaction, [documentId])).get(documentId),
  }));
  const reading = await loadReading(office, stored);
  const hasPicture = hasPictures(reading?.mediaType ?? stored.media_type);
  const pages = (reading?.pages ?? []).map(({ number, width, height }) => ({ number, width, height, hasPicture }));
  return { ...found(summary, 'document', documentId), pages };
}

function hasPictures(mediaType: string | null): boolean {
  return mediaType === 'application/pdf' || (mediaType?.startsWith('image/') ?? false);
}
