export { extract } from './extract.ts';
export { flattenExtraction } from './flatten.ts';
export type { FlatEvidence, FlatExtraction, FlatLine } from './flatten.ts';
