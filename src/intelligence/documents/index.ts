export type { DocumentReaderOptions, IsolatedDocumentReader } from './document-reader.ts';
export { createDocumentReader } from './document-reader.ts';
export { readDocument } from './read-document.ts';
