import { z } from 'zod';
import { day, instant, person } from './contract-words.ts';

const recipient = z.enum(['supplier', 'buyer', 'receiver']);
const language = z.enum(['en', 'de', 'fr', 'es']);
const effect = z.enum(['accept', 'reject', 'wait', 'set-aside']);

/** The part of the contract about questions by mail. */
export const questionDraftQuery = z.object({
  to: recipient.describe('Who sent the invoice, who ordered, or who took the goods in.'),
  language: language.optional().describe('The supplier’s, by their country, when left out; English inside the house.'),
});
export const questionDraft = z
  .object({
    recipient,
    toName: z.string(),
    toAddress: z.string().nullable().describe('Null where none is known.'),
    language,
    subject: z.string(),
    body: z.string().describe('Plain text, for a person to read, change and send.'),
  })
  .meta({ id: 'QuestionDraft' });
export const questionBody = z
  .strictObject({
    recipient,
    toName: z
      .string()
      .max(200)
      .regex(/^[^\r\n]*$/),
    toAddress: z.email().max(254).describe('Answers count from this address only. Of a buyer or receiver: a member’s.'),
    language,
    subject: z.string().trim().min(1).max(200),
    body: z.string().trim().min(1).max(20_000),
  })
  .meta({ id: 'QuestionBody' });
export const settlementBody = z
  .strictObject({
    effect: effect.describe('accept and reject decide the task; wait lets it wait; set-aside: it was read, and nothing follows from it.'),
    until: day.optional().describe('For wait; as late as the policy lets it when left out.'),
    note: z.string().max(2000).optional(),
  })
  .meta({ id: 'AnswerSettlementBody' });

const questionMail = z
  .object({
    id: z.string(),
    purpose: z.enum(['ask', 'remind']),
    subject: z.string(),
    body: z.string(),
    writtenBy: person.nullable(),
    writtenAt: instant,
    delivery: z
      .enum(['waiting', 'sending', 'sent', 'unknown', 'refused', 'to-send', 'by-hand'])
      .describe('unknown: it may have left or not. to-send: a person is to send it; by-hand: they have.'),
    note: z.string().nullable(),
    sentAt: instant.nullable(),
  })
  .meta({ id: 'QuestionMail' });
const questionAnswer = z
  .object({
    id: z.string(),
    messageId: z.string(),
    subject: z.string(),
    body: z.string(),
    fromAddress: z.string().nullable(),
    receivedAt: instant,
    doubt: z.string().nullable().describe('Why it does not count as the answer of whoever was asked; null where it does.'),
    recognised: z.object({
      kind: z.enum([
        'stands',
        'corrected-invoice',
        'credit-note',
        'order-change',
        'more-goods',
        'promise',
        'refuses',
        'automatic',
        'unclear',
      ]),
      sentence: z.string().nullable().describe('What it rests on, as it was written.'),
      until: day.nullable(),
      why: z.string().nullable().describe('Why nothing was recognised.'),
    }),
    proposal: z
      .object({ effect, until: day.nullable(), words: z.string() })
      .nullable()
      .describe('What may follow; nothing does without a person.'),
    settled: effect.nullable(),
    settledBy: person.nullable(),
    documents: z
      .array(z.object({ id: z.string(), fileName: z.string(), invoiceId: z.string().nullable(), invoiceNumber: z.string().nullable() }))
      .describe('What was attached; it goes its own way.'),
  })
  .meta({ id: 'QuestionAnswer' });
const question = z
  .object({
    id: z.string(),
    recipient,
    toName: z.string(),
    toAddress: z.string(),
    language,
    status: z.enum(['open', 'closed']),
    askedBy: person.nullable().describe('Null where Deskhand asked by itself.'),
    byPolicy: z
      .object({ version: z.number().int(), because: z.string() })
      .nullable()
      .describe('The policy version by which Deskhand asked without a person, and why; null where one asked.'),
    askedAt: instant,
    answeredAt: instant.nullable(),
    unansweredSince: instant.nullable().describe('No answer came in the days that the task policy gives.'),
    closedAt: instant.nullable(),
    outcome: z.string().nullable(),
    mails: z.array(questionMail),
    answers: z.array(questionAnswer),
  })
  .meta({ id: 'Question' });
export const taskQuestions = z
  .object({
    isAskable: z.boolean(),
    sendsMail: z.boolean().describe('Deskhand sends mails itself; else people do, from their own program.'),
    items: z.array(question),
  })
  .meta({ id: 'TaskQuestions' });

export type QuestionDraft = z.infer<typeof questionDraft>;
export type QuestionBody = z.infer<typeof questionBody>;
export type SettlementBody = z.infer<typeof settlementBody>;
export type Question = z.infer<typeof question>;
export type QuestionAnswer = z.infer<typeof questionAnswer>;
export type TaskQuestions = z.infer<typeof taskQuestions>;
