export { draftQuestion, isAskable } from './draft-question.ts';
export type { Difference, QuestionDraft, QuestionFacts } from './draft-question.ts';
export { questionLanguages, recipientKinds } from './question.ts';
export type { QuestionLanguage, RecipientKind } from './question.ts';
