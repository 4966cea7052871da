import { sql } from 'kysely';
import type { Transaction } from '#platform';
import { loadPolicy, type ModelPolicy } from './policies.ts';

/** Whether, and within what bounds, an organization lets its documents be shown to a language model. */
export async function modelPolicyOf(transaction: Transaction): Promise<ModelPolicy> {
  return (await loadPolicy(transaction, 'language-model')).content;
}

/** Budgets run from the first of a month, UTC. */
export function beginningOfMonth(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
}

export interface ModelUse {
  readonly questions: number;
  readonly input: number;
  readonly output: number;
  readonly tokens: number;
  /** Millionths of the currency. */
  readonly micros: number;
}

/** What was used since then: what is under way counts at its most. @param currency - of costs; other ones are left out. */
export async function usedSince(transaction: Pick<Transaction, 'selectFrom'>, since: Date, currency: string | null): Promise<ModelUse> {
  const row = await transaction
    .selectFrom('llm_questions')
    .select([
      sql<string>`count(*)`.as('questions'),
      sql<string>`coalesce(sum(input_tokens), 0)`.as('input'),
      sql<string>`coalesce(sum(output_tokens), 0)`.as('output'),
      sql<string>`coalesce(sum(cost_micros) filter (where currency = ${currency}::text), 0)`.as('micros'),
    ])
    .where('asked_at', '>=', since)
    .executeTakeFirstOrThrow();
  const [input, output] = [Number(row.input), Number(row.output)];
  return { questions: Number(row.questions), input, output, tokens: input + output, micros: Number(row.micros) };
}
