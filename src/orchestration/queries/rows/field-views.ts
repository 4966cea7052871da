import { headerFieldNames, whyLost, type Evidence, type FieldName } from '#domain/documents';
import { lineFieldNames, type CurrentField, type CurrentValues } from '../../invoices/invoice-fields.ts';
import { personOf, type People } from './people.ts';
import type { EvidenceView, FieldView, LineView } from '../views.ts';

export function toFieldViews(values: CurrentValues, people: People): Record<FieldName, FieldView> {
  return Object.fromEntries(headerFieldNames.map((name) => [name, toFieldView(values.fields[name], people)])) as Record<
    FieldName,
    FieldView
  >;
}

export function toLineViews(values: CurrentValues, people: People): LineView[] {
  return values.lines.map(
    (line) => Object.fromEntries(lineFieldNames.map((name) => [name, toFieldView(line[name], people)])) as unknown as LineView,
  );
}

/** Members named by the values: who corrected what. */
export function correctorsOf(values: CurrentValues): (string | null)[] {
  const fields = [...Object.values(values.fields), ...values.lines.flatMap((line) => Object.values(line))];
  return fields.map((field) => field.correctedBy);
}

function toFieldView(field: CurrentField, people: People): FieldView {
  return {
    value: field.value,
    confidence: field.confidence,
    standing: field.standing,
    origin: field.origin,
    reason: field.reason,
    evidence: toEvidence(field.evidence),
    alternatives: field.alternatives.map((alternative) => ({
      value: alternative.value,
      confidence: alternative.confidence,
      reason: alternative.reason,
      lost: whyLost(field, alternative),
      evidence: toEvidence(alternative.evidence),
    })),
    correctedBy: personOf(people, field.correctedBy),
  };
}

function toEvidence(evidence: Evidence | null): EvidenceView | null {
  return evidence === null ? null : { page: evidence.page, box: [...evidence.box], text: evidence.text };
}
