export { likelyLanguages } from './detect-language.ts';
export { draftQuestion, isAskable } from './draft-question.ts';
export type { Difference, QuestionDraft, QuestionFacts } from './draft-question.ts';
export { questionLanguages, recipientKinds } from './question.ts';
export type { AnswerEffect, AnswerKind, AnswerProposal, QuestionLanguage, RecipientKind, RecognisedAnswer } from './question.ts';
