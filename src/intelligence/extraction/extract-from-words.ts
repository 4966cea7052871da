import type { DocumentType, Equation, ExtractedField, Extraction, HeaderFields, Reading, ReadingProblem } from '#domain/documents';
import { findBlocks } from './blocks.ts';
import { buildLines, sumOfLines } from './table/build-lines.ts';
import { chooseField } from './propose/candidate.ts';
import type { Candidate } from './propose/candidate.ts';
import type { DateOrder } from './text/date-format.ts';
import { decideCurrency } from './solve/decide-currency.ts';
import { decideDocumentType, isTitleOf } from './text/document-type.ts';
import { extractorVersion } from './version.ts';
import { foldText } from './text/fold-text.ts';
import { inCurrency } from './propose/headed-currency.ts';
import { findLabels } from './propose/labels.ts';
import type { Labels } from './propose/labels.ts';
import { decideLanguage } from './text/language.ts';
import { layOut } from './layout.ts';
import type { Layout } from './layout.ts';
import { readLooseLines } from './propose/loose-lines.ts';
import type { DecimalMark } from './text/number-format.ts';
import { proposeNumbers } from './propose/propose-amounts.ts';
import type { Numbers, PrintedNumber } from './propose/propose-amounts.ts';
import { proposeDates, solveDates } from './propose/propose-dates.ts';
import { proposeNumber, proposeOrderNumber, proposeTitleNumber } from './propose/propose-identifiers.ts';
import type { Seen } from '../model/context.ts';
import { judge } from '../model/judge.ts';
import { documentModel } from '../model/load-model.ts';
import { proposeTotals } from './propose/propose-totals.ts';
import { solveAccounts } from './solve/solve-accounts.ts';
import { solveParties } from './solve/solve-parties.ts';
import { solveTotals } from './solve/solve-totals.ts';
import { withNetOfUntaxed } from './solve/untaxed.ts';
import { readStatement, statementHeadRow } from './statement/read-statement.ts';
import { readTaxOfPage } from './tax/read-tax-page.ts';
import { withLeadingQuantities } from './table/leading-quantity.ts';
import { readTable } from './table/table.ts';
import type { PrintedLine, Table } from './table/table.ts';
import { totalsFields } from './solve/totals-fields.ts';

const orderTypes: ReadonlySet<DocumentType> = new Set([
  'purchase_order',
  'sale_order',
  'quote',
  'order_response',
  'order_change',
  'despatch_advice',
  'delivery_note',
]);

/** Extraction from the words on the pages, where no structured data says it better. */
export function extractFromWords(reading: Reading): Extraction {
  const { extraction, seen } = readByRules(reading);
  return judge(extraction, seen, documentModel());
}

