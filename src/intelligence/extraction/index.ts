export { extract } from './extract.ts';
export { extractorVersion } from './version.ts';
export { flattenExtraction } from './flatten.ts';
export type { FlatEvidence, FlatExtraction, FlatLine } from './flatten.ts';
