/** Whom an exception is asked: who sent the invoice, who ordered, or who took the goods in. */
export const recipientKinds = ['supplier', 'buyer', 'receiver'] as const;
export type RecipientKind = (typeof recipientKinds)[number];

/** Languages that questions are written in. */
export const questionLanguages = ['en', 'de', 'fr', 'es'] as const;
export type QuestionLanguage = (typeof questionLanguages)[number];
