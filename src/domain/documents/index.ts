export type { Box, Page, Reading, ReadingProblem, ReadingSource, Word } from './reading.ts';
export type {
  Alternative,
  DocumentType,
  Equation,
  Evidence,
  Extraction,
  ExtractedField,
  ExtractedLine,
  FieldName,
  HeaderFields,
  Origin,
  ProofCard,
  Standing,
} from './extraction.ts';
export { headerFieldNames } from './extraction.ts';
