import type { Alternative, Evidence, ExtractedField, Origin, Standing } from '#domain/documents';

/** A field for which the document gave nothing. */
export function emptyField(reason: string, alternatives: readonly Alternative[] = []): ExtractedField {
  return { value: null, confidence: 0, standing: 'unproven', origin: null, evidence: null, reason, alternatives };
}

/** A field with a value and its grounds. */
export function filledField(
  value: string,
  grounds: {
    readonly confidence: number;
    readonly standing: Standing;
    readonly origin: Origin;
    readonly evidence: Evidence | null;
    readonly reason: string;
    readonly alternatives?: readonly Alternative[];
  },
): ExtractedField {
  return { value, alternatives: [], ...grounds };
}
