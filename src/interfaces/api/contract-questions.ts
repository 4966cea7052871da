import { z } from 'zod';
import { questionLanguages, recipientKinds } from '#domain/questions';

/** The part of the contract about questions by mail. */
export const questionDraftQuery = z.object({
  to: z.enum(recipientKinds).describe('Who sent the invoice, who ordered, or who took the goods in.'),
  language: z.enum(questionLanguages).optional().describe('The supplier’s, by their country, when left out; English inside the house.'),
});
export const questionDraft = z
  .object({
    recipient: z.enum(recipientKinds),
    toName: z.string(),
    toAddress: z.string().nullable().describe('Null where none is known.'),
    language: z.enum(questionLanguages),
    subject: z.string(),
    body: z.string().describe('Plain text, for a person to read, change and send.'),
  })
  .meta({ id: 'QuestionDraft' });
export type QuestionDraft = z.infer<typeof questionDraft>;
