/** Whom an exception is asked: who sent the invoice, who ordered, or who took the goods in. */
export type RecipientKind = 'supplier' | 'buyer' | 'receiver';

/** Languages that questions are written in, and answers read in. */
export const questionLanguages = ['en', 'de', 'fr', 'es'] as const;
export type QuestionLanguage = (typeof questionLanguages)[number];

/**
 * What an answer says. `stands`: the invoice is right as it is. `promise`: an answer is coming. `automatic`: a machine
 * wrote it, nobody has read the question. `unclear`: nothing that one may rely on; a person reads it.
 */
export type AnswerKind =
  | 'stands'
  | 'corrected-invoice'
  | 'credit-note'
  | 'order-change'
  | 'more-goods'
  | 'promise'
  | 'refuses'
  | 'automatic'
  | 'unclear';

/** What was recognised in an answer, and the sentence it rests on. */
export interface RecognisedAnswer {
  readonly kind: AnswerKind;
  /** As it was written, at most 300 characters; null where nothing was recognised. */
  readonly sentence: string | null;
  /** The day it names, `YYYY-MM-DD`; null where it names none, or none that is clear. */
  readonly until: string | null;
  /** Why nothing was recognised, one plain sentence; null otherwise. */
  readonly why: string | null;
}

/** What may be done about an exception on the strength of an answer. `wait`: until a day; `set-aside`: nothing, it was read. */
export type AnswerEffect = 'accept' | 'reject' | 'wait' | 'set-aside';

/** What is proposed to the person who decides; nothing of it happens without their word. */
export interface AnswerProposal {
  readonly effect: AnswerEffect;
  /** For `wait`; null: as the person says. */
  readonly until: string | null;
  /** One plain sentence: what was said and what is proposed. */
  readonly words: string;
}
