import { addDays } from './calendar-days.ts';
import { addBusinessDays, closingTime, openingTime, whyClosed } from './business-days.ts';
import { dayIn } from './local-time.ts';
import type { WorkCalendar } from './work-calendar.ts';

/** Time during working hours between two instants, in milliseconds; 0 when `to` is earlier. */
export function businessMsBetween(calendar: WorkCalendar, from: Date, to: Date): number {
  let total = 0;
  const last = dayIn(calendar.timeZone, to);
  for (let day = dayIn(calendar.timeZone, from); day <= last; day = addDays(day, 1)) {
    if (whyClosed(calendar, day) !== null) continue;
    const start = Math.max(openingTime(calendar, day).getTime(), from.getTime());
    const end = Math.min(closingTime(calendar, day).getTime(), to.getTime());
    total += Math.max(0, end - start);
  }
  return total;
}

/**
 * The instant at which so much working time has passed. Nothing to pass leaves the instant as it is, also at night.
 *
 * @throws DH_DOMAIN_CALENDAR_CLOSED when the calendar has no open day within two years.
 */
export function addBusinessMs(calendar: WorkCalendar, from: Date, ms: number): Date {
  let left = ms;
  let at = from;
  while (left > 0) {
    const today = dayIn(calendar.timeZone, at);
    const day = addBusinessDays(calendar, today, 0);
    const start = Math.max(openingTime(calendar, day).getTime(), at.getTime());
    const end = closingTime(calendar, day).getTime();
    if (start + left <= end) return new Date(start + left);
    left -= Math.max(0, end - start);
    at = openingTime(calendar, addDays(day, 1));
  }
  return at;
}
