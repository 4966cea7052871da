import { z } from 'zod';
import { money } from './contract-words.ts';

export const numbers = z
  .object({
    period: z.object({ name: z.string(), from: z.string(), until: z.string(), timeZone: z.string() }),
    figures: z.array(
      z.object({
        name: z.string().describe('`figure` of GET /v1/invoices, with the same period, lists what is counted.'),
        label: z.string(),
        value: z.string(),
        definition: z.string(),
        invoices: z.number().int(),
        money: z.array(money),
      }),
    ),
    hoursSaved: z.object({
      hours: z.string(),
      definition: z.string(),
      minutes: z.object({ read: z.number(), match: z.number(), approve: z.number(), pay: z.number() }),
      steps: z.array(z.object({ step: z.string(), times: z.number().int(), minutes: z.number() })),
    }),
    cycleTime: z.object({ medianHours: z.string().nullable(), p90Hours: z.string().nullable(), definition: z.string() }),
    answers: z.object({ medianHoursToAnswer: z.string().nullable(), medianHoursToClose: z.string().nullable(), definition: z.string() }),
    exceptions: z.array(
      z.object({
        reason: z.string(),
        supplierId: z.string().nullable(),
        supplier: z.string(),
        questions: z.number().int(),
        invoices: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'Numbers' });
export type Numbers = z.infer<typeof numbers>;
