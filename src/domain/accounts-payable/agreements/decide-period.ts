import { daysBetween } from '#domain/calendar';
import type { Money } from '#domain/money';
import { isWithinBand, type Agreement, type AgreementClaim } from './agreement.ts';
import { indexOfStretch, indexOn, periodAt, type AgreementPeriod } from './periods.ts';
import type { ServicePeriod } from './service-period.ts';

/** Which bill of an agreement an invoice is: one, none yet, or several that it could be, of which a person says one. */
export type PeriodDecision =
  | { readonly kind: 'one'; readonly period: AgreementPeriod }
  | { readonly kind: 'before-first' }
  | { readonly kind: 'several'; readonly periods: readonly AgreementPeriod[]; readonly why: string };

interface PeriodQuestion {
  readonly agreement: Agreement;
  readonly issuedOn: string;
  readonly gross: Money;
  /** Of this agreement, by other invoices. */
  readonly claims: readonly AgreementClaim[];
  readonly printed: readonly ServicePeriod[];
}

/** A day in a month has up to 31, so that one month and a half is surely more than one bill's. */
const monthDays = 31;

/**
 * Finds the bill by what the paper says it is for, else by its day and by which bills are still missing. Bills come late by
 * up to one period: while the one before is missing, the day alone does not tell a late bill from one in time.
 *
 * What the paper says is counted as it was for the last bill that said something: electricity of January is February's bill,
 * rent of January January's. Until one has shown it, the paper must agree with the day.
 */
export function decidePeriod(question: PeriodQuestion): PeriodDecision {
  const { agreement, issuedOn, printed } = question;
  const byDay = indexOn(agreement, issuedOn);
  const named = indexesNamed(question);
  if (named.length > 1 || printed.some((period) => isOfSeveral(agreement, period))) {
    const said = printed.map(({ text }) => `“${text}”`).join(' and ');
    return several(question, [...named, byDay - 1, byDay], `The paper is for ${said}, which is more than one bill.`);
  }
  const [said] = named;
  return said === undefined ? decideByDay(question, byDay) : decideByPaper(question, { byDay, said });
}

function decideByPaper(question: PeriodQuestion, { byDay, said }: { readonly byDay: number; readonly said: number }): PeriodDecision {
  const { agreement, printed, issuedOn } = question;
  const period = periodAt(agreement, said);
  const isKnown = offsetOf(question) !== null;
  // A bill that was due before the agreement counted may have been paid long ago.
  const counts = said >= byDay || (period !== null && period.expectedOn >= agreement.countsFrom);
  if (period !== null && counts && (said === byDay || (isKnown && Math.abs(said - byDay) === 1))) return { kind: 'one', period };
  const why = `The paper is for “${printed[0]?.text ?? ''}”, but the invoice is of ${issuedOn}.`;
  return several(question, [said, byDay], why);
}

function decideByDay(question: PeriodQuestion, byDay: number): PeriodDecision {
  const { agreement, claims, gross } = question;
  const [before, own] = [periodAt(agreement, byDay - 1), periodAt(agreement, byDay)];
  if (own === null) return { kind: 'before-first' };
  const isMissing =
    before !== null && before.expectedOn >= agreement.countsFrom && !claims.some(({ expectedOn }) => expectedOn === before.expectedOn);
  if (!isMissing) return { kind: 'one', period: own };
  // Instalments of a plan may differ so much that the amount tells them apart.
  const fitting = agreement.rhythm.unit === 'dates' ? [before, own].filter(({ amount }) => isWithinBand(agreement, amount, gross)) : [];
  const [fits] = fitting;
  if (fits !== undefined && fitting.length === 1) return { kind: 'one', period: fits };
  const taken = claims.find(({ expectedOn, isAsked }) => expectedOn === own.expectedOn && isAsked !== true);
  const isOver = agreement.validUntil !== null && own.expectedOn > agreement.validUntil;
  const ended = isOver ? `, and “${agreement.name}” ended on ${agreement.validUntil ?? ''}` : '';
  const also = taken === undefined ? ended : `, and invoice ${taken.number} is the one ${own.label}`;
  return several(question, [byDay - 1, byDay], `The bill ${before.label} has not come${also}.`);
}

/** Offers those of them that exist and are free; where none is, the day alone decides, and a second bill is asked about as such. */
function several({ agreement, claims, issuedOn }: PeriodQuestion, indexes: readonly number[], why: string): PeriodDecision {
  const taken = new Set(claims.filter(({ isAsked }) => isAsked !== true).map(({ expectedOn }) => expectedOn));
  const periods = [...new Set(indexes)]
    .toSorted((one, other) => one - other)
    .flatMap((index) => periodAt(agreement, index) ?? [])
    .filter(({ expectedOn }) => !taken.has(expectedOn) && (agreement.validUntil === null || expectedOn <= agreement.validUntil));
  if (periods.length > 0) return { kind: 'several', periods, why };
  const own = periodAt(agreement, indexOn(agreement, issuedOn));
  return own === null ? { kind: 'before-first' } : { kind: 'one', period: own };
}

/** Which bills the paper names, without repeats. */
function indexesNamed(question: PeriodQuestion): number[] {
  const { agreement, printed } = question;
  const offset = offsetOf(question) ?? 0;
  const stretches = printed.map(({ from }) => indexOfStretch(agreement, from));
  return [...new Set(stretches.flatMap((index) => (index === null ? [] : [index + offset])))];
}

/** How many bills after the one whose stretch it names the last such bill was; null where none has named one. */
function offsetOf({ agreement, claims }: PeriodQuestion): number | null {
  const last = claims
    .filter(({ servedFrom = null }) => servedFrom !== null)
    .toSorted((one, other) => one.expectedOn.localeCompare(other.expectedOn))
    .at(-1);
  if (last?.servedFrom == null) return null;
  const served = indexOfStretch(agreement, last.servedFrom);
  return served === null ? null : indexOn(agreement, last.expectedOn) - served;
}

function isOfSeveral({ rhythm }: Agreement, { from, to }: ServicePeriod): boolean {
  if (rhythm.unit === 'dates') return false;
  const days = rhythm.unit === 'months' ? rhythm.every * monthDays : rhythm.every;
  return daysBetween(from, to) + 1 > days * 1.5;
}
