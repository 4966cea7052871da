import { z } from 'zod';
import { instant } from './contract-words.ts';

/** The part of the contract about asking a language model. */

const cost = z.object({ amount: z.string().describe('Decimal, six digits.'), currency: z.string() }).nullable();

export const languageModel = z
  .object({
    model: z.string().nullable().describe('Null where none is set up.'),
    isOn: z.boolean(),
    maySwitch: z.boolean(),
    budget: z.string().nullable().describe('What each organization may use a month, by the settings.'),
    ownBudget: z.string().nullable().describe('The same, set by the organization itself; the smaller one counts.'),
    month: z.object({
      since: instant,
      questions: z.number().int(),
      inputTokens: z.number().int(),
      outputTokens: z.number().int(),
      cost,
    }),
  })
  .meta({ id: 'LanguageModel' });

export const languageModelBody = z
  .strictObject({
    isOn: z.boolean(),
    budget: z
      .string()
      .max(40)
      .nullable()
      .optional()
      .describe('`200000 tokens` or an amount such as `5.00`; null lifts it; left out it stays.'),
  })
  .meta({ id: 'LanguageModelBody' });

/** What a language model was asked about one document. */
export const consultation = z
  .object({
    model: z.string(),
    outcome: z.enum(['answered', 'not-asked', 'failed']),
    reason: z.string(),
    asked: z.array(z.string()),
    tokens: z.object({ input: z.number().int(), output: z.number().int() }),
    cost,
    ms: z.number(),
  })
  .meta({ id: 'Consultation' });

export type LanguageModel = z.infer<typeof languageModel>;
