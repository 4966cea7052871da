import { checkTax, type Invoice, type InvoiceLine, type TaxQuestion } from '#domain/accounts-payable';
import type { Reading } from '#domain/documents';
import { decimal, isCurrency, roundTo } from '#domain/money';
import { extract, flattenExtraction } from '#intelligence';
import { allDocuments, findCorpus } from './corpus.ts';
import { printTable } from './figures.ts';
import { isUsable, visitReadings } from './readings.ts';
import type { BenchOptions } from './run.ts';

/** What the index says is on a document; absent where it does not speak of it. */
interface Truth {
  readonly documentType?: string;
  readonly invoiceNumber?: string | null;
  readonly issueDate?: string | null;
  readonly supplierName?: string | null;
  readonly supplierTaxId?: string | null;
  readonly currency?: string | null;
  readonly netTotal?: number | null;
  readonly taxTotal?: number | null;
  readonly grossTotal?: number | null;
  readonly lines?:
    | readonly { readonly description?: string | null; readonly netAmount?: number | null; readonly taxRate?: number | null }[]
    | null;
}

interface Alarm {
  readonly id: string;
  readonly reason: string;
  readonly message: string;
}

const usualSets = ['einv-pdf', 'real-invoices', 'einvoice-xml'];

/**
 * Tax checks over the invoice data: sums, days, rates and ids as labelled (what a person would leave after looking), reasons and
 * categories as Deskhand reads them. Who buys is not labelled: the office is in the country of the buyer's VAT id where data name it, else in
 * the supplier's own. Prints every alarm, since whether it is a false one is for a person to say.
 *
 * @param options.only - sets of the data. @default einv-pdf, real-invoices, einvoice-xml
 */
export async function benchTax({ only, readings, isSmoke }: BenchOptions): Promise<void> {
  const corpus = findCorpus();
  if (corpus === null) {
    console.log('\nTax: skipped, no invoice data. Set DESKHAND_DATA to the folder that holds them.');
    return;
  }
  const sets = only.length === 0 ? usualSets : only;
  const chosen = allDocuments(corpus).filter(({ set }) => sets.includes(set));
  const alarms: Alarm[] = [];
  const misread: Alarm[] = [];
  const asked = { all: 0, rates: 0, treatment: 0, ids: 0 };
  await visitReadings(corpus, isSmoke ? chosen.slice(0, 20) : chosen, readings, (document, reading) => {
    const { truth } = JSON.parse(document.row) as { readonly truth: Truth | null };
    const question = truth === null ? null : questionOf(truth, reading);
    if (question === null) return;
    asked.all += 1;
    asked.rates += question.supplier === null ? 0 : 1;
    asked.treatment += question.own.country === null ? 0 : 1;
    asked.ids += question.printedVatId === null ? 0 : 1;
    const found = checkTax(question);
    for (const { reason, message } of found) alarms.push({ id: document.id, reason, message });
    const asRead = questionOf(flattenExtraction(extract(reading)), reading);
    for (const { reason, message } of asRead === null ? [] : checkTax(asRead))
      if (found.every((one) => one.reason !== reason)) misread.push({ id: document.id, reason, message });
  });
  const count = (reason: string): string => String(new Set(alarms.filter((one) => one.reason === reason).map(({ id }) => id)).size);
  printTable(
    `Tax checks on ${asked.all} invoices and credit notes (${sets.join(', ')})`,
    ['check', 'could be asked', 'documents asked about'],
    [
      ['tax-rate', String(asked.rates), count('tax-rate')],
      ['tax-treatment', String(asked.treatment), count('tax-treatment')],
      ['vat-id', String(asked.ids), count('vat-id')],
    ],
  );
  list('Alarms on what is labelled', alarms);
  list('More alarms on what Deskhand reads', misread);
}

function list(title: string, alarms: readonly Alarm[]): void {
  console.log(`\n${title}: ${alarms.length}`);
  for (const { id, reason, message } of alarms.toSorted((one, other) => one.reason.localeCompare(other.reason)))
    console.log(`${reason}  ${id}\n    ${message}`);
}

function questionOf(truth: Truth, reading: Reading): TaxQuestion | null {
  const invoice = invoiceOf(truth);
  if (invoice === null || !isUsable(reading)) return null;
  const statement = extract(reading).tax ?? null;
  const printedVatId = truth.supplierTaxId ?? null;
  const country = countryOf(printedVatId);
  return {
    invoice,
    supplier: country === null ? null : { name: truth.supplierName ?? '', country, vatId: null },
    printedVatId,
    isTaxRead: truth.taxTotal != null,
    statement,
    isSumAsked: false,
    own: { country: countryOf(statement?.buyerVatId ?? null) ?? country, vatId: null },
    isForeignTaxExpected: false,
  };
}

/** Null for orders and receipts, and where a figure that every check needs is not labelled. */
function invoiceOf(truth: Truth): Invoice | null {
  const { documentType = '', issueDate = null, currency = null, grossTotal = null } = truth;
  if (!/invoice|credit_note/.test(documentType) || issueDate === null || currency === null || grossTotal === null) return null;
  if (!isCurrency(currency)) return null;
  const amount = (value: number): Invoice['net'] => roundTo(decimal(String(value)), currency);
  const tax = truth.taxTotal ?? 0;
  return {
    id: '',
    kind: documentType.includes('credit') ? 'credit-note' : 'invoice',
    number: truth.invoiceNumber ?? '',
    issuedOn: issueDate,
    dueOn: null,
    supplierId: null,
    supplierName: truth.supplierName ?? '',
    iban: null,
    poNumber: null,
    net: amount(truth.netTotal ?? grossTotal - tax),
    tax: amount(tax),
    gross: amount(grossTotal),
    lines: (truth.lines ?? []).flatMap((line, index) => lineOf(line, index + 1, amount)),
  };
}

function lineOf(
  { description, netAmount = null, taxRate = null }: NonNullable<Truth['lines']>[number],
  position: number,
  amount: (value: number) => Invoice['net'],
): InvoiceLine[] {
  if (netAmount === null) return [];
  const rate = taxRate === null ? null : decimal(String(taxRate));
  return [{ position, description: description ?? '', quantity: null, unitPrice: null, netAmount: amount(netAmount), taxRate: rate }];
}

const swiss = /^CHE/;

/** ISO 3166-1 alpha-2, as VAT ids begin; null for national numbers. */
function countryOf(vatId: string | null): string | null {
  const bare = vatId?.toUpperCase().replaceAll(/[^A-Z0-9]/g, '') ?? '';
  if (swiss.test(bare)) return 'CH';
  const prefix = /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK)/.exec(bare)?.[1] ?? null;
  return prefix === 'EL' ? 'GR' : prefix;
}
