import type { FieldName } from './extraction.ts';

/** Tokens of one question and its answer, as the model's server counted them. */
export interface TokenUse {
  readonly input: number;
  readonly output: number;
}

/** What a language model was asked about a document, and what that took; kept with the extraction. */
export interface Consultation {
  readonly model: string;
  /** `not-asked`: nothing was sent. `failed`: something was, and no use could be made of what came back, if anything did. */
  readonly outcome: 'answered' | 'not-asked' | 'failed';
  /** What came of it, or why nothing was asked, as a sentence. */
  readonly reason: string;
  /** Fields that were in doubt. */
  readonly asked: readonly FieldName[];
  readonly tokens: TokenUse;
  /** Decimal text with six digits and ISO 4217; null where no prices are set. */
  readonly cost: { readonly amount: string; readonly currency: string } | null;
  /** Time until the answer was there. */
  readonly ms: number;
}
