import { headerFieldNames } from '#domain/documents';
import type { Extraction, ExtractedField, ExtractedLine, FieldName, HeaderFields, Reading, ReadingProblem } from '#domain/documents';
import { decimal, isCurrency, isDecimalText } from '#domain/money';
import { isValidIBAN } from 'ibantools';
import { checkInvoice, ruleProblems } from '../../en16931/index.ts';
import { emptyField, filledField } from '../field.ts';
import { readTaxOfData } from '../tax/read-tax-data.ts';
import { extractorVersion } from '../version.ts';
import { checkSums } from './check-sums.ts';
import type { SumCheck } from './check-sums.ts';
import { compareWithPage } from './compare-with-page.ts';
import type { PageComparison } from './compare-with-page.ts';
import { isCiiRoot, parseCii } from './parse-cii.ts';
import { countFatturaPa, isFatturaPaRoot, parseFatturaPa } from './parse-fatturapa.ts';
import { isUblRoot, parseUbl } from './parse-ubl.ts';
import { isCalendarDate, withTidyNumbers } from './structured-document.ts';
import type { StructuredDocument } from './structured-document.ts';
import { parseXml } from './xml-tree.ts';
import type { Element } from './xml-tree.ts';

export type XmlOutcome = { readonly extraction: Extraction } | { readonly problem: ReadingProblem };

/**
 * Extraction from e-invoice or order data. They are exact and win over the picture, but are held against their own arithmetic and,
 * where there are pages, against what the page shows (`seen` is what the rules read there).
 */
export function extractFromXml(reading: Reading, xml: string, seen: Extraction | null): XmlOutcome {
  const parsed = parseXml(xml);
  if ('fault' in parsed) return { problem: unreadable(`cannot be read: ${parsed.fault}`) };
  const { root, element } = parsed;
  const parse = parserFor(root);
  if (parse === null) return { problem: unreadable(`are of a kind that is not known (${root.slice(0, 60)})`) };
  const document = withTidyNumbers(parse(root, element));
  if (document.values.invoiceNumber === null && document.values.grossTotal === null && document.lines.length === 0)
    return { problem: unreadable('hold neither number nor amounts') };
  const rules = checkInvoice(root, element);
  const extraction = build(reading, document, seen, rules === null ? null : ruleProblems(rules));
  const tax = readTaxOfData(root, element, document);
  return {
    extraction: {
      ...extraction,
      problems: [...extraction.problems, ...leftOut(root, element)],
      ...(tax === null ? {} : { tax }),
    },
  };
}

function parserFor(root: string): ((root: string, element: Element) => StructuredDocument) | null {
  if (isUblRoot(root)) return parseUbl;
  if (isCiiRoot(root)) return parseCii;
  return isFatturaPaRoot(root) ? (_root, element) => parseFatturaPa(element) : null;
}

/** A FatturaPA file may be a batch; what is not read must not look as if it were not there. */
function leftOut(root: string, element: Element): ReadingProblem[] {
  const count = isFatturaPaRoot(root) ? countFatturaPa(element) : 1;
  if (count <= 1) return [];
  return [
    fault(
      'several-invoices',
      `The file holds ${count} invoices, and only the first was read. Ask the supplier to send each as a file of its own.`,
    ),
  ];
}

function unreadable(what: string): ReadingProblem {
  return {
    code: 'xml-unreadable',
    severity: 'warning',
    message: `The e-invoice data inside the file ${what}. The page was read instead; ask the supplier for a valid file.`,
  };
}

const amounts: ReadonlySet<FieldName> = new Set(['netTotal', 'taxTotal', 'grossTotal']);

/** `broken`: what the rules of EN 16931 say; null for a document that they do not speak about. */
function build(
  reading: Reading,
  document: StructuredDocument,
  seen: Extraction | null,
  broken: readonly ReadingProblem[] | null,
): Extraction {
  const sums = checkSums(document);
  const page = seen === null ? null : compareWithPage(reading, document.values, seen);
  const faults = headerFieldNames.flatMap((name) =>
    // What is missing is told by its rule.
    broken !== null && document.values[name] === null ? [] : faultOf(name, document.values[name]),
  );
  const fields = Object.fromEntries(
    headerFieldNames.map((name) => [name, headerField(name, document, sums, page)]),
  ) as unknown as HeaderFields;
  return {
    documentType: document.documentType,
    documentTypeConfidence: 1,
    fields,
    lines: document.lines.map((line, index) => buildLine(line, index, sums)),
    proof: { equations: [...sums.equations, ...(page?.equations ?? [])] },
    problems: [
      ...reading.problems,
      ...(broken ?? [...sums.problems, ...missingTaxId(document), ...negativePrices(document)]),
      ...faults,
      ...lineFaults(document),
      ...orderOfDates(document),
      ...(page?.problems ?? []),
    ],
    language: seen?.language ?? null,
    extractorVersion,
  };
}

function headerField(name: FieldName, document: StructuredDocument, sums: SumCheck, page: PageComparison | null): ExtractedField {
  const written = document.values[name];
  if (written === null) return emptyField('The e-invoice data do not give it.');
  const [fault] = faultOf(name, written);
  const isUsable = fault === undefined || name === 'iban';
  if (!isUsable) return emptyField(fault.message);
  const differs = page?.missing.has(name) ?? false;
  const isBroken = fault !== undefined || differs || (amounts.has(name) && sums.contradicted.has(name));
  const reason =
    fault?.message ??
    (differs
      ? 'Given by the e-invoice data, but the page does not show it.'
      : isBroken
        ? 'Given by the e-invoice data, whose sums do not add up.'
        : 'Given by the e-invoice data.');
  return filledField(amounts.has(name) ? tidyAmount(written) : written, {
    confidence: isBroken ? 0.6 : 1,
    standing: isBroken ? 'contradicted' : 'proven',
    origin: 'xml',
    evidence: page?.evidence[name] ?? null,
    reason,
  });
}

