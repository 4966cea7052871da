import type { ExtractedField, ExtractedLine, Extraction, FieldName } from '#domain/documents';
import { headerFieldNames } from '#domain/documents';

/** A field as it stands after what people said of it. */
export interface CurrentField extends ExtractedField {
  /** Member who set it; null when it is still what Deskhand read. */
  readonly correctedBy: string | null;
}
export type LineFieldName = keyof ExtractedLine;
export type CurrentLine = Readonly<Record<LineFieldName, CurrentField>>;
export interface CurrentValues {
  readonly fields: Readonly<Record<FieldName, CurrentField>>;
  readonly lines: readonly CurrentLine[];
}

/** One row of `corrections`, oldest first. `field` is a header field or `lines`. */
export interface Correction {
  readonly field: string;
  readonly value: unknown;
  readonly memberId: string;
}

export const lineFieldNames = ['description', 'quantity', 'unitPrice', 'netAmount', 'taxRate'] as const;

const unread: ExtractedField = {
  value: null,
  confidence: 0,
  standing: 'unproven',
  origin: null,
  evidence: null,
  reason: 'Nothing was read here.',
  alternatives: [],
};

/** Lays what people said over what was read. The extraction itself is a fact and stays as it is (G10). */
export function currentValues(extraction: Extraction | null, corrections: readonly Correction[]): CurrentValues {
  const fields = Object.fromEntries(
    headerFieldNames.map((name) => [name, overlay(extraction?.fields[name] ?? unread, lastOf(corrections, name))]),
  ) as Record<FieldName, CurrentField>;
  const rewritten = lastOf(corrections, 'lines');
  const read = extraction?.lines ?? [];
  const lines =
    rewritten === undefined
      ? read.map((line) => mapLine((name) => overlay(line[name], undefined)))
      : (rewritten.value as Record<LineFieldName, string | null>[]).map((line, index) =>
          mapLine((name) => overlay(read[index]?.[name] ?? unread, { field: 'lines', value: line[name], memberId: rewritten.memberId })),
        );
  return { fields, lines };
}

function overlay(read: ExtractedField, correction: Correction | undefined): CurrentField {
  if (correction === undefined) return { ...read, correctedBy: null };
  const value = correction.value as string | null;
  const confirmed = value === read.value;
  return {
    ...read,
    value,
    confidence: 1,
    standing: 'proven',
    origin: 'person',
    evidence: confirmed ? read.evidence : (read.alternatives.find((other) => other.value === value)?.evidence ?? null),
    reason: confirmed ? 'A person looked at it and confirmed it.' : `A person set it; Deskhand had read ${read.value ?? 'nothing'}.`,
    correctedBy: correction.memberId,
  };
}

function lastOf(corrections: readonly Correction[], field: string): Correction | undefined {
  return corrections.findLast((correction) => correction.field === field);
}

function mapLine(make: (name: LineFieldName) => CurrentField): CurrentLine {
  return Object.fromEntries(lineFieldNames.map((name) => [name, make(name)])) as Record<LineFieldName, CurrentField>;
}
