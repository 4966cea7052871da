import type { FieldName } from '#domain/documents';
import type { Calibration } from './calibration.ts';
import type { DocumentClass } from './pools.ts';
import type { Ensemble } from './trees.ts';

/** How one field is decided. */
export interface FieldModel {
  /** `choose`: the model's best candidate is taken; `judge`: the rules choose, the model says how sure that is. */
  readonly mode: 'choose' | 'judge';
  /** Below this probability nothing is taken, where the model chooses. */
  readonly floor: number;
  /** How much likelier another value must be than the rules' for the model to overrule them; above 1: it only fills what they left open. */
  readonly margin: number;
  readonly ensemble: Ensemble;
  readonly calibration: Calibration;
}

/** What `train documents` makes and `models/documents/model.json` holds. */
export interface DocumentModel {
  readonly version: string;
  /** Features in the order of the rows it was trained on. */
  readonly features: readonly string[];
  readonly fields: Readonly<Record<FieldName, FieldModel>>;
  /** What the rules' confidence in parts of lines is worth. */
  readonly lines: Readonly<Record<LinePart, Calibration>>;
  readonly acceptance: Readonly<Record<'booked' | 'whole', AcceptanceModel>>;
}

/** When a document may go on without a person. */
export interface AcceptanceModel {
  readonly features: readonly string[];
  readonly ensemble: Ensemble;
  readonly calibration: Calibration;
  /** By class of document: the error bounds that were certified, each with the score from which it holds; laxer ones first. */
  readonly certified: Readonly<Record<DocumentClass, readonly CertifiedBound[]>>;
}

export interface CertifiedBound {
  readonly errorBound: number;
  readonly score: number;
}

export const lineParts = ['description', 'quantity', 'netAmount'] as const;
export type LinePart = (typeof lineParts)[number];
