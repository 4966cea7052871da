export type { DocumentModel } from './document-model.ts';
export { trainModel } from './train-model.ts';
export type { FieldReport, LabelledReading, SliceReport, Trained, TrainingOptions, TrainingReport } from './train-model.ts';
