import { describeMoney, type Money } from '#domain/money';
import { daysBetween, isCalendarDay } from '#domain/calendar';
import { supplierNameSimilarity } from './suppliers/supplier-names.ts';
import { editDistance, foldIdentifier, plainText, textSimilarity } from './matching/text-similarity.ts';
import type { Invoice, InvoiceLine, MatchException } from './types.ts';
import { quoted } from './wording.ts';

export interface DuplicateDifference {
  readonly field: 'number' | 'issuedOn' | 'gross' | 'poNumber' | 'iban';
  readonly here: string | null;
  readonly earlier: string | null;
}

/** An earlier invoice that may be the same one. It blocks payment until a person decides, never intake. */
export interface DuplicateCandidate {
  readonly invoiceId: string;
  /** 0.5–1, for ranking. */
  readonly score: number;
  /** One plain sentence. */
  readonly reason: string;
  /** What differs between the two; empty when they say the same. */
  readonly differences: readonly DuplicateDifference[];
}

/** Many suppliers start their numbers again each year: beyond this a number alone says nothing. */
const SAME_NUMBERING_DAYS = 300;
/** Less than a week, so that weekly bills of one amount are not duplicates of each other. */
const NEAR_DAYS = 5;
const SAME_SUPPLIER_NAME = 0.9;
/** Of the descriptions of two lines. */
const SAME_LINE = 0.75;

/**
 * Finds earlier invoices that this one may repeat, most alike first. Not duplicates: a credit note and its invoice, an
 * invoice issued again after the first was credited, recurring bills of one amount, and partial invoices of one order.
 *
 * @param earlier - other invoices and credit notes of the organization that were not rejected.
 */
export function findDuplicates(invoice: Invoice, earlier: readonly Invoice[]): DuplicateCandidate[] {
  const related = earlier.filter((other) => other.id !== invoice.id && isSameSupplier(invoice, other));
  const credited = creditedInvoices(related, invoice);
  return related
    .filter((other) => other.kind === invoice.kind)
    .flatMap((other) => compare(invoice, other, credited.has(other.id)) ?? [])
    .toSorted((left, right) => right.score - left.score || left.invoiceId.localeCompare(right.invoiceId, 'en'));
}

/** The exception for the office manager about the most alike earlier invoice; null when there is none. */
export function duplicateException(candidates: readonly DuplicateCandidate[], earlier: readonly Invoice[]): MatchException | null {
  const [best] = candidates;
  const other = earlier.find((invoice) => invoice.id === best?.invoiceId);
  if (best === undefined || other === undefined) return null;
  const difference = best.differences
    .map(({ field, here, earlier: before }) => `${field}: ${here ?? 'none'} here, ${before ?? 'none'} there`)
    .join('; ');
  return {
    reason: 'duplicate',
    line: null,
    expected: null,
    difference: difference === '' ? null : difference,
    found: `invoice ${other.number} of ${other.issuedOn} over ${describeMoney(other.gross)}`,
    message: best.reason,
  };
}

/** An invoice number as it is compared: no words for "invoice", punctuation, leading zeros; look-alikes merged. */
export function normalizeInvoiceNumber(number: string): string {
  const bare = plainText(number)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const withoutPrefix = bare.replace(
    /^((invoice|inv|rechnungsnummer|rechnungsnr|rechnung|rech|rg|re|rnr|facture|fact|fac|fa|factura|fra|belegnr|beleg|number|num|numero|nr|no|n)(?=\s|[oil]*\d|$)\s*)+/,
    '',
  );
  const identifier = foldIdentifier(withoutPrefix === '' ? bare : withoutPrefix);
  // A leading zero is folded to "o"; a letter O does not start a number either.
  return identifier.replace(/^o+(?=.)/, '');
}

function compare(invoice: Invoice, other: Invoice, isCredited: boolean): DuplicateCandidate | null {
  const [here, there] = [normalizeInvoiceNumber(invoice.number), normalizeInvoiceNumber(other.number)];
  const verdict =
    here !== '' && here === there
      ? sameNumber(invoice, other, isCredited)
      : isCredited
        ? null
        : otherNumber(invoice, other, isMisread(invoice.number, other.number));
  return verdict === null ? null : { invoiceId: other.id, ...verdict, differences: differencesOf(invoice, other) };
}

type Verdict = Pick<DuplicateCandidate, 'score' | 'reason'>;

function sameNumber(invoice: Invoice, other: Invoice, isCredited: boolean): Verdict | null {
  const days = daysApart(invoice, other);
  const isSameAmount = sameMoney(invoice.gross, other.gross);
  const which = `${quoted(other.number)} of ${other.issuedOn}`;
  if (isCredited)
    return {
      score: 0.6,
      reason: `It has the number of ${which}, which was credited since; an invoice issued again has a new number as a rule.`,
    };
  if (days > SAME_NUMBERING_DAYS) {
    return isSameAmount ? { score: 0.6, reason: `It has number and amount of ${which}, though the dates are ${days} days apart.` } : null;
  }
  if (!isSameAmount) {
    const amounts = `${describeMoney(other.gross)} then, ${describeMoney(invoice.gross)} now`;
    return { score: 0.8, reason: `It has the number of ${which}, but another amount: ${amounts}.` };
  }
  if (days === 0) return { score: 0.99, reason: `It has supplier, number, date and amount of ${which}.` };
  return { score: 0.95, reason: `It has supplier, number and amount of ${which}; only the date differs.` };
}

