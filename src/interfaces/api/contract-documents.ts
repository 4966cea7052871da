import { z } from 'zod';
import { box, instant } from './contract-words.ts';

/** The part of the contract about what came in: messages, their documents, pages and words. */

export const documentSummary = z
  .object({
    id: z.string(),
    eventId: z.string(),
    fileName: z.string(),
    mediaType: z.string().nullable(),
    status: z.enum(['received', 'read', 'unreadable', 'filed']),
    documentType: z.string().nullable(),
    sizeBytes: z.number().int(),
    /** How it was reached inside its message, outermost first. */
    path: z.array(z.string()),
    problems: z.array(z.object({ code: z.string(), message: z.string(), severity: z.enum(['error', 'warning']) })),
    invoiceId: z.string().nullable(),
  })
  .meta({ id: 'DocumentSummary' });

export const messageSummary = z
  .object({
    id: z.string(),
    source: z.string().describe('Name of the connection it came by.'),
    kind: z.enum(['mail', 'file']),
    subject: z.string().nullable(),
    sender: z.string().nullable(),
    receivedAt: instant,
    status: z.enum(['received', 'handled']),
    classification: z.string().nullable(),
    documents: z.array(documentSummary),
    /** What became of it, in words: `Invoice RE-1001 awaits approval`. */
    outcome: z.string(),
  })
  .meta({ id: 'MessageSummary' });

export const messageDetail = messageSummary.extend({ body: z.string().nullable() }).meta({ id: 'MessageDetail' });

export const documentDetail = documentSummary
  .extend({ pages: z.array(z.object({ number: z.number().int(), width: z.number(), height: z.number(), hasPicture: z.boolean() })) })
  .meta({ id: 'Document' });

export const pageWord = z.object({ id: z.number().int(), text: z.string(), box }).meta({ id: 'PageWord' });

export const uploadResult = z
  .object({ messages: z.array(z.object({ fileName: z.string(), messageId: z.string(), isNew: z.boolean() })) })
  .meta({ id: 'UploadResult' });

export type DocumentSummary = z.infer<typeof documentSummary>;
export type DocumentDetail = z.infer<typeof documentDetail>;
export type MessageSummary = z.infer<typeof messageSummary>;
export type MessageDetail = z.infer<typeof messageDetail>;
export type PageWord = z.infer<typeof pageWord>;
export type UploadResult = z.infer<typeof uploadResult>;
