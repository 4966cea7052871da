import type { GateFinding } from './gate.ts';
import { daysBetween, type PastInvoice } from './past-invoice.ts';
import { deviationsFrom, median } from './robust.ts';

/** Fewer are no rhythm. */
const fewestInvoices = 8;
/** A chance row of working days as long as this is rare enough. */
const fewestWorkingDays = 12;
/** A rhythm: the usual gap varies by no more than this share of itself. */
const steadyShare = 0.2;
const mostDeviations = 4;
/** Some suppliers date ahead to the end of the week. */
const daysAhead = 7;

/**
 * A day on which this supplier does not bill: much too soon in a steady rhythm, on a weekend for the first time, or dated
 * ahead.
 *
 * @param today - `YYYY-MM-DD`, the day the invoice came.
 */
export function unusualDateFinding(
  issuedOn: string,
  past: readonly PastInvoice[],
  context: { readonly today: string; readonly supplierName: string },
): GateFinding | null {
  const settled = past.filter((one) => one.isSettled).toSorted((one, other) => one.issuedOn.localeCompare(other.issuedOn));
  const { today, supplierName } = context;
  const finding = (expected: string, found: string, message: string): GateFinding => ({
    gate: 'unusual-date',
    severity: 'warn',
    expected,
    found,
    message,
  });
  if (daysBetween(today, issuedOn) > daysAhead)
    return finding(`${today} or before`, issuedOn, `The invoice is dated ${issuedOn}, ${daysBetween(today, issuedOn)} days from today.`);
  const soon = tooSoon(issuedOn, settled);
  if (soon !== null)
    return finding(
      `${soon.usual} days after the last one`,
      `${soon.days} days`,
      `${supplierName} bills about every ${soon.usual} days; this invoice is dated ${soon.days} ${soon.days === 1 ? 'day' : 'days'} after the last one.`,
    );
  if (settled.length >= fewestWorkingDays && isWeekend(issuedOn) && settled.every((one) => !isWeekend(one.issuedOn)))
    return finding('a working day', issuedOn, `The invoice is dated on a weekend, ${issuedOn}; none of the ${settled.length} before was.`);
  return null;
}

function tooSoon(issuedOn: string, settled: readonly PastInvoice[]): { readonly days: number; readonly usual: number } | null {
  const last = settled.findLast((one) => one.issuedOn <= issuedOn);
  if (settled.length < fewestInvoices || last === undefined) return null;
  const gaps = settled.slice(1).map((one, index) => daysBetween(settled[index]?.issuedOn ?? one.issuedOn, one.issuedOn));
  const usual = median(gaps);
  const isSteady = median(gaps.map((gap) => Math.abs(gap - usual))) <= steadyShare * usual && usual >= 5;
  const days = daysBetween(last.issuedOn, issuedOn);
  if (!isSteady || days * 2 >= usual || Math.min(...gaps) <= days) return null;
  return deviationsFrom(days, gaps, 1) < -mostDeviations ? { days, usual: Math.round(usual) } : null;
}

function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}
