import type { ExtractedField } from '#domain/documents';
import { isSameValue } from '../memory/values.ts';
import type { Grounded } from './ground.ts';

/** How sure a value may be at most that a language model found: a person looks at it. */
export const suggested = 0.6;

/** The field when a model's value is held against it. */
export function weighed(field: ExtractedField, offered: Grounded): ExtractedField {
  if (field.value !== null && isSameValue(offered.field, field.value, offered.value))
    return { ...field, reason: `${field.reason} A language model reads the same.` };
  const isWeaker = field.value === null || (field.confidence < suggested && field.standing !== 'contradicted');
  return isWeaker ? taken(field, offered) : asAlternative(field, offered, 'A language model reads this.');
}

/** The model's value in the place of what was there. */
export function taken(field: ExtractedField, { value, evidence, field: name }: Grounded): ExtractedField {
  const beaten =
    field.value === null
      ? []
      : [{ value: field.value, confidence: Math.min(0.5, field.confidence), evidence: field.evidence, reason: field.reason }];
  return {
    value,
    confidence: suggested,
    standing: 'unproven',
    origin: 'llm',
    evidence,
    reason: 'A language model suggests it, and these words print it; nothing else speaks for it.',
    alternatives: [...beaten, ...field.alternatives.filter((other) => !isSameValue(name, other.value, value))].slice(0, 4),
  };
}

export function asAlternative(field: ExtractedField, { value, evidence, field: name }: Grounded, reason: string): ExtractedField {
  const others = field.alternatives.filter((other) => !isSameValue(name, other.value, value));
  return { ...field, alternatives: [{ value, confidence: 0.5, evidence, reason }, ...others].slice(0, 4) };
}
