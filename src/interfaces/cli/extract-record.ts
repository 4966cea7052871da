import path from 'node:path';
import { headerFieldNames, type Evidence, type ExtractedField, type FieldName, type ReadingProblem } from '#domain/documents';
import type { FileRead } from './cli-context.ts';

type LineRecord = Record<'description', string | null> & Record<'quantity' | 'unitPrice' | 'netAmount' | 'taxRate', number | null>;
type EvidenceRecord = Pick<Evidence, 'page' | 'box' | 'text'>;

/** What `deskhand extract` prints of one document; amounts are decimal numbers, unknown is null. */
export type ExtractRecord = {
  readonly id: string;
  readonly file: string;
  readonly documentType: string | null;
  readonly lines: readonly LineRecord[];
  readonly confidence: Readonly<Record<string, number>>;
  readonly evidence: Readonly<Record<string, EvidenceRecord>>;
  readonly problems: readonly ReadingProblem[];
  readonly ms: number;
} & Readonly<Record<FieldName, string | number | null>>;

const amounts: ReadonlySet<FieldName> = new Set(['netTotal', 'taxTotal', 'grossTotal']);

export function toRecord({ file, result, problem }: FileRead): ExtractRecord {
  const extraction = result?.extraction ?? null;
  const fields = headerFieldNames.map((name) => [name, extraction?.fields[name]] as const);
  const found = fields.filter((entry): entry is [FieldName, ExtractedField] => entry[1] !== undefined && entry[1].value !== null);
  const evidence = found.flatMap(([name, field]) => (field.evidence === null ? [] : [[name, evidenceOf(field.evidence)] as const]));
  const { documentType = null } = extraction ?? {};
  const header = Object.fromEntries(
    fields.map(([name, field]) => [name, amounts.has(name) ? numberOf(field?.value) : (field?.value ?? null)]),
  ) as Record<FieldName, string | number | null>;
  return {
    id: path.basename(file),
    file,
    documentType,
    ...header,
    lines: (extraction?.lines ?? []).map((line) => ({
      description: line.description.value,
      quantity: numberOf(line.quantity.value),
      unitPrice: numberOf(line.unitPrice.value),
      netAmount: numberOf(line.netAmount.value),
      taxRate: numberOf(line.taxRate.value),
    })),
    confidence: {
      ...(extraction === null ? {} : { documentType: extraction.documentTypeConfidence }),
      // That all of it is right, every line included.
      ...(extraction?.acceptance === undefined ? {} : { document: extraction.acceptance.whole.probability }),
      ...Object.fromEntries(found.map(([name, field]) => [name, field.confidence])),
    },
    evidence: Object.fromEntries(evidence),
    problems: problemsOf({ file, result, ...(problem === undefined ? {} : { problem }) }),
    ms: Math.round(result?.ms ?? 0),
  };
}

/** A file failed when nothing usable came out of it; a warning is no failure. */
export function hasFailed(read: FileRead): boolean {
  return read.result === null || read.result.extraction === null || problemsOf(read).some((problem) => problem.severity === 'error');
}

function problemsOf({ result, problem }: FileRead): ReadingProblem[] {
  const all = [
    ...(problem === undefined ? [] : [{ ...problem, severity: 'error' as const }]),
    ...(result?.reading.problems ?? []),
    ...(result?.extraction?.problems ?? []),
  ];
  return [...new Map(all.map((entry) => [`${entry.code}:${entry.message}`, entry])).values()];
}

function evidenceOf({ page, box, text }: Evidence): EvidenceRecord {
  return { page, box, text };
}

function numberOf(text: string | null | undefined): number | null {
  if (text === null || text === undefined || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