/** What the rules alone make of the words, and what they saw on the way: the trained model judges by the same. */
export function readByRules(reading: Reading): { readonly extraction: Extraction; readonly seen: Seen } {
  const layout = layOut(reading);
  const labels = findLabels(layout);
  const language = decideLanguage(layout.rows.map((row) => row.folded));
  const printedNumbers = proposeNumbers(layout, usualMark(language));
  const currency = decideCurrency(layout, printedNumbers);
  const numbers = inCurrency(layout, printedNumbers, currency.value);
  const table = readTable(layout, labels, numbers);
  const certainty = certaintyOf(reading);
  const isReceipt = isReceiptShaped(layout, labels, table);
  const printed = withLeadingQuantities(table.lines.length > 0 ? table.lines : readLooseLines(layout, labels, numbers));
  const totals = totalsWith(layout, labels, numbers, printed, table, certainty, isReceipt);
  const ownNumbers = [...proposeNumber(layout, labels, ['invoiceNumber']), ...proposeTitleNumber(layout, labels)];
  const type = decideDocumentType(layout, {
    hasTotals: totals.fields.grossTotal.value !== null || totals.fields.netTotal.value !== null,
    hasItems: table.lines.length > 0,
    isReceiptShaped: isReceipt,
    hasNumber: ownNumbers.some(({ score }) => score > 0.6),
    grossIsNegative: totals.fields.grossTotal.value?.startsWith('-') ?? false,
    accountFrom: statementHeadRow(layout, numbers),
  });
  const isOrder = orderTypes.has(type.type);
  const invoiceNumber = chooseField(isOrder ? orderNumbers(layout, labels, type.type) : ownNumbers, {
    floor: 0.3,
    none: 'No document number was found.',
  });
  const found = proposeDates(layout, labels);
  const dates = solveDates(found, {
    layout,
    isOrder,
    usualOrder: usualDateOrder(layout, language, currency),
    isInTable: (row) => table.rows.has(row.index),
  });
  const parties = solveParties(
    { layout, labels, blocks: findBlocks(layout), isReceipt },
    type.type === 'purchase_order' || type.type === 'order_change',
  );
  const accounts = solveAccounts(layout, labels, parties);
  const fields: HeaderFields = {
    invoiceNumber,
    ...dates,
    supplierName: parties.supplierName,
    supplierTaxId: accounts.supplierTaxId,
    iban: accounts.iban,
    buyerName: parties.buyerName,
    poNumber: poNumberField(layout, labels, invoiceNumber, type.type),
    currency,
    netTotal: totals.fields.netTotal,
    taxTotal: totals.fields.taxTotal,
    grossTotal: totals.fields.grossTotal,
  };
  const extraction: Extraction = {
    documentType: type.type,
    documentTypeConfidence: type.confidence,
    fields: weakened(fields, certainty),
    lines: totals.lines,
    proof: { equations: [...totals.equations, ...accounts.equations] },
    // What a statement lists are other papers' totals; its sums are held against its rows elsewhere.
    problems: [...reading.problems, ...(type.type === 'statement' ? [] : totals.problems), ...accounts.problems],
    language,
    ...(isOrder ? {} : { tax: readTaxOfPage(layout) }),
    ...(type.type === 'statement' ? { statement: readStatement(layout, numbers, usualDateOrder(layout, language, currency)) } : {}),
    extractorVersion,
  };
  const dateOrder = usualDateOrder(layout, language, currency);
  return { extraction, seen: { layout, labels, numbers, tableRows: table.rows, dateOrder, isReceipt } };
}

/** Numbers of an order paper: what its own title announces goes before the papers it refers to. */
function orderNumbers(layout: Layout, labels: Labels, type: DocumentType): Candidate[] {
  const found = proposeNumber(layout, labels, ['orderNumber', 'invoiceNumber'], type === 'purchase_order' ? undefined : 'buyerOrder');
  return found.map((candidate) =>
    isTitleOf(type, foldText(candidate.reason)) ? { ...candidate, score: Math.min(0.97, candidate.score + 0.2) } : candidate,
  );
}

/** How sure the words themselves are: 1 for a text layer, OCR's own mean else. */
function certaintyOf(reading: Reading): number {
  if (reading.source !== 'ocr') return 1;
  const confidences = reading.pages.flatMap((page) => page.words.map((word) => word.confidence));
  const mean = confidences.reduce((sum, confidence) => sum + confidence, 0) / Math.max(1, confidences.length);
  return Math.min(1, 0.5 + mean / 2);
}

function weakened(fields: HeaderFields, certainty: number): HeaderFields {
  const names = ['invoiceNumber', 'issueDate', 'dueDate', 'supplierName', 'buyerName', 'poNumber'] as const;
  const entries = names.map((name): [string, ExtractedField] => [
    name,
    { ...fields[name], confidence: fields[name].confidence * certainty },
  ]);
  return { ...fields, ...Object.fromEntries(entries) };
}

function usualMark(language: string | null): DecimalMark {
  return language === null || language === 'en' ? '.' : ',';
}

