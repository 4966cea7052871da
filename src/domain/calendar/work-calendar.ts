import { DeskhandError, domainErrors } from '#domain/errors';
import type { Weekday } from './calendar-days.ts';

/** A day on which nobody is expected to work. */
export interface Holiday {
  readonly day: string;
  readonly name: string;
}

/** When an office works, as data that an organization may change. */
export interface WorkingWeek {
  readonly workdays: readonly Weekday[];
  /** `HH:MM` on the clock of the place; `closesAt` is later. */
  readonly opensAt: string;
  readonly closesAt: string;
}

/** When one person, or an office, works: the week, the holidays and the clock of the place. */
export interface WorkCalendar {
  readonly week: WorkingWeek;
  /** IANA name. */
  readonly timeZone: string;
  /** All of one year, always the same. */
  readonly holidays: (year: number) => readonly Holiday[];
}

export const usualWeek: WorkingWeek = { workdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' };

/** @throws DH_DOMAIN_DATE_INVALID */
export function minuteOfDay(time: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined)
    throw new DeskhandError(domainErrors.dateInvalid, `"${time.slice(0, 20)}" is not a time of day. Write it like 09:00.`);
  return Number(hours) * 60 + Number(minutes);
}
