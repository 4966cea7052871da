export type { DocumentReaderOptions, IsolatedDocumentReader } from './documents/index.ts';
export { createDocumentReader, readDocument } from './documents/index.ts';
