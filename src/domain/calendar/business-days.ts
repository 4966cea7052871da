import { DeskhandError, domainErrors } from '#domain/errors';
import { addDays, daysBetween, weekdayName, weekdayOf } from './calendar-days.ts';
import { instantOf } from './local-time.ts';
import { minuteOfDay, type WorkCalendar } from './work-calendar.ts';

// Two years without one open day is a mistake in the calendar, not a long holiday.
const longestClosure = 732;

interface KnownDay {
  readonly why: string | null;
  readonly opens: Date;
  readonly closes: Date;
}

// Lists ask the same few days of one calendar hundreds of times.
const knownDays = new WeakMap<WorkCalendar, Map<string, KnownDay>>();

function lookUp(calendar: WorkCalendar, day: string): KnownDay {
  const days = knownDays.get(calendar) ?? new Map<string, KnownDay>();
  knownDays.set(calendar, days);
  const known = days.get(day) ?? {
    why: findReason(calendar, day),
    opens: instantOf(calendar.timeZone, day, minuteOfDay(calendar.week.opensAt)),
    closes: instantOf(calendar.timeZone, day, minuteOfDay(calendar.week.closesAt)),
  };
  days.set(day, known);
  return known;
}

/** Why nobody works on this day, in words; null on a business day. */
export function whyClosed(calendar: WorkCalendar, day: string): string | null {
  return lookUp(calendar, day).why;
}

function findReason(calendar: WorkCalendar, day: string): string | null {
  if (!calendar.week.workdays.includes(weekdayOf(day))) return weekdayName(day);
  return calendar.holidays(Number(day.slice(0, 4))).find((holiday) => holiday.day === day)?.name ?? null;
}

/**
 * The day that is `count` business days later: 0 is the day itself, or the next one that is open; a Friday plus one is
 * Monday. Negative counts go back.
 *
 * @throws DH_DOMAIN_CALENDAR_CLOSED when the calendar has no open day within two years.
 */
export function addBusinessDays(calendar: WorkCalendar, day: string, count: number): string {
  const step = count < 0 ? -1 : 1;
  let current = count === 0 ? nextOpen(calendar, day, step) : day;
  for (let left = Math.abs(count); left > 0; left -= 1) current = nextOpen(calendar, addDays(current, step), step);
  return current;
}

/** Business days after `from` up to and including `to`; negative when `to` is earlier. A Friday to Monday is 1. */
export function businessDaysBetween(calendar: WorkCalendar, from: string, to: string): number {
  if (to < from) return -businessDaysBetween(calendar, to, from);
  return Array.from({ length: daysBetween(from, to) }, (_, index) => addDays(from, index + 1)).filter(
    (day) => whyClosed(calendar, day) === null,
  ).length;
}

/** When the office opens on this day, whether or not it is a business day. */
export function openingTime(calendar: WorkCalendar, day: string): Date {
  return lookUp(calendar, day).opens;
}

/** When the office closes on this day: what is due on a day is due by then. */
export function closingTime(calendar: WorkCalendar, day: string): Date {
  return lookUp(calendar, day).closes;
}

function nextOpen(calendar: WorkCalendar, from: string, step: 1 | -1): string {
  let day = from;
  for (let tried = 0; whyClosed(calendar, day) !== null; tried += 1) {
    if (tried === longestClosure)
      throw new DeskhandError(domainErrors.calendarClosed, `The calendar has no open day within two years of ${from}. Correct its week.`);
    day = addDays(day, step);
  }
  return day;
}