function buildLine(line: StructuredDocument['lines'][number], index: number, sums: SumCheck): ExtractedLine {
  const field = (name: string, text: string | null, isNumber: boolean): ExtractedField => {
    if (text === null) return emptyField('The e-invoice data do not give it.');
    if (isNumber && !isDecimalText(text.replace('+', '')))
      return emptyField(`The e-invoice data write “${text.slice(0, 30)}”, which is no number.`);
    const isBroken =
      name === 'netAmount' && sums.contradicted.has(`lines.${index}.netAmount`) && !sums.confirmed.has(`lines.${index}.netAmount`);
    return filledField(isNumber && name === 'taxRate' ? decimal(text).toFixed() : text.replace(/^\+/, ''), {
      confidence: isBroken ? 0.6 : 1,
      standing: isBroken ? 'contradicted' : 'proven',
      origin: 'xml',
      evidence: null,
      reason: isBroken ? 'Given by the e-invoice data, whose lines do not add up.' : 'Given by the e-invoice data.',
    });
  };
  return {
    description: field('description', line.description, false),
    quantity: field('quantity', line.quantity, true),
    unitPrice: field('unitPrice', line.unitPrice, true),
    netAmount: field('netAmount', line.netAmount, true),
    taxRate: field('taxRate', line.taxRate, true),
  };
}

function tidyAmount(text: string): string {
  const value = decimal(text);
  return (text.split('.')[1]?.length ?? 0) < 2 ? value.toFixed(2) : text.replace(/^\+/, '');
}

/** What is wrong with a value in itself: a date that no calendar has, a comma in an amount, an unknown currency, wrong check digits. */
function faultOf(name: FieldName, value: string | null): ReadingProblem[] {
  if (value === null) {
    return name === 'currency'
      ? [fault('xml-value-missing', 'The e-invoice data name no currency (BR-05). Ask the supplier for a corrected invoice.')]
      : [];
  }
  const shown = value.slice(0, 40);
  if (amounts.has(name) && !isDecimalText(value.replace(/^\+/, '')))
    return [fault('xml-value-invalid', `The e-invoice data write the amount “${shown}”, which is no decimal number.`)];
  if ((name === 'issueDate' || name === 'dueDate') && !isCalendarDate(value))
    return [fault('xml-value-invalid', `The e-invoice data write the date “${shown}”, which is no day of the calendar.`)];
  if (name === 'currency' && !isCurrency(value))
    return [fault('xml-value-invalid', `The e-invoice data name the currency “${shown}”, which does not exist.`)];
  // UBL also carries national account numbers here; only what is written as an IBAN is held to its check digits.
  if (name === 'iban' && /^[A-Z]{2}\s?\d{2}/i.test(value) && !isValidIBAN(value.replaceAll(/\s/g, '').toUpperCase()))
    return [
      fault(
        'iban-check-digits',
        'The IBAN in the e-invoice data has wrong check digits. Do not pay to it before the supplier has confirmed the account.',
      ),
    ];
  return [];
}

/** Figures of lines that are no numbers. */
function lineFaults({ lines }: StructuredDocument): ReadingProblem[] {
  return lines.flatMap((line, index) => {
    const wrong = [line.quantity, line.unitPrice, line.netAmount, line.taxRate].find((text) => text !== null && !isDecimalText(text));
    if (wrong !== undefined && wrong !== null) {
      return [
        fault('xml-value-invalid', `Line ${index + 1} of the e-invoice data writes “${wrong.slice(0, 30)}”, which is no decimal number.`),
      ];
    }
    return [];
  });
}

function negativePrices({ lines }: StructuredDocument): ReadingProblem[] {
  return lines.flatMap(({ unitPrice }, index) =>
    unitPrice?.startsWith('-') === true
      ? [fault('xml-value-invalid', `Line ${index + 1} of the e-invoice data has a negative price (BR-27).`)]
      : [],
  );
}

/** Who charges VAT at a standard rate must name a tax identifier (BR-S-02). */
function missingTaxId({ values, taxRows, syntax }: StructuredDocument): ReadingProblem[] {
  const charges = syntax !== 'Order-X' && taxRows.some((row) => row.category === 'S' && Number(row.tax ?? 0) !== 0);
  return charges && values.supplierTaxId === null
    ? [fault('xml-value-missing', 'The e-invoice data charge VAT but name no tax identifier of the supplier (BR-S-02).')]
    : [];
}

function orderOfDates({ values }: StructuredDocument): ReadingProblem[] {
  const { issueDate, dueDate } = values;
  if (issueDate === null || dueDate === null || !isCalendarDate(issueDate) || !isCalendarDate(dueDate) || dueDate >= issueDate) return [];
  return [
    fault(
      'due-before-issue',
      `The invoice is due on ${dueDate}, before its date of issue, ${issueDate}. Ask the supplier which date is right.`,
    ),
  ];
}

function fault(code: string, message: string): ReadingProblem {
  return { code, message, severity: 'warning' };
}
