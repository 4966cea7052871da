import { z } from 'zod';
import { day, money, person } from './contract-words.ts';

/** The part of the contract about suppliers' statements of account. */

const kind = z.enum([
  'agrees-open',
  'agrees-paid',
  'other-amount',
  'unknown-here',
  'listed-twice',
  'rejected-here',
  'payment-not-booked',
  'paid-there-only',
  'missing-there',
  'copy-here',
  'payment-agrees',
  'payment-unknown-here',
  'not-compared',
]);

export const statement = z
  .object({
    documentId: z.string(),
    fileName: z.string(),
    supplier: person.nullable().describe('Null while nobody knows whose it is: nothing is compared then.'),
    supplierReason: z.string(),
    statedOn: day,
    findings: z.array(
      z.object({
        kind,
        row: z.number().int().nullable().describe('On the statement, from 1; null for what it lacks.'),
        number: z.string().nullable(),
        on: day.nullable(),
        theirs: money,
        ours: money,
        invoiceId: z.string().nullable(),
        message: z.string(),
      }),
    ),
    balance: z
      .object({
        stated: money.nullable(),
        rows: money.describe('What its rows add up to.'),
        ours: money.describe('What we owe by our books on its day.'),
        difference: money.describe('Rows less ours: what the findings explain.'),
        unexplained: money.nullable().describe('Stated less rows.'),
      })
      .nullable(),
    unread: z.array(z.string()).describe('Rows with money that a person reads; they are in no sum.'),
  })
  .meta({ id: 'Statement' });
export type Statement = z.infer<typeof statement>;
