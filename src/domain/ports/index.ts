export type { Blobs, StoredBlob } from './blobs.ts';
export type { DocumentReader, DocumentReadResult, PageRenderer, RenderedPage } from './document-reader.ts';
export type { Clock } from './clock.ts';
