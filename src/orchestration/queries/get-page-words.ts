import type { Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask, found } from './ask.ts';
import { findStoredDocument, loadReading } from './rows/stored-documents.ts';
import type { PageWordView } from './views.ts';

/** Words of one page with their boxes, for clicking and lighting up. @throws DH_ORCHESTRATION_NOT_FOUND */
export async function getPageWords(
  office: Office,
  actor: Actor,
  input: { readonly documentId: string; readonly page: number },
): Promise<{ items: PageWordView[] }> {
  const stored = await ask(office, actor, 'invoices:read', (transaction) => findStoredDocument(transaction, input.documentId));
  const reading = await loadReading(office, stored);
  const page = found(
    reading?.pages.find(({ number }) => number === input.page),
    'page',
    `${input.page} of ${input.documentId}`,
  );
  return { items: page.words.map(({ id, text, box }) => ({ id, text, box: [...box] })) };
}
