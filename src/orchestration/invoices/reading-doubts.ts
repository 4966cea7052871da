import type { Acceptance, FieldName } from '#domain/documents';
import type { CurrentValues } from './invoice-fields.ts';

/** The values that nothing later is held against, in words; the first four an invoice cannot do without. */
export const checkedFields = {
  invoiceNumber: 'invoice number',
  issueDate: 'invoice date',
  currency: 'currency',
  grossTotal: 'total to pay',
  netTotal: 'net total',
  taxTotal: 'tax',
} as const satisfies Partial<Record<FieldName, string>>;
export type CheckedField = keyof typeof checkedFields;

export interface ReadingDoubt {
  readonly name: CheckedField;
  readonly found: string;
  readonly message: string;
}

/** Below this a value that nothing proves is shown to a person: as a measured probability, and on extractions from before it was measured. */
const doubtBelow = 0.9;
const unmeasuredDoubtBelow = 0.7;
/** One document in a hundred, where an organization says nothing else. */
const usualErrorBasisPoints = 100;

/**
 * What a person must look at because the reading is not sure enough. Nothing, where it was shown that documents as sure as this one are
 * wrong no more often than allowed; else each value in doubt, and where the organization named its own bound, at least the least sure one.
 */
export function readingDoubts(
  values: CurrentValues,
  acceptance: Acceptance | undefined,
  ownErrorBasisPoints: number | undefined,
): ReadingDoubt[] {
  const allowed = (ownErrorBasisPoints ?? usualErrorBasisPoints) / 10_000;
  const shown = acceptance?.booked.errorBound ?? null;
  if (shown !== null && shown <= allowed) return [];
  const below = acceptance === undefined ? unmeasuredDoubtBelow : doubtBelow;
  // How often a language model is right here was never measured, so a person looks at whatever it said.
  const unsure = given(values).filter(({ field }) => field.origin === 'llm' || (field.standing === 'unproven' && field.confidence < below));
  if (unsure.length > 0) return unsure.map(doubtOf);
  return ownErrorBasisPoints === undefined || acceptance === undefined ? [] : leastSure(values, allowed);
}

type Given = { readonly name: CheckedField; readonly field: CurrentValues['fields'][CheckedField] & { readonly value: string } };

function given({ fields }: CurrentValues): Given[] {
  return (Object.keys(checkedFields) as CheckedField[])
    .map((name) => ({ name, field: fields[name] }))
    .filter((one): one is Given => one.field.value !== null);
}

function doubtOf({ name, field }: Given): ReadingDoubt {
  const message = `Deskhand is unsure of the ${checkedFields[name]}: it read ${field.value}. Please check it against the page.`;
  return { name, found: field.value, message };
}

/** Where nothing was shown a person looks at the value that is most likely wrong, unless one has looked already. */
function leastSure(values: CurrentValues, allowed: number): ReadingDoubt[] {
  const all = given(values);
  if (all.some(({ field }) => field.origin === 'person')) return [];
  const [least] = all.filter(({ field }) => field.standing !== 'proven').toSorted((a, b) => a.field.confidence - b.field.confidence);
  if (least === undefined) return [];
  const message = `It could not be shown that at most ${100 * allowed} % of documents as sure as this one are read wrong: too few were measured, or too many of them were wrong. The least sure value is the ${checkedFields[least.name]}, ${least.field.value}. Please check it against the page.`;
  return [{ name: least.name, found: least.field.value, message }];
}
