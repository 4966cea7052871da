import {
  headerFieldNames,
  type DocumentType,
  type ExtractedField,
  type Extraction,
  type FieldName,
  type Standing,
  type StatementReading,
  type TaxStatement,
} from '#domain/documents';
import { decimal } from '#domain/money';

/** What an invoice of a test says. Totals follow from the lines and the tax rate unless they are given. */
export interface Paper {
  readonly kind?: DocumentType;
  readonly number?: string | null;
  readonly issuedOn?: string;
  readonly dueOn?: string | null;
  readonly supplierName?: string;
  readonly taxId?: string | null;
  readonly iban?: string | null;
  readonly order?: string | null;
  readonly currency?: string;
  readonly lines: readonly { readonly what: string; readonly quantity: string; readonly price: string }[];
  readonly gross?: string;
  /** Percent. @default 19 */
  readonly taxRate?: string;
  /** What it says about its tax. @default nothing was read */
  readonly tax?: TaxStatement;
  /** Further words on its page, besides its number. */
  readonly head?: string;
  /** Its rows, where it is a statement of account. */
  readonly statement?: StatementReading;
  /** Values that nothing on the page proves, with how sure the reader is. */
  readonly doubtful?: Readonly<Partial<Record<FieldName, number>>>;
}

/** An honest extraction of a paper: all that is said is proven, but what the test calls doubtful. */
export function extractionOf(paper: Paper): Extraction {
  const net = paper.lines.reduce((total, line) => total.plus(amountOf(line)), decimal('0'));
  const rate = paper.taxRate ?? '19';
  const tax = net.times(rate).div(100).round(2);
  const values: Readonly<Record<FieldName, string | null>> = {
    invoiceNumber: paper.number === undefined ? 'RE-1' : paper.number,
    issueDate: paper.issuedOn ?? '2026-03-02',
    dueDate: paper.dueOn ?? null,
    supplierName: paper.supplierName ?? null,
    supplierTaxId: paper.taxId ?? null,
    iban: paper.iban ?? null,
    buyerName: 'Test Office GmbH',
    poNumber: paper.order ?? null,
    currency: paper.currency ?? 'EUR',
    netTotal: net.toFixed(2),
    taxTotal: tax.toFixed(2),
    grossTotal: paper.gross ?? net.plus(tax).toFixed(2),
  };
  const fields = Object.fromEntries(
    headerFieldNames.map((name) => {
      const confidence = paper.doubtful?.[name];
      return [name, confidence === undefined ? field(values[name]) : field(values[name], 'unproven', confidence)];
    }),
  ) as Record<FieldName, ExtractedField>;
  return {
    documentType: paper.kind ?? 'invoice',
    documentTypeConfidence: 1,
    fields,
    lines: paper.lines.map((line) => ({
      description: field(line.what),
      quantity: field(line.quantity),
      unitPrice: field(line.price),
      netAmount: field(amountOf(line).toFixed(2)),
      taxRate: field(rate),
    })),
    proof: { equations: [] },
    problems: [],
    language: 'en',
    ...(paper.tax === undefined ? {} : { tax: paper.tax }),
    ...(paper.statement === undefined ? {} : { statement: paper.statement }),
    extractorVersion: 'test',
  };
}

function amountOf(line: Paper['lines'][number]): ReturnType<typeof decimal> {
  return decimal(line.quantity).times(line.price).round(2);
}

function field(value: string | null, standing: Standing = 'proven', confidence = 0.99): ExtractedField {
  return {
    value,
    confidence: value === null ? 0 : confidence,
    standing,
    origin: 'grammar',
    evidence: null,
    reason: 'As printed.',
    alternatives: [],
  };
}
