export type { Box, Page, Reading, ReadingProblem, ReadingSource, Word } from './reading.ts';
export type {
  Acceptance,
  Alternative,
  Certainty,
  DocumentType,
  Equation,
  Evidence,
  Extraction,
  ExtractedField,
  ExtractedLine,
  FieldName,
  HeaderFields,
  Operand,
  Origin,
  ProofCard,
  Rounding,
  Standing,
} from './extraction.ts';
export { headerFieldNames } from './extraction.ts';
export type { StatementReading, StatementRow, StatementRowKind } from './statement-reading.ts';
export type { TaxReason, TaxShare, TaxStatement } from './tax-statement.ts';
export { hasIbanDigits, vatDigitsAgree } from './check-digits.ts';
export { checkProof } from './check-proof.ts';
export type { ProofCheck } from './check-proof.ts';
export { settleProof } from './settle-proof.ts';
export { whyLost } from './why-lost.ts';
export type { Consultation, TokenUse } from './consultation.ts';
export { costOf, describeMicros, type ModelBudget, type ModelPrices, parseModelBudget, remainsOf } from './model-budget.ts';
export type { Anchor, LayoutPrint, Lesson, Memory } from './memory.ts';
