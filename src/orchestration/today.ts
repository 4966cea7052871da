import type { Clock } from '#domain/ports';

/** The day it is where the office's server stands: a discount ends at midnight there, not in Greenwich. */
export function todayOf(clock: Clock): string {
  return dayOfOffice(clock.now());
}

/** The day it was there at a moment. */
export function dayOfOffice(moment: Date): string {
  const twoDigits = (part: number): string => String(part).padStart(2, '0');
  return `${moment.getFullYear()}-${twoDigits(moment.getMonth() + 1)}-${twoDigits(moment.getDate())}`;
}
