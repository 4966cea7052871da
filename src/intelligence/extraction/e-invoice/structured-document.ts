import type { DocumentType, FieldName } from '#domain/documents';

/** Text as written in the XML; the amounts still unchecked. */
export interface StructuredLine {
  readonly description: string | null;
  readonly quantity: string | null;
  readonly unitPrice: string | null;
  readonly netAmount: string | null;
  readonly taxRate: string | null;
}

/** One row of the tax breakdown (EN 16931 BG-23). */
export interface TaxRow {
  readonly basis: string | null;
  readonly rate: string | null;
  readonly tax: string | null;
  readonly category: string | null;
}

/** A UBL, CII, Order-X or FatturaPA document in one shape. */
export interface StructuredDocument {
  readonly syntax: 'UBL' | 'CII' | 'Order-X' | 'FatturaPA';
  readonly documentType: DocumentType;
  readonly values: Readonly<Record<FieldName, string | null>>;
  readonly lines: readonly StructuredLine[];
  readonly sums: {
    readonly lines: string | null;
    readonly allowances: string | null;
    readonly charges: string | null;
    readonly prepaid: string | null;
    readonly rounding: string | null;
    readonly payable: string | null;
  };
  readonly taxRows: readonly TaxRow[];
}

/** What a document is, from the code of UN/CEFACT list 1001 and the root element. */
export function documentTypeFor(code: string | null, fallback: DocumentType): DocumentType {
  return (code === null ? undefined : typeByCode[code]) ?? fallback;
}

const typeByCode: Readonly<Record<string, DocumentType>> = {
  '81': 'credit_note',
  '83': 'credit_note',
  '220': 'purchase_order',
  '221': 'purchase_order',
  '224': 'purchase_order',
  '226': 'purchase_order',
  '227': 'purchase_order',
  '230': 'order_change',
  '231': 'order_response',
  '261': 'credit_note',
  '262': 'credit_note',
  '296': 'credit_note',
  '308': 'credit_note',
  '310': 'quote',
  '351': 'despatch_advice',
  '381': 'credit_note',
  '396': 'credit_note',
  '420': 'credit_note',
  '458': 'credit_note',
  '532': 'credit_note',
};

/** A calendar date from what UBL (`2024-05-01`, perhaps with a zone) and CII (`20240501`, format 102 or 203) write, or the raw text. */
export function isoDate(text: string | null, format: string | null = null): string | null {
  if (text === null) return null;
  const compact =
    format === null || ['102', '203', '204', '205'].includes(format) ? /^(\d{4})(\d{2})(\d{2})(?:\d{4,6})?$/.exec(text) : null;
  const dashed = format === null ? /^(\d{4})-(\d{2})-(\d{2})(?:$|[T+\-Z])/.exec(text) : null;
  const match = compact ?? dashed;
  return match === null ? text : `${match[1]}-${match[2]}-${match[3]}`;
}

/** The document with every number in plain form: `+5` and `30.00000000000` as `5` and `30`. What is no number stays as written. */
export function withTidyNumbers(document: StructuredDocument): StructuredDocument {
  const { values } = document;
  return {
    ...document,
    values: {
      ...values,
      netTotal: tidyNumber(values.netTotal),
      taxTotal: tidyNumber(values.taxTotal),
      grossTotal: tidyNumber(values.grossTotal),
    },
    lines: document.lines.map((line) => ({
      description: line.description,
      quantity: tidyNumber(line.quantity),
      unitPrice: tidyNumber(line.unitPrice),
      netAmount: tidyNumber(line.netAmount),
      taxRate: tidyNumber(line.taxRate),
    })),
  };
}

/** At most ten decimals, no plus; two decimals are kept as written. */
function tidyNumber(text: string | null): string | null {
  const match = text === null ? null : /^\+?(-?\d{1,15})(?:\.(\d+))?$/.exec(text);
  if (match === null) return text;
  const [, whole = '', decimals = ''] = match;
  const kept = decimals.length <= 2 ? decimals : decimals.slice(0, 2) + decimals.slice(2, 10).replace(/0+$/, '');
  return kept === '' ? whole : `${whole}.${kept}`;
}

/** Whether the text is a day that the calendar has. */
export function isCalendarDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}
