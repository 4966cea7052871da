import { headerFieldNames } from '#domain/documents';
import type { DocumentType, Evidence, ExtractedField, Extraction, FieldName, ReadingProblem } from '#domain/documents';

type AmountName = 'netTotal' | 'taxTotal' | 'grossTotal';
type LineFieldName = 'description' | 'quantity' | 'unitPrice' | 'netAmount' | 'taxRate';

/** Where a value was found, as the command line prints it. */
export interface FlatEvidence {
  readonly page: number;
  readonly box: readonly number[];
  readonly text: string;
}

export interface FlatLine {
  readonly description: string | null;
  readonly quantity: number | null;
  readonly unitPrice: number | null;
  readonly netAmount: number | null;
  readonly taxRate: number | null;
}

/** One document as `deskhand extract` prints it: plain values, numbers for amounts, ISO dates, null for unknown. */
export type FlatExtraction = { readonly documentType: DocumentType } & Readonly<Record<Exclude<FieldName, AmountName>, string | null>> &
  Readonly<Record<AmountName, number | null>> & {
    readonly lines: readonly FlatLine[];
    /** By field name; lines as `lines.0.netAmount`; `document` that all of it is right. Fields without a value are left out. */
    readonly confidence: Readonly<Record<string, number>>;
    readonly evidence: Readonly<Record<string, FlatEvidence>>;
    readonly problems: readonly ReadingProblem[];
  };

const lineFieldNames: readonly LineFieldName[] = ['description', 'quantity', 'unitPrice', 'netAmount', 'taxRate'];

/** Turns an extraction into the record of `deskhand extract`. */
export function flattenExtraction(extraction: Extraction): FlatExtraction {
  const { fields } = extraction;
  const named: [string, ExtractedField][] = [
    ...headerFieldNames.map((name): [string, ExtractedField] => [name, fields[name]]),
    ...extraction.lines.flatMap((line, index) =>
      lineFieldNames.map((name): [string, ExtractedField] => [`lines.${index}.${name}`, line[name]]),
    ),
  ];
  const found = named.filter(([, field]) => field.value !== null);
  return {
    documentType: extraction.documentType,
    invoiceNumber: fields.invoiceNumber.value,
    issueDate: fields.issueDate.value,
    dueDate: fields.dueDate.value,
    supplierName: fields.supplierName.value,
    supplierTaxId: fields.supplierTaxId.value,
    iban: fields.iban.value,
    buyerName: fields.buyerName.value,
    poNumber: fields.poNumber.value,
    currency: fields.currency.value,
    netTotal: toNumber(fields.netTotal),
    taxTotal: toNumber(fields.taxTotal),
    grossTotal: toNumber(fields.grossTotal),
    lines: extraction.lines.map((line) => ({
      description: line.description.value,
      quantity: toNumber(line.quantity),
      unitPrice: toNumber(line.unitPrice),
      netAmount: toNumber(line.netAmount),
      taxRate: toNumber(line.taxRate),
    })),
    confidence: {
      documentType: rounded(extraction.documentTypeConfidence),
      ...(extraction.acceptance === undefined ? {} : { document: rounded(extraction.acceptance.whole.probability) }),
      ...Object.fromEntries(found.map(([name, field]) => [name, rounded(field.confidence)])),
    },
    evidence: Object.fromEntries(found.flatMap(([name, { evidence }]) => (evidence === null ? [] : [[name, flatEvidence(evidence)]]))),
    problems: extraction.problems,
  };
}

function toNumber(field: ExtractedField): number | null {
  return field.value === null ? null : Number(field.value);
}

function rounded(confidence: number): number {
  return Math.round(confidence * 1000) / 1000;
}

function flatEvidence({ page, box, text }: Evidence): FlatEvidence {
  return { page, box: box.map((value) => Math.round(value * 10) / 10), text };
}
