import type { Reading } from '#domain/documents';
import { describeMoney } from '#domain/money';
import { normalizeInvoiceNumber } from '../find-duplicates.ts';
import type { Invoice, MatchException } from '../types.ts';
import type { Agreement, AgreementBill, AgreementClaim } from './agreement.ts';
import type { AgreementCoverage, BillChoice } from './coverage.ts';
import { checkAmount, distanceFrom, wordBand } from './check-amount.ts';
import { chooseAgreement, type Look } from './choose-agreement.ts';
import { decidePeriod, type PeriodDecision } from './decide-period.ts';
import { findReference, namesReference, type PrintedReference } from './find-reference.ts';
import { indexOn, periodAt, type AgreementPeriod } from './periods.ts';
import { readServicePeriods, type ServicePeriod } from './service-period.ts';

export interface CoverQuestion {
  readonly invoice: Invoice;
  /** Agreements with its supplier that a second person confirmed, ended ones too. */
  readonly agreements: readonly Agreement[];
  /** What other invoices took of these agreements before it, and those that came and are in question. */
  readonly claims: readonly AgreementClaim[];
  /** The words of the paper, for the agreement's number and what it is for. @default only its values are known */
  readonly reading?: Pick<Reading, 'pages' | 'structuredXml'> | null;
  /** Which bill it is, as a person said, or as it holds since nothing about it was in question. @default nobody said */
  readonly bill?: AgreementBill | null;
}

/**
 * Says under which agreement an invoice without an order is paid, and as which of its bills. One whose number is on the paper,
 * else one that its lines name or whose amount it meets; where two fit, a person says which. Null where no agreement is about
 * it, so that somebody is asked what it is for; a credit note never is.
 */
export function coverInvoice(question: CoverQuestion): AgreementCoverage | null {
  const { invoice, agreements, reading = null, bill = null } = question;
  if (invoice.kind !== 'invoice') return null;
  const own = agreements.filter(({ supplierId }) => supplierId === invoice.supplierId);
  if (own.length === 0) return null;
  const printed = readServicePeriods(invoice.lines, reading);
  const chosen = own.find(({ id }) => id === bill?.agreementId);
  if (chosen !== undefined && bill !== null) return coverBy(question, { agreement: chosen, reference: null }, printed, bill).coverage;
  const named = namedBy(own, invoice, reading);
  // A number that is neither an order's nor an agreement's is for a person to explain.
  if (named.length === 0 && invoice.poNumber !== null) return null;
  const pool = named.length > 0 ? named : own.map((agreement) => ({ agreement, reference: null }));
  const looks = pool.map((one) => coverBy(question, one, printed, null));
  const choice = chooseAgreement(looks, { isNamed: named.length > 0, lines: invoice.lines });
  if (choice === null) return null;
  return choice.kind === 'one' ? choice.look.coverage : askWhich(choice.among, invoice);
}

interface Meant {
  readonly agreement: Agreement;
  readonly reference: PrintedReference | null;
}

/** Agreements whose number the paper prints: as its order number or in its lines, else anywhere among its words. */
function namedBy(own: readonly Agreement[], { poNumber, lines }: Invoice, reading: CoverQuestion['reading'] = null): Meant[] {
  const numbered = own.flatMap((agreement) => (agreement.reference === null ? [] : [{ agreement, reference: agreement.reference }]));
  const asOrder = poNumber === null ? '' : normalizeInvoiceNumber(poNumber);
  const byValue = numbered.filter(
    ({ reference }) =>
      (asOrder !== '' && normalizeInvoiceNumber(reference) === asOrder) ||
      lines.some(({ description }) => namesReference(description, reference)),
  );
  if (byValue.length > 0 || poNumber !== null || reading === null) return byValue.map(({ agreement }) => ({ agreement, reference: null }));
  return numbered.flatMap(({ agreement, reference }) => {
    const found = findReference(reference, reading);
    return found === null ? [] : [{ agreement, reference: found }];
  });
}

