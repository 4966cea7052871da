import type { Clock } from '#domain/ports';

/** The day it is where the office's server stands: a discount ends at midnight there, not in Greenwich. */
export function todayOf(clock: Clock): string {
  const now = clock.now();
  const twoDigits = (part: number): string => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
}
