import type { Extraction, Reading } from '#domain/documents';

/** What was read from one file. When nothing usable was read, `extraction` is null and `reading.problems` says why. */
export interface DocumentReadResult {
  readonly reading: Reading;
  readonly extraction: Extraction | null;
  /** Wall time in milliseconds inside the reading process. */
  readonly ms: number;
}

/**
 * Reads one document in a process of its own, within limits of time and memory. Never throws for bad input: a file
 * that kills its reader yields a problem (`timed-out`, `out-of-memory`, `reader-crashed`) like any other.
 */
export interface DocumentReader {
  read(file: { readonly fileName: string; readonly bytes: Uint8Array }): Promise<DocumentReadResult>;
}

export interface RenderedPage {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/webp';
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Pictures of pages for the review screen, upright like the reading's boxes. */
export interface PageRenderer {
  /** @returns null when the document has no such page or no picture (an XML file). */
  render(
    file: { readonly bytes: Uint8Array; readonly fileName: string },
    pageNumber: number,
    rotation: number,
  ): Promise<RenderedPage | null>;
}
