import { add, describeMoney, formatMoney, groupThousands, subtract, sum, type Money } from '#domain/money';
import { normalizeInvoiceNumber } from '../find-duplicates.ts';
import type { Invoice, MatchException } from '../types.ts';
import { bandAround, type Agreement, type AgreementClaim } from './agreement.ts';
import { periodOn, type AgreementPeriod } from './periods.ts';

/** How an invoice without an order stands to what was agreed with its supplier. */
export interface AgreementCoverage {
  readonly agreementId: string;
  readonly name: string;
  /** Which bill of the agreement it is; null where it is none. */
  readonly expectedOn: string | null;
  /** One plain sentence: what covers it, or what does not. */
  readonly sentence: string;
  /** Empty: it is covered. */
  readonly exceptions: readonly MatchException[];
}

export interface CoverQuestion {
  readonly invoice: Invoice;
  /** Agreements with its supplier that a second person confirmed, ended ones too. */
  readonly agreements: readonly Agreement[];
  /** What other invoices took of these agreements before it. */
  readonly claims: readonly AgreementClaim[];
}

/**
 * Says under which agreement an invoice without an order is paid: one whose number is on the paper, else one whose day and
 * band it meets. Null where no agreement is about it, so that somebody is asked what it is for; a credit note never is.
 */
export function coverInvoice({ invoice, agreements, claims }: CoverQuestion): AgreementCoverage | null {
  if (invoice.kind !== 'invoice') return null;
  const own = agreements.filter(({ supplierId }) => supplierId === invoice.supplierId);
  const named = own.filter((agreement) => isNamed(agreement, invoice));
  // A number that is neither an order's nor an agreement's is for a person to explain.
  if (named.length === 0 && invoice.poNumber !== null) return null;
  const looked = (named.length > 0 ? named : own).map((agreement) => coverBy(agreement, invoice, claims));
  const meant = named.length > 0 ? looked : looked.filter(({ isOver, isWithin }) => !isOver || isWithin);
  const [best] = meant.toSorted(
    (one, other) =>
      one.coverage.exceptions.length - other.coverage.exceptions.length ||
      Number(one.distance - other.distance) ||
      one.coverage.agreementId.localeCompare(other.coverage.agreementId),
  );
  return best?.coverage ?? null;
}

function isNamed({ reference }: Agreement, { poNumber, lines }: Invoice): boolean {
  const wanted = reference === null ? '' : normalizeInvoiceNumber(reference);
  if (wanted === '') return false;
  if (poNumber !== null && normalizeInvoiceNumber(poNumber) === wanted) return true;
  // Shorter ones stand in any text by chance.
  return wanted.length >= 5 && lines.some(({ description }) => normalizeInvoiceNumber(description).includes(wanted));
}

interface Look {
  readonly coverage: AgreementCoverage;
  /** It ended before this invoice. */
  readonly isOver: boolean;
  readonly isWithin: boolean;
  /** From the expected amount, in minor units. */
  readonly distance: bigint;
}

function coverBy(agreement: Agreement, invoice: Invoice, claims: readonly AgreementClaim[]): Look {
  const period = periodOn(agreement, invoice.issuedOn);
  const isOver = period !== null && agreement.validUntil !== null && period.expectedOn > agreement.validUntil;
  const expected = period?.amount ?? agreement.amount;
  const isSameCurrency = expected.currency === invoice.gross.currency;
  const taken = claims.filter((claim) => claim.agreementId === agreement.id && claim.invoiceId !== invoice.id);
  const amounts = isSameCurrency
    ? [outsideBand(agreement, expected, invoice), overTotal(agreement, taken, invoice)]
    : [otherCurrency(agreement, expected, invoice)];
  const exceptions = [wrongTime(agreement, period, isOver, taken, invoice), ...amounts].filter((exception) => exception !== null);
  const difference = invoice.gross.minor - expected.minor;
  return {
    isOver,
    isWithin: amounts.every((exception) => exception === null),
    distance: difference < 0n ? -difference : difference,
    coverage: {
      agreementId: agreement.id,
      name: agreement.name,
      expectedOn: isOver ? null : (period?.expectedOn ?? null),
      sentence:
        exceptions.length > 0 || period === null
          ? exceptions.map(({ message }) => message).join(' ')
          : `Covered by the agreement “${agreement.name}”, ${period.label}: expected ${describeBand(agreement, expected)}, found ${describeMoney(invoice.gross)}.`,
      exceptions,
    },
  };
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

function outsideBand(agreement: Agreement, expected: Money, { gross }: Invoice): MatchException | null {
  const { lowest, highest } = bandAround(expected, agreement.band);
  if (gross.minor >= lowest.minor && gross.minor <= highest.minor) return null;
  const isMore = gross.minor > highest.minor;
  const apart = isMore ? subtract(gross, highest) : subtract(lowest, gross);
  const band = describeBand(agreement, expected);
  const message = `Under “${agreement.name}” ${band} is expected; ${describeMoney(gross)} is ${describeMoney(apart)} ${isMore ? 'more' : 'less'} than that.`;
  const difference = `${isMore ? '+' : '-'}${describeMoney(apart)}`;
  return { reason: 'agreement-amount', line: null, expected: band, found: describeMoney(gross), difference, message };
}

function overTotal({ name, total }: Agreement, taken: readonly AgreementClaim[], { gross }: Invoice): MatchException | null {
  if (total === null || total.currency !== gross.currency) return null;
  const before = sum(
    taken.filter((claim) => claim.gross.currency === gross.currency).map((claim) => claim.gross),
    gross.currency,
  );
  const all = add(before, gross);
  if (all.minor <= total.minor) return null;
  const over = describeMoney(subtract(all, total));
  const message = `“${name}” is over ${describeMoney(total)} in all. With ${describeMoney(before)} billed before, this invoice over ${describeMoney(gross)} makes ${describeMoney(all)}, ${over} too much.`;
  return {
    reason: 'agreement-amount',
    line: null,
    expected: describeMoney(total),
    found: describeMoney(all),
    difference: `+${over}`,
    message,
  };
}

function otherCurrency({ name }: Agreement, expected: Money, { gross }: Invoice): MatchException {
  const message = `“${name}” is agreed in ${expected.currency}, but the invoice asks ${describeMoney(gross)}.`;
  return { reason: 'agreement-amount', line: null, expected: expected.currency, found: gross.currency, difference: null, message };
}

/** `480.00–520.00 EUR`, or one amount where it must be met to the cent. */
function describeBand({ band }: Agreement, expected: Money): string {
  const { lowest, highest } = bandAround(expected, band);
  return lowest.minor === highest.minor ? describeMoney(expected) : `${groupThousands(formatMoney(lowest))}–${describeMoney(highest)}`;
}
