import { z } from 'zod';
import { invoiceSummary } from './contract-invoices.ts';
import { day, instant, money, person } from './contract-words.ts';

/** The part of the contract about payments, and runs of them on their way to the bank. */

export const paymentView = z
  .object({
    id: z.string(),
    invoice: invoiceSummary,
    supplier: person,
    iban: z.string(),
    amount: money,
    discount: money,
    executeOn: day,
    reason: z.string(),
    reference: z.string(),
    status: z.enum(['scheduled', 'in-run', 'released', 'cancelled']),
    paymentRunId: z.string().nullable(),
  })
  .meta({ id: 'Payment' });

export const paymentRunSummary = z
  .object({
    id: z.string(),
    status: z.enum(['proposed', 'released', 'cancelled']),
    createdBy: person,
    createdAt: instant,
    releasedBy: person.nullable(),
    releasedAt: instant.nullable(),
    count: z.number().int(),
    totals: z.array(money),
    fileSha256: z.string().nullable(),
  })
  .meta({ id: 'PaymentRunSummary' });

export const paymentRunDetail = paymentRunSummary
  .extend({
    payments: z.array(paymentView),
    /** Why it cannot be released as it stands; empty when it can. */
    obstacles: z.array(z.string()),
    /** Whether the one who asks may release it (another person than who proposed it). */
    mayRelease: z.boolean(),
  })
  .meta({ id: 'PaymentRun' });

export const paymentRunBody = z.strictObject({ paymentIds: z.array(z.string()).min(1).max(1000) }).meta({ id: 'PaymentRunBody' });

export type PaymentView = z.infer<typeof paymentView>;
export type PaymentRunSummary = z.infer<typeof paymentRunSummary>;
export type PaymentRunDetail = z.infer<typeof paymentRunDetail>;
