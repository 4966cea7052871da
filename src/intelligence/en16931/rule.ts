import { decimal, isDecimalText } from '#domain/money';
import type { Decimal } from '#domain/money';
import type { SemanticInvoice } from './semantic-invoice.ts';

/** One business rule of EN 16931-1, section 6.4. */
export interface Rule {
  /** As the standard names it, e.g. `BR-CO-15`. */
  readonly id: string;
  /** What is wrong when it is broken, in plain words, without a full stop. */
  readonly says: string;
  /** Whether the document breaks it; where it speaks of each of several, the broken ones (`line 3`). */
  readonly breaks: (invoice: SemanticInvoice) => boolean | readonly string[];
}

export function rule(id: string, says: string, breaks: Rule['breaks']): Rule {
  return { id, says, breaks };
}

/** The broken ones among several, by their place: `line 1`, `line 2`. */
export function places<T>(name: string, all: readonly T[], isBroken: (one: T, index: number) => boolean): string[] {
  return all.flatMap((one, index) => (isBroken(one, index) ? [`${name} ${index + 1}`] : []));
}

/** The number a text states, or null where it states none. */
export function numberOf(text: string | null): Decimal | null {
  const plain = text?.replace(/^\+/, '') ?? '';
  return isDecimalText(plain) ? decimal(plain) : null;
}

export function orZero(text: string | null): Decimal {
  return numberOf(text) ?? decimal('0');
}

/** The sum of what is given; null where a text is no number. */
export function sumOf(texts: readonly (string | null)[]): Decimal | null {
  let sum = decimal('0');
  for (const text of texts) {
    const value = numberOf(text);
    if (value === null) return null;
    sum = sum.plus(value);
  }
  return sum;
}
