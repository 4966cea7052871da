export { harmlessReasons, isHarmless, mayAskAlone, recipientsOf, sayReason, whyNotAlone } from './ask-alone.ts';
export type { AloneFacts, HarmlessReason } from './ask-alone.ts';
export { likelyLanguages } from './detect-language.ts';
export { draftQuestion, draftReminder, isAskable } from './draft-question.ts';
export type { Difference, QuestionDraft, QuestionFacts } from './draft-question.ts';
export { proposeEffect } from './propose-effect.ts';
export type { AnswerEffect, AnswerKind, AnswerProposal, QuestionLanguage, RecipientKind, RecognisedAnswer } from './question.ts';
export { newReference, referencesInSubject, withReference } from './reference.ts';
