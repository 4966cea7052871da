import { addDays } from '#domain/calendar';
import type { Agreement } from './agreement.ts';
import { periodsUntil, type AgreementPeriod } from './periods.ts';

/** Who still waits for older ones has other means; a list of them all would hide the last. */
const mostListed = 12;

/**
 * Bills of an agreement that should have come by now, the latest first.
 *
 * @param seen.arrivedFor - expected days of bills that came, whether or not something about them is still in question.
 */
export function missingBills(
  agreement: Agreement,
  seen: { readonly arrivedFor: readonly string[]; readonly today: string; readonly graceDays: number },
): AgreementPeriod[] {
  const due = periodsUntil(agreement, addDays(seen.today, -seen.graceDays - 1), mostListed);
  return due.filter(
    ({ expectedOn }) =>
      expectedOn >= agreement.countsFrom &&
      (agreement.validUntil === null || expectedOn <= agreement.validUntil) &&
      !seen.arrivedFor.includes(expectedOn),
  );
}
