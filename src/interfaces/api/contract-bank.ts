import { z } from 'zod';
import { day, instant, money, person } from './contract-words.ts';

/** The part of the contract about what the bank says: answers, statements and notifications. */

const summary = z
  .object({
    entries: z.number().int().describe('Movements of our account in it; of an answer, payments that it changed.'),
    accepted: z.number().int(),
    rejected: z.number().int(),
    settled: z.number().int().describe('Payments that were booked, to the cent.'),
    returned: z.number().int(),
    known: z.number().int().describe('Movements that another message had told of.'),
    credits: z.number().int().describe('Money that came and is not about our payments.'),
    questions: z.number().int().describe('Questions that people were asked.'),
  })
  .meta({ id: 'BankFileSummary' });

export const bankFileKind = z.enum(['payment-status', 'statement', 'notification']);

export const bankFileView = z
  .object({
    id: z.string(),
    kind: bankFileKind,
    format: z.string().describe('`camt.053.001.08`'),
    messageId: z.string().describe('The bank’s own.'),
    fileName: z.string(),
    sha256: z.string(),
    importedBy: person,
    importedAt: instant,
    summary,
  })
  .meta({ id: 'BankFile' });

const bankEntry = z
  .object({
    id: z.string(),
    direction: z.enum(['debit', 'credit']),
    amount: money,
    bookedOn: day,
    counterparty: z.string().nullable(),
    account: z.string().nullable(),
    text: z.string(),
    bankReference: z.string().nullable(),
    outcome: z.string().describe('`settled`, `returned`, `credit`, `told-again`, or what is wrong with it.'),
    finding: z.string().describe('In words.'),
    paymentRunId: z.string().nullable(),
  })
  .meta({ id: 'BankEntry' });

export const bankFileDetail = bankFileView
  .extend({
    entries: z.array(bankEntry).describe('Movements that no message before told of, at most 2,000.'),
    questions: z.array(z.object({ taskId: z.string(), kind: z.string(), title: z.string(), question: z.string() })),
  })
  .meta({ id: 'BankFileDetail' });

export const bankFileReceipt = z
  .object({
    bankMessageId: z.string(),
    kind: bankFileKind,
    messageId: z.string(),
    isNew: z.boolean().describe('False: the very same file was taken before, and nothing was changed.'),
    summary,
  })
  .meta({ id: 'BankFileReceipt' });

export type BankFile = z.infer<typeof bankFileView>;
export type BankEntry = z.infer<typeof bankEntry>;
export type BankFileDetail = z.infer<typeof bankFileDetail>;
export type BankFileReceipt = z.infer<typeof bankFileReceipt>;
