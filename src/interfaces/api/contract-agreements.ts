import { z } from 'zod';
import { day, person } from './contract-words.ts';

/** The part of the contract about what is paid without an order. */

const amount = z.string().regex(/^\d{1,12}(\.\d{1,4})?$/, 'must be an amount like 480.00');
const kind = z.enum(['contract', 'payment-plan', 'recurring-bill']);
const instalment = z.object({ dueOn: day, amount: z.string() });

export const agreement = z
  .object({
    id: z.string(),
    supplier: person,
    kind,
    name: z.string(),
    reference: z.string().nullable().describe('Number of the contract or customer as the paper prints it.'),
    rhythm: z.string().describe('In words: `every month`.'),
    instalments: z.array(instalment),
    amount: z.string().describe('Gross of one bill.'),
    currency: z.string().length(3),
    bandAmount: z.string().nullable(),
    bandPercent: z.string().nullable(),
    total: z.string().nullable().describe('Gross that all bills together never exceed.'),
    firstOn: day,
    validUntil: day.nullable(),
    graceDays: z.number().int(),
    state: z.enum(['waiting', 'active', 'ended']).describe('`waiting` for a second person.'),
    createdBy: person.nullable(),
    confirmedBy: person.nullable(),
    endedBy: person.nullable(),
    endedBecause: z.string().nullable(),
    bills: z.array(z.object({ invoiceId: z.string(), number: z.string(), expectedOn: day, amount: z.string(), currency: z.string() })),
    missing: z.array(z.object({ expectedOn: day, label: z.string() })).describe('Bills that should have come by now.'),
  })
  .meta({ id: 'Agreement' });

export const agreementList = z
  .object({
    items: z.array(agreement),
    proposals: z
      .array(
        z.object({
          supplier: person,
          rhythm: z.enum(['months', 'days']),
          every: z.number().int(),
          amount: z.string(),
          currency: z.string().length(3),
          bandPercent: z.string(),
          firstOn: day,
          reason: z.string(),
        }),
      )
      .describe('What settled invoices without an order look like; nothing comes of it unless a person writes it down.'),
  })
  .meta({ id: 'AgreementList' });

export const agreementBody = z
  .strictObject({
    supplierId: z.string().min(1).max(100),
    kind,
    name: z.string().trim().min(1).max(120),
    reference: z.string().trim().max(60).nullable().optional(),
    rhythm: z.enum(['months', 'days', 'dates']),
    every: z.number().int().min(1).max(3660).nullable().optional().describe('Of months and days: 1 month, 14 days.'),
    instalments: z
      .array(z.strictObject({ dueOn: day, amount }))
      .max(200)
      .optional()
      .describe('Of dates.'),
    amount: amount.nullable().optional(),
    currency: z.string().length(3),
    bandAmount: amount.nullable().optional(),
    bandPercent: z
      .string()
      .regex(/^(100|\d{1,2}(\.\d{1,2})?)$/, 'must be a percentage up to 100')
      .nullable()
      .optional(),
    total: amount.nullable().optional(),
    firstOn: day.nullable().optional(),
    validUntil: day.nullable().optional(),
    graceDays: z.number().int().min(0).max(366).optional(),
  })
  .meta({ id: 'AgreementBody' });

export const agreementEndBody = z.strictObject({ reason: z.string().trim().max(500).optional() }).meta({ id: 'AgreementEndBody' });

export type Agreement = z.infer<typeof agreement>;
export type AgreementList = z.infer<typeof agreementList>;
export type AgreementBody = z.infer<typeof agreementBody>;
