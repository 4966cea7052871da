import type { Actor } from '#domain/identity';
import type { PageRenderer, RenderedPage } from '#domain/ports';
import type { Office } from '../tasks/office.ts';
import { ask, found } from './ask.ts';
import { SizedCache } from './rows/sized-cache.ts';
import { findStoredDocument, loadReading, type StoredDocument } from './rows/stored-documents.ts';

export interface PageImage {
  /** Of the original; with the page number it names the picture for ever. */
  readonly sha256: string;
  readonly image: RenderedPage;
}

// About 500 pages of 130 kB: a morning's reviews, well under a tenth of a small machine's memory.
const cacheLimitBytes = 64 * 1024 * 1024;

/** Pictures are named by content, so organizations share them; the right is checked before the cache is asked. */
const caches = new WeakMap<PageRenderer, SizedCache<RenderedPage>>();

/** A page as a picture, upright like the reading's boxes. @throws DH_ORCHESTRATION_NOT_FOUND when it has none. */
export async function getPageImage(
  office: Office,
  actor: Actor,
  input: { readonly documentId: string; readonly page: number },
): Promise<PageImage> {
  const stored = await ask(office, actor, 'invoices:read', (transaction) => findStoredDocument(transaction, input.documentId));
  const cache = caches.get(office.renderer) ?? new SizedCache(cacheLimitBytes);
  caches.set(office.renderer, cache);
  const key = `${stored.sha256}/${stored.reading_sha256}/${input.page}`;
  const known = cache.get(key);
  if (known !== undefined) return { sha256: stored.sha256, image: known };
  const rendered = await render(office, stored, input.page);
  const image = found(rendered ?? undefined, 'picture of page', `${input.page} of ${input.documentId}`);
  cache.set(key, image, image.bytes.length);
  return { sha256: stored.sha256, image };
}

async function render(office: Office, stored: StoredDocument, pageNumber: number): Promise<RenderedPage | null> {
  const bytes = await office.blobs.get(stored.sha256);
  const reading = await loadReading(office, stored);
  const rotation = reading?.pages.find(({ number }) => number === pageNumber)?.rotation ?? 0;
  return await office.renderer.render({ bytes, fileName: stored.file_name }, pageNumber, rotation);
}
