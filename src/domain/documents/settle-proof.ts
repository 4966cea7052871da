import { checkProof } from './check-proof.ts';
import type { ExtractedField, Extraction } from './extraction.ts';
import type { Reading } from './reading.ts';

/** How sure a value may still be whose proof failed its check: a person looks at it. */
const doubtful = 0.6;

/** The extraction with its proof card checked: where the card fails, nothing is proven and the problem says why. */
export function settleProof(reading: Reading, extraction: Extraction): Extraction {
  const check = checkProof(reading, extraction);
  if (check.outcome === 'holds') return extraction;
  const reason = check.outcome === 'unchecked' ? 'It names no operands.' : (check.faults[0] ?? '');
  const shaken = (field: ExtractedField): ExtractedField =>
    field.standing !== 'proven'
      ? field
      : {
          ...field,
          standing: 'unproven',
          confidence: Math.min(doubtful, field.confidence),
          reason: `${field.reason} The proof failed its check, so this counts for nothing.`,
        };
  const each = <Fields extends object>(fields: Fields): Fields =>
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, shaken(field as ExtractedField)])) as Fields;
  return {
    ...extraction,
    fields: each(extraction.fields),
    lines: extraction.lines.map(each),
    problems: [
      ...extraction.problems,
      {
        code: 'proof-check-failed',
        severity: 'warning',
        message: `The arithmetic found on the page did not hold when it was checked again. ${reason} Please compare the figures with the page.`,
      },
    ],
  };
}
