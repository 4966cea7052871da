import { z } from 'zod';
import { day, money, person } from './contract-words.ts';

/** The part of the contract about when to pay. */

const invoice = z.object({ id: z.string(), number: z.string().nullable() });
const option = z.object({
  kind: z.enum(['now', 'discount', 'due', 'late']),
  payOn: day,
  amount: money,
  earns: money.describe('Beside paying in full on the due date; negative is a cost.'),
});

const limitText = z.string().regex(/^\d{4}-\d{2}-\d{2}:\d{1,15}(\.\d{1,4})?$/, 'Write a day and an amount: 2026-12-15:20000');
export const cashAdviceQuery = z.object({
  currency: z.string().length(3).optional().describe('Payments in this currency; EUR when left out.'),
  rate: z.coerce.number().min(0).max(100).optional().describe('What money costs or earns in a year, in percent; 5 when left out.'),
  limit: z
    .union([limitText, z.array(limitText).max(12)])
    .optional()
    .describe('`DAY:AMOUNT`: until that day no more than this may leave. May be named several times.'),
});

export const cashAdvice = z
  .object({
    isBest: z.boolean().describe('False where the time to compute ran out and a better plan may exist.'),
    earns: money.describe('The whole plan, beside paying everything in full on its due date.'),
    limits: z.array(z.object({ until: day, amount: money, leaving: money.describe('What the plan lets leave until then.') })),
    payments: z.array(
      z.object({
        paymentId: z.string(),
        invoice,
        supplier: person,
        chosen: option,
        options: z.array(option),
        returnBasisPoints: z.number().int().nullable().describe('What the discount returns in a year; 2/10 net 30 is 3,724.'),
        reason: z.string(),
      }),
    ),
    waiting: z
      .array(z.object({ invoice, supplier: person, payOn: day, saves: money }))
      .describe('Not approved yet, with a discount that is lost unless they are by then; the most urgent first.'),
  })
  .meta({ id: 'CashAdvice' });

export type CashAdviceView = z.infer<typeof cashAdvice>;
