import type { Alternative, ExtractedField } from './extraction.ts';

/** Why another value was not taken, in one plain sentence. */
export function whyLost(field: Pick<ExtractedField, 'value' | 'confidence' | 'standing' | 'origin'>, alternative: Alternative): string {
  const { value, confidence, standing, origin } = field;
  if (origin === 'person') return 'A person chose otherwise.';
  if (value === null) return 'It was not sure enough to be taken.';
  if (origin === 'xml') return 'The structured data say otherwise.';
  if (origin === 'memory') return 'An earlier correction of this layout says otherwise.';
  if (standing === 'proven' && /^-?\d+\.\d+$/.test(value)) return `What is printed proves ${value}.`;
  if (alternative.confidence < confidence)
    return `Less sure: ${percent(alternative.confidence)} against ${percent(confidence)} for ${value}.`;
  return `As sure by itself, but the rest of the page speaks for ${value}.`;
}

function percent(confidence: number): string {
  return `${Math.floor(confidence * 100)} %`;
}
