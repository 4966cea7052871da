import { addDays, daysBetween } from '#domain/calendar';
import type { Money } from '#domain/money';
import type { Agreement } from './agreement.ts';

/** One bill of an agreement: when it is expected, over how much, and what people call it. */
export interface AgreementPeriod {
  readonly expectedOn: string;
  readonly amount: Money;
  /** `June 2026`, `April to June 2026`, `due on 2026-06-15`. */
  readonly label: string;
}

/** Bills come before their day, by a quarter of the time between two of them; further ahead than this is early for any. */
const mostDaysAhead = 31;

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** The so-manieth bill, from 0; null where the plan has no such instalment. */
export function periodAt(agreement: Agreement, index: number): AgreementPeriod | null {
  const expectedOn = expectedDay(agreement, index);
  if (index < 0 || expectedOn === null) return null;
  const { rhythm, amount } = agreement;
  const own = rhythm.unit === 'dates' ? rhythm.instalments[index]?.amount : undefined;
  return { expectedOn, amount: own ?? amount, label: labelOf(agreement, expectedOn) };
}

/** The bill that a document of this day is: from a while before its expected day until the next one begins. Null before the first. */
export function periodOn(agreement: Agreement, day: string): AgreementPeriod | null {
  return periodAt(agreement, indexOn(agreement, day));
}

/** Which bill, from 0, a document of this day would be by its day alone; -1 before the first. */
export function indexOn(agreement: Agreement, day: string): number {
  for (let index = latestIndex(agreement, day); index >= 0; index -= 1) {
    const period = periodAt(agreement, index);
    if (period !== null && opensOn(agreement, index, period.expectedOn) <= day) return index;
  }
  return -1;
}

/** Which bill, from 0, falls into the stretch of months or days that begins around this day; null for a plan with dates of its own. */
export function indexOfStretch({ rhythm, firstOn }: Agreement, from: string): number | null {
  if (rhythm.unit === 'dates') return null;
  const apart = rhythm.unit === 'months' ? monthNumber(from) - monthNumber(firstOn) : daysBetween(firstOn, from);
  return Math.floor(apart / rhythm.every);
}

/** Bills expected up to a day, the latest first; endless ones are cut at `limit`. */
export function periodsUntil(agreement: Agreement, day: string, limit: number): AgreementPeriod[] {
  const found: AgreementPeriod[] = [];
  for (let index = latestIndex(agreement, day); index >= 0 && found.length < limit; index -= 1) {
    const period = periodAt(agreement, index);
    if (period !== null && period.expectedOn <= day) found.push(period);
  }
  return found;
}

/** So many calendar months later; the 31st becomes the last day of a shorter month. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const target = year * 12 + month - 1 + count;
  const first = new Date(Date.UTC(Math.floor(target / 12), target % 12, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date, last))).toISOString().slice(0, 10);
}

/** Last day of so many months that begin on a first. */
export function lastDayOf(first: string, months: number): string {
  return addDays(addMonths(first, months), -1);
}

function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

function expectedDay({ rhythm, firstOn }: Agreement, index: number): string | null {
  if (rhythm.unit === 'dates') return rhythm.instalments[index]?.dueOn ?? null;
  return rhythm.unit === 'months' ? addMonths(firstOn, index * rhythm.every) : addDays(firstOn, index * rhythm.every);
}

/** No bill after this one can be meant by the day. */
function latestIndex({ rhythm, firstOn }: Agreement, day: string): number {
  if (rhythm.unit === 'dates') return rhythm.instalments.length - 1;
  const ahead = daysBetween(firstOn, day) + mostDaysAhead;
  // No month has fewer days than 28, so that this is never too low.
  return Math.floor(ahead / (rhythm.unit === 'months' ? rhythm.every * 28 : rhythm.every));
}

function opensOn(agreement: Agreement, index: number, expectedOn: string): string {
  const before = expectedDay(agreement, index - 1);
  const after = expectedDay(agreement, index + 1);
  const gap = before !== null ? daysBetween(before, expectedOn) : after !== null ? daysBetween(expectedOn, after) : 4 * mostDaysAhead;
  return addDays(expectedOn, -Math.min(mostDaysAhead, Math.floor(gap / 4)));
}

function labelOf({ rhythm }: Agreement, expectedOn: string): string {
  if (rhythm.unit !== 'months') return `due on ${expectedOn}`;
  if (rhythm.every === 1) return monthOf(expectedOn);
  const last = addMonths(expectedOn, rhythm.every - 1);
  const from = monthOf(expectedOn);
  return `${last.slice(0, 4) === expectedOn.slice(0, 4) ? (from.split(' ')[0] ?? from) : from} to ${monthOf(last)}`;
}

function monthOf(day: string): string {
  return `${months[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)}`;
}