function coverBy(
  { invoice, claims }: CoverQuestion,
  { agreement, reference }: Meant,
  printed: readonly ServicePeriod[],
  bill: AgreementBill | null,
): Look {
  const others = claims.filter((claim) => claim.agreementId === agreement.id && claim.invoiceId !== invoice.id);
  const taken = others.filter(({ isAsked }) => isAsked !== true);
  const { issuedOn, gross } = invoice;
  const decided: PeriodDecision =
    bill === null ? decidePeriod({ agreement, issuedOn, gross, claims: others, printed }) : periodOf(agreement, bill);
  const periods = decided.kind === 'several' ? decided.periods : decided.kind === 'one' ? [decided.period] : [];
  const [period = null] = periods;
  const isOver = period !== null && agreement.validUntil !== null && period.expectedOn > agreement.validUntil;
  const bills = isOver ? [] : periods.map((one) => choiceOf(agreement, one));
  const amounts = checkAmount(agreement, periods, taken, invoice);
  const asked = decided.kind === 'several' ? [whichBill(agreement, decided, invoice)] : [];
  const times = [decided.kind === 'several' ? null : wrongTime(agreement, period, isOver, taken, invoice)].filter((one) => one !== null);
  // Which bill it is comes first: what is expected of it depends on that.
  const exceptions = asked.length > 0 ? asked : [...times, ...amounts];
  const [served] = printed;
  return {
    agreement,
    bills,
    isOver,
    hasBegun: period !== null,
    isWithin: amounts.length === 0,
    distance: distanceFrom(period?.amount ?? agreement.amount, gross),
    coverage: {
      agreementId: agreement.id,
      name: agreement.name,
      expectedOn: isOver || asked.length > 0 ? null : (period?.expectedOn ?? null),
      sentence: exceptions.length > 0 || period === null ? sentenceOf(exceptions) : coveredBy(agreement, period, reference, invoice),
      exceptions,
      ...(asked.length > 0 ? { bills } : {}),
      ...(printed.length === 1 && served !== undefined ? { servedFrom: served.from } : {}),
      ...(reference === null ? {} : { reference }),
    },
  };
}

/** What a person said, or what it holds: one bill, if the agreement has it. */
function periodOf(agreement: Agreement, { expectedOn }: AgreementBill): PeriodDecision {
  const period = periodAt(agreement, indexOn(agreement, expectedOn));
  return period?.expectedOn === expectedOn ? { kind: 'one', period } : { kind: 'before-first' };
}

function coveredBy(agreement: Agreement, period: AgreementPeriod, reference: PrintedReference | null, { gross }: Invoice): string {
  const where = reference === null ? '' : ` Its number “${reference.text}” stands ${placeOf(reference)}.`;
  return `Covered by the agreement “${agreement.name}”, ${period.label}: expected ${wordBand(agreement, period.amount)}, found ${describeMoney(gross)}.${where}`;
}

function placeOf({ page }: PrintedReference): string {
  return page === null ? 'in the data of the e-invoice' : `on page ${page}`;
}

const sentenceOf = (exceptions: readonly MatchException[]): string => exceptions.map(({ message }) => message).join(' ');
const choiceOf = ({ id, name }: Agreement, { expectedOn, label }: AgreementPeriod): BillChoice => ({
  agreementId: id,
  expectedOn,
  label: `${name}, ${label}`,
});

function whichBill(
  agreement: Agreement,
  { periods, why }: Extract<PeriodDecision, { readonly kind: 'several' }>,
  { issuedOn, gross }: Invoice,
): MatchException {
  const labels = periods.map((period) => period.label).join(' or ');
  const message = `${why} The invoice of ${issuedOn} over ${describeMoney(gross)} under “${agreement.name}” may be the one ${labels}${periods.length === 1 ? ', or one too many' : ''}.`;
  return { reason: 'agreement-bill', line: null, expected: labels, found: issuedOn, difference: null, message };
}

function askWhich(among: readonly Look[], { issuedOn, gross }: Invoice): AgreementCoverage {
  const bills = among.flatMap((look) => look.bills);
  const names = among.map(({ agreement }) => `“${agreement.name}”`).join(' or ');
  const message = `The invoice of ${issuedOn} over ${describeMoney(gross)} may be a bill under ${names}; nothing on it says which, or it is of several.`;
  const exception: MatchException = {
    reason: 'agreement-bill',
    line: null,
    expected: names,
    found: describeMoney(gross),
    difference: null,
    message,
  };
  const [first] = among;
  const agreementId = first?.agreement.id ?? '';
  return { agreementId, name: first?.agreement.name ?? '', expectedOn: null, sentence: message, exceptions: [exception], bills };
}

function wrongTime(
  { name, firstOn, validUntil }: Agreement,
  period: AgreementPeriod | null,
  isOver: boolean,
  taken: readonly AgreementClaim[],
  { issuedOn, gross }: Invoice,
): MatchException | null {
  const asked = `the invoice of ${issuedOn} asks ${describeMoney(gross)}`;
  const exception = { reason: 'agreement-period', line: null, found: issuedOn, difference: null } as const;
  if (period === null) {
    const message = `The first bill under “${name}” is expected on ${firstOn}, but ${asked} already. Is it too early?`;
    return { ...exception, expected: firstOn, message };
  }
  if (isOver)
    return { ...exception, expected: `until ${validUntil ?? ''}`, message: `“${name}” ended on ${validUntil ?? ''}, but ${asked}.` };
  const before = taken.find(({ expectedOn }) => expectedOn === period.expectedOn);
  if (before === undefined) return null;
  const message = `Invoice ${before.number} over ${describeMoney(before.gross)} is already the bill under “${name}”, ${period.label}; this would be a second one. Is it billed twice?`;
  return { ...exception, expected: `one bill, ${period.label}`, found: `${before.number} and this one`, message };
}