function usualDateOrder(layout: Layout, language: string | null, currency: ExtractedField): DateOrder {
  if (language !== null && language !== 'en') return 'day-first';
  const texts = layout.rows.map((row) => row.folded);
  const american = texts.some((text) =>
    /\b(?:al|ak|az|ar|ca|co|ct|dc|fl|ga|hi|id|il|ia|ks|ky|la|me|md|ma|mi|mn|ms|mo|mt|ne|nv|nh|nj|nm|ny|nc|nd|oh|ok|or|pa|ri|sc|sd|tn|tx|ut|vt|va|wa|wv|wi|wy),?(?: ca)? \d{5}(?:-\d{4})?\b|united states|\bu\.?s\.?a\.?\b|(?:^|\s)\(?\d{3}\)?[ -]\d{3}-\d{4}\b|\+1[ (-]\d{3}/.test(
      text,
    ),
  );
  if (american) return 'month-first';
  return currency.value === 'USD' && language === 'en' ? 'month-first' : 'day-first';
}

/** A till receipt: one page of few characters a line, without the addresses and terms of an invoice. */
function isReceiptShaped(layout: Layout, labels: Labels, table: Table): boolean {
  const page = layout.pages[0];
  if (page === undefined || layout.pages.length > 1 || layout.rows.length < 3) return false;
  const span = Math.max(...layout.rows.map((row) => row.box[2])) - Math.min(...layout.rows.map((row) => row.box[0]));
  const heights = layout.rows.map((row) => row.height).toSorted((a, b) => a - b);
  // A till roll takes some 40 characters a line, a letter 90: its type is large for the width of its text.
  const isCoarse = (heights[heights.length >> 1] ?? 0) / Math.max(1, span) > 0.0325;
  return isCoarse && !(table.lines.length > 0 && richHeader(labels));
}

function richHeader(labels: Labels): boolean {
  const kinds = new Set([...labels.values()].flat().flatMap((label) => (label.words > 1 || label.hasColon ? label.kinds : [])));
  return kinds.has('buyer') && (kinds.has('dueDate') || kinds.has('iban') || kinds.has('shipTo'));
}

interface Totals {
  readonly fields: ReturnType<typeof totalsFields>;
  readonly lines: Extraction['lines'];
  readonly equations: readonly Equation[];
  readonly problems: readonly ReadingProblem[];
}

function totalsWith(
  layout: Layout,
  labels: Labels,
  numbers: Numbers,
  printed: readonly PrintedLine[],
  table: Table,
  certainty: number,
  isReceipt: boolean,
): Totals {
  const items = new Set<PrintedNumber>(
    table.lines.flatMap(({ amount, unitPrice, quantity, taxRate, grossAmount }) =>
      [amount, unitPrice, quantity, taxRate, grossAmount].filter((one) => one !== null),
    ),
  );
  for (const row of table.rows)
    for (const number of numbers.byRow.get(row) ?? []) if (printed.some((line) => line.row.index === row)) items.add(number);
  const candidates = proposeTotals(layout, labels, numbers, items, isReceipt);
  const solved = solveTotals(candidates, sumOfLines(printed), isReceipt ? numbers.all : null);
  const choice = isReceipt ? solved : withNetOfUntaxed(solved, candidates, { layout, labels, numbers, tableRows: table.rows });
  const built = buildLines(printed, choice.closure.lines !== null, certainty);
  const fields = totalsFields(
    choice,
    candidates,
    { sum: built.sum, count: built.lines.length, provenCount: built.provenCount, isTable: table.lines.length > 0 },
    certainty,
  );
  return { fields, lines: built.lines, equations: [...fields.equations, ...built.equations], problems: fields.problems };
}

function poNumberField(layout: Layout, labels: Labels, invoiceNumber: ExtractedField, type: DocumentType): ExtractedField {
  if (type === 'purchase_order' && invoiceNumber.value !== null) return { ...invoiceNumber, reason: 'The order is this document itself.' };
  const candidates = proposeOrderNumber(layout, labels).filter(
    (candidate) => candidate.value !== invoiceNumber.value || type === 'order_change',
  );
  return chooseField(candidates, { floor: 0.4, none: 'No order number is printed.' });
}
