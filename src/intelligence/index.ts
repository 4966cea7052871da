export type { DocumentReaderOptions, IsolatedDocumentReader } from './documents/index.ts';
export { createDocumentReader, readDocument } from './documents/index.ts';
export { extract, flattenExtraction } from './extraction/index.ts';
export { classifyMessage } from './triage/classify-message.ts';
