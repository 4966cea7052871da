import { checkProof, headerFieldNames } from '#domain/documents';
import type { ExtractedField, Extraction, FieldName, Reading } from '#domain/documents';
import { currencyDigits } from '#domain/money';
import type { FieldOffer, ModelQuestion } from '#domain/ports';
import { isAmount } from '../memory/values.ts';
import { questionVersion } from './ask-about.ts';
import { isOpen } from './doubts.ts';
import { groundOffers } from './ground.ts';
import { settleSums } from './settle-sums.ts';
import { suggested, weighed } from './weigh.ts';

/**
 * Lays over an extraction what a model offered and the page prints. A value in doubt is filled in or replaced as `unproven`; one that
 * was surer keeps its place, and the offer stands among its alternatives. Sums must not break the document's arithmetic.
 */
export function settle(
  reading: Reading,
  extraction: Extraction,
  { asked }: Pick<ModelQuestion, 'asked'>,
  offers: readonly FieldOffer[],
): Extraction {
  const mark = extraction.language === null || extraction.language === 'en' ? '.' : ',';
  const wanted = offers.filter(({ field }) => asked.includes(field) && isOpen(extraction.fields[field]));
  const grounded = groundOffers(reading, wanted, mark);
  if (grounded.length === 0) return extraction;
  const texts = grounded.filter(({ field }) => !isAmount(field));
  const changed = Object.fromEntries(
    texts.map((one): [FieldName, ExtractedField] => [one.field, weighed(extraction.fields[one.field], one)]),
  );
  const laid = settleSums(
    { ...extraction, fields: { ...extraction.fields, ...changed } },
    grounded.filter(({ field }) => isAmount(field)),
  );
  const settled = withoutCertainty(withoutStaleProof(extraction, laid));
  if (checkProof(reading, settled).outcome === 'fails') return extraction;
  return { ...settled, extractorVersion: `${extraction.extractorVersion} ${questionVersion}` };
}

/** Equations of values that were replaced say nothing of those in their place. */
function withoutStaleProof(before: Extraction, after: Extraction): Extraction {
  const replaced = headerFieldNames.filter((name) => {
    const { value } = before.fields[name];
    return value !== null && after.fields[name].value !== value;
  });
  const known = new Set(before.proof.equations);
  const equations = after.proof.equations.filter((one) => !known.has(one) || !replaced.some((name) => one.fields.includes(name)));
  const digits = after.proof.version === 2 ? { currencyDigits: currencyDigits(after.fields.currency.value ?? 'EUR') } : {};
  return { ...after, proof: { ...after.proof, ...digits, equations } };
}

/** What was shown of documents as sure as this one was shown without a model's values. */
function withoutCertainty(extraction: Extraction): Extraction {
  const { acceptance, fields } = extraction;
  const isChanged = Object.values(fields).some(({ origin }) => origin === 'llm');
  if (acceptance === undefined || !isChanged) return extraction;
  const lowered = ({ probability }: { readonly probability: number }): { probability: number; errorBound: null } => ({
    probability: Math.min(probability, suggested),
    errorBound: null,
  });
  return { ...extraction, acceptance: { booked: lowered(acceptance.booked), whole: lowered(acceptance.whole) } };
}
