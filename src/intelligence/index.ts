export type { DocumentReaderOptions, IsolatedDocumentReader } from './documents/index.ts';
export { createDocumentReader, readDocument } from './documents/index.ts';
export { extract, flattenExtraction } from './extraction/index.ts';
export { trainModel } from './model/index.ts';
export type { LabelledReading, SliceReport, Trained, TrainingOptions, TrainingReport } from './model/index.ts';
export { layoutMemory } from './memory/index.ts';
export { classifyMessage } from './triage/classify-message.ts';
