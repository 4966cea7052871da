/** Entry module of the isolated reading processes. */
import type { DocumentReadResult, RenderedPage } from '#domain/ports';
import { extract } from '../extraction/index.ts';
import { readDocument } from './read-document.ts';
import { renderDocumentPage } from './render-document-page.ts';

export interface ReadInput {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export interface RenderInput {
  readonly bytes: Uint8Array;
  readonly pageNumber: number;
  readonly rotation: number;
}

async function read(file: ReadInput): Promise<DocumentReadResult> {
  const start = performance.now();
  const reading = await readDocument(file);
  const isUsable = reading.structuredXml !== null || reading.pages.some((page) => page.words.length > 0);
  const extraction = isUsable ? extract(reading) : null;
  return { reading, extraction, ms: Math.round(performance.now() - start) };
}

function render({ bytes, pageNumber, rotation }: RenderInput): Promise<RenderedPage | null> {
  return renderDocumentPage(bytes, pageNumber, rotation);
}

export const tasks = { read, render };
