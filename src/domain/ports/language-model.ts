import type { Extraction, FieldName, Reading, TokenUse } from '#domain/documents';

/** A value as a model proposes it, with the words it claims to have it from. Nothing about it is to be believed. */
export interface FieldOffer {
  readonly field: FieldName;
  readonly value: string;
  readonly wordIds: readonly number[];
  /** As printed, in the model's words. */
  readonly quote: string;
}

/** What is asked about one document. */
export interface ModelQuestion {
  readonly asked: readonly FieldName[];
  /** Rows of words with their places, without what fences them. */
  readonly page: string;
  /** SHA-256 of all that decides the answer: the same question need not be paid twice. */
  readonly sha256: string;
  /** Not more than this is used: a token is a byte at least, and the answer is cut off. Pictures are an estimate. */
  readonly most: TokenUse;
  /** Pages whose pictures go along, from 1. */
  readonly pictures: readonly number[];
}

/** A document that is not shown to a model, and why, as a sentence. */
export interface WithheldQuestion {
  readonly asked: readonly FieldName[];
  readonly withheldBecause: string;
}

export interface ModelAnswer {
  /** Null when what came back is no answer to what was asked. */
  readonly offers: readonly FieldOffer[] | null;
  /** Null where the server does not count. */
  readonly tokens: TokenUse | null;
  readonly ms: number;
}

/** Suggests values for the fields of a document that are in doubt. Optional everywhere. */
export interface LanguageModel {
  readonly name: string;
  /** Pure. @returns null when nothing is in doubt. */
  questionAbout(reading: Reading, extraction: Extraction): ModelQuestion | WithheldQuestion | null;
  /**
   * Sends the question, once.
   *
   * @param pictures - of the pages asked for, in their order; fewer are fine.
   * @throws DH_INTELLIGENCE_MODEL_REFUSED, DH_INTELLIGENCE_MODEL_UNAVAILABLE when the server said no, so that nothing is owed;
   *   DH_INTELLIGENCE_MODEL_UNREACHABLE when it did not answer, and what the guard of outside calls throws.
   */
  ask(question: ModelQuestion, pictures: readonly Picture[]): Promise<ModelAnswer>;
  /**
   * Lays over an extraction what holds of the offers: each must be printed on its words. Never overrides a person, structured data or
   * a proof, and never proves anything. Pure.
   */
  settle(reading: Reading, extraction: Extraction, question: Pick<ModelQuestion, 'asked'>, offers: readonly FieldOffer[]): Extraction;
}

interface Picture {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}
