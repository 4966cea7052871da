import { decimal } from '#domain/money';
import type { TokenUse } from './consultation.ts';

/** What a million tokens cost, as decimal text, in an ISO 4217 currency. */
export interface ModelPrices {
  readonly input: string;
  readonly output: string;
  readonly currency: string;
}

/** What an organization may use in a calendar month (UTC): tokens, in and out together, or money in millionths of the prices' currency. */
export type ModelBudget = { readonly tokens: number } | { readonly micros: number };

/** Reads `2000000 tokens` or an amount such as `20.00`. @returns null when it is neither. */
export function parseModelBudget(text: string): ModelBudget | null {
  const [, tokens, amount] = /^(?:(\d{1,12}) tokens|(\d{1,7}(?:\.\d{1,6})?))$/.exec(text.trim()) ?? [];
  if (tokens !== undefined) return { tokens: Number(tokens) };
  return amount === undefined ? null : { micros: microsOf(amount) };
}

/** Millionths of an amount in decimal text. */
function microsOf(amount: string): number {
  return Number(decimal(amount).times(1_000_000).toFixed(0));
}

/** In millionths of the currency, rounded up: a price per million tokens is the millionths that one token costs. */
export function costOf({ input, output }: TokenUse, prices: ModelPrices): number {
  return Number(decimal(prices.input).times(input).plus(decimal(prices.output).times(output)).round(0, 3).toFixed(0));
}

/** What is left of a budget after what was used; negative when more was used than it has. */
export function remainsOf(budget: ModelBudget, used: { readonly tokens: number; readonly micros: number }): number {
  return 'tokens' in budget ? budget.tokens - used.tokens : budget.micros - used.micros;
}

/** Decimal text with six digits. */
export function describeMicros(micros: number): string {
  return decimal(micros).div(1_000_000).toFixed(6);
}