function otherNumber(invoice: Invoice, other: Invoice, isMisreadNumber: boolean): Verdict | null {
  if (!sameMoney(invoice.gross, other.gross) || invoice.gross.minor === 0n) return null;
  const days = daysApart(invoice, other);
  const which = `${quoted(other.number)} of ${other.issuedOn}`;
  if (isMisreadNumber && days === 0)
    return { score: 0.8, reason: `It has date and amount of ${which}, and the numbers differ by one character only: it may be misread.` };
  // Two numbers on one order, or on two orders: partial invoices, or different purchases.
  if (invoice.poNumber !== null && other.poNumber !== null) return null;
  if (days > NEAR_DAYS || invoice.issuedOn.slice(0, 7) !== other.issuedOn.slice(0, 7) || !areLinesAlike(invoice.lines, other.lines))
    return null;
  const when = days === 0 ? 'the same day' : `${days} ${days === 1 ? 'day' : 'days'} apart`;
  return { score: 0.6, reason: `It asks the same amount for the same things as ${which}, ${when}, under another number.` };
}

/** One character differs, and not because the supplier counts on: 1041 and 1042 are neighbours, 1041 and 1091 are not. */
function isMisread(left: string, right: string): boolean {
  const [here, there] = [normalizeInvoiceNumber(left), normalizeInvoiceNumber(right)];
  if (Math.min(here.length, there.length) < 4 || editDistance(here, there) !== 1) return false;
  const [counterHere, counterThere] = [counterOf(left), counterOf(right)];
  return counterHere === null || counterThere === null || Math.abs(counterHere - counterThere) !== 1;
}

/** The last run of digits: what counts up from invoice to invoice. */
function counterOf(number: string): number | null {
  const digits = /(\d+)\D*$/.exec(number)?.[1];
  return digits === undefined ? null : Number(digits.slice(-12));
}

function areLinesAlike(left: readonly InvoiceLine[], right: readonly InvoiceLine[]): boolean {
  if (left.length === 0 || right.length === 0) return true;
  if (left.length !== right.length) return false;
  return left.every((line, at) => {
    const other = right[at];
    return (
      other !== undefined && sameMoney(line.netAmount, other.netAmount) && textSimilarity(line.description, other.description) >= SAME_LINE
    );
  });
}

function isSameSupplier(left: Invoice, right: Invoice): boolean {
  if (left.supplierId !== null && left.supplierId === right.supplierId) return true;
  return supplierNameSimilarity(left.supplierName, right.supplierName) >= SAME_SUPPLIER_NAME;
}

/** Each credit note takes back one invoice: the latest one of its amount issued until then. */
function creditedInvoices(related: readonly Invoice[], invoice: Invoice): ReadonlySet<string> {
  const credited = new Set<string>();
  const credits = related.filter((other) => other.kind === 'credit-note' && other.issuedOn <= invoice.issuedOn);
  for (const credit of credits.toSorted((left, right) => left.issuedOn.localeCompare(right.issuedOn))) {
    const [taken] = related
      .filter(
        (other) =>
          other.kind === 'invoice' && !credited.has(other.id) && other.issuedOn <= credit.issuedOn && sameMoney(other.gross, credit.gross),
      )
      .toSorted((left, right) => right.issuedOn.localeCompare(left.issuedOn));
    if (taken !== undefined) credited.add(taken.id);
  }
  return credited;
}

function differencesOf(invoice: Invoice, other: Invoice): DuplicateDifference[] {
  const differences: DuplicateDifference[] = [
    { field: 'number', here: invoice.number, earlier: other.number },
    { field: 'issuedOn', here: invoice.issuedOn, earlier: other.issuedOn },
    { field: 'gross', here: describeMoney(invoice.gross), earlier: describeMoney(other.gross) },
    { field: 'poNumber', here: invoice.poNumber, earlier: other.poNumber },
    { field: 'iban', here: invoice.iban, earlier: other.iban },
  ];
  return differences.filter(({ here, earlier }) => here !== earlier);
}

/** Days between the issue dates; a date that is none is near nothing. */
function daysApart(left: Invoice, right: Invoice): number {
  if (!isCalendarDay(left.issuedOn) || !isCalendarDay(right.issuedOn)) return Number.POSITIVE_INFINITY;
  return Math.abs(daysBetween(left.issuedOn, right.issuedOn));
}

function sameMoney(left: Money, right: Money): boolean {
  return left.minor === right.minor && left.currency === right.currency;
}
