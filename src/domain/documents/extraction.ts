import type { Consultation } from './consultation.ts';
import type { Box, ReadingProblem } from './reading.ts';
import type { StatementReading } from './statement-reading.ts';
import type { TaxStatement } from './tax-statement.ts';

/** What a document is. The first twelve are the ones the extractor decides between. */
export const documentTypes = [
  'invoice',
  'credit_note',
  'receipt',
  'purchase_order',
  'sale_order',
  'quote',
  'order_response',
  'order_change',
  'despatch_advice',
  'delivery_note',
  'statement',
  'reminder',
  'other',
] as const;
export type DocumentType = (typeof documentTypes)[number];

/**
 * How sure, in words Ana can check: `proven` by arithmetic, check digits or exact XML; `consistent` with everything
 * known; `unproven`: nothing speaks for or against; `contradicted`: something on the page says otherwise.
 */
export type Standing = 'proven' | 'consistent' | 'unproven' | 'contradicted';

/** Who proposed a value. Rank (G10): person > xml > the others. */
export type Origin = 'person' | 'xml' | 'grammar' | 'layout' | 'memory' | 'arithmetic' | 'llm';

/** Where on the page a value was found. */
export interface Evidence {
  /** From 1. */
  readonly page: number;
  /** On the upright page, in its units. */
  readonly box: Box;
  readonly wordIds: readonly number[];
  /** As printed. */
  readonly text: string;
}

/** A candidate that lost. */
export interface Alternative {
  readonly value: string;
  readonly confidence: number;
  readonly evidence: Evidence | null;
  readonly reason: string;
}

/** One value with its grounds. Amounts and quantities are decimal text (`"1234.50"`), dates `YYYY-MM-DD`. */
export interface ExtractedField {
  readonly value: string | null;
  /** Probability that the value is right, 0–1. */
  readonly confidence: number;
  readonly standing: Standing;
  readonly origin: Origin | null;
  readonly evidence: Evidence | null;
  /** Why this value, or why none, in plain words. */
  readonly reason: string;
  readonly alternatives: readonly Alternative[];
}

export const headerFieldNames = [
  'invoiceNumber',
  'issueDate',
  'dueDate',
  'supplierName',
  'supplierTaxId',
  'iban',
  'buyerName',
  'poNumber',
  'currency',
  'netTotal',
  'taxTotal',
  'grossTotal',
] as const;
export type FieldName = (typeof headerFieldNames)[number];
export type HeaderFields = Readonly<Record<FieldName, ExtractedField>>;

export interface ExtractedLine {
  readonly description: ExtractedField;
  readonly quantity: ExtractedField;
  readonly unitPrice: ExtractedField;
  readonly netAmount: ExtractedField;
  /** Percent, `"19"`. */
  readonly taxRate: ExtractedField;
}

/** One figure of an equation, with where it is printed. */
export interface Operand {
  /** Exact decimal text, as it enters the equation. */
  readonly value: string;
  /** The field whose value it is; null for a figure that is no field, such as a discount or a rate. */
  readonly field: string | null;
  /** Where its words stand; null where structured data say it, where the figure is made of `parts`, or where nobody printed it. */
  readonly place: Pick<Evidence, 'page' | 'box' | 'wordIds'> | null;
  /** Printed figures that together make the value, such as the tax of each rate. */
  readonly parts?: readonly Operand[];
}

/** How far the two sides of an equation may lie apart, and why. */
export interface Rounding {
  /** `none`: figures printed to the currency's digits; `per-line`: a price printed short; `per-document`: a sum or rate rounded once. */
  readonly kind: 'none' | 'per-line' | 'per-document';
  /** Decimal text in the document's currency, inclusive. */
  readonly tolerance: string;
}

/** One equation that holds (or not) on the document, over named values, e.g. `netTotal + taxTotal = grossTotal`. */
export interface Equation {
  readonly rule: 'net+tax=gross' | 'lines=net' | 'quantity*price=amount' | 'net*rate=tax' | 'check-digits' | 'xml=picture';
  /** With the figures, e.g. `530.75 + 0.00 = 530.75`. */
  readonly text: string;
  readonly holds: boolean;
  /** Fields it speaks about, e.g. `netTotal`, `lines.0.netAmount`. */
  readonly fields: readonly string[];
  readonly wordIds: readonly number[];
  /** Left side: added, multiplied or (rate) a share taken of, as the rule says. Cards before version 2 lack it and cannot be checked again. */
  readonly operands?: readonly Operand[];
  readonly result?: Operand;
  readonly rounding?: Rounding;
}

/** The grounds on which figures were accepted, stored and shown with the document. `checkProof` holds them against the words. */
export interface ProofCard {
  /** 2: equations name operands and words. Absent on cards of the first extractor. */
  readonly version?: 2;
  readonly equations: readonly Equation[];
  /** Digits after the point by ISO 4217 of the document's currency; 2 where none was found. */
  readonly currencyDigits?: number;
}

/** How sure something about the whole document is. */
export interface Certainty {
  /** 0–1, calibrated. */
  readonly probability: number;
  /** At most this share of documents as sure as this one is wrong, with 95 % certainty; null where that could not be shown. */
  readonly errorBound: number | null;
}

/** Whether the document may go on without a person, as far as its reading is concerned. */
export interface Acceptance {
  /** Number, date, currency and sums are right: the values that no order and no master data is held against later. */
  readonly booked: Certainty;
  /** All of these, the parties, the account and every line. */
  readonly whole: Certainty;
}

export interface Extraction {
  readonly documentType: DocumentType;
  readonly documentTypeConfidence: number;
  readonly fields: HeaderFields;
  readonly lines: readonly ExtractedLine[];
  readonly proof: ProofCard;
  readonly problems: readonly ReadingProblem[];
  /** ISO 639-1 of the page, where decided. */
  readonly language: string | null;
  /** Absent where no language model is set up, or nothing was in doubt. */
  readonly consultation?: Consultation;
  /** Absent where nothing is left to chance (structured data) and on extractions made before it was measured. */
  readonly acceptance?: Acceptance;
  /** Rates, reasons and VAT identifiers it names; absent on extractions made before they were read. */
  readonly tax?: TaxStatement;
  /** Of a statement of account alone. */
  readonly statement?: StatementReading;
  /** Which version of the extractor said so, for replay (G6). */
  readonly extractorVersion: string;
}
