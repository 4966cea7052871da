import { DeskhandError, domainErrors } from '#domain/errors';

/** Monday is 1, Sunday is 7 (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

const MS_PER_DAY = 86_400_000;
const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** Whether the text is a real calendar day `YYYY-MM-DD`; 2026-02-30 is not. */
export function isCalendarDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && numberToDay(Date.parse(`${text}T00:00:00Z`) / MS_PER_DAY) === text;
}

/** @throws DH_DOMAIN_DATE_INVALID */
export function addDays(day: string, days: number): string {
  return numberToDay(dayToNumber(day) + days);
}

/** Whole days from one day to another, negative when `to` is earlier. @throws DH_DOMAIN_DATE_INVALID */
export function daysBetween(from: string, to: string): number {
  return dayToNumber(to) - dayToNumber(from);
}

/** @throws DH_DOMAIN_DATE_INVALID */
export function weekdayOf(day: string): Weekday {
  // 1970-01-01 was a Thursday.
  const sinceMonday = (((dayToNumber(day) + 3) % 7) + 7) % 7;
  return weekdays[sinceMonday] ?? 1;
}

/** `Saturday`, for sentences. @throws DH_DOMAIN_DATE_INVALID */
export function weekdayName(day: string): string {
  return names[weekdayOf(day) - 1] ?? '';
}

function dayToNumber(day: string): number {
  if (!isCalendarDay(day)) {
    throw new DeskhandError(domainErrors.dateInvalid, `"${day.slice(0, 20)}" is not a calendar day. Write it like 2026-03-31.`);
  }
  return Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY;
}

function numberToDay(number: number): string {
  const date = new Date(number * MS_PER_DAY);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}
