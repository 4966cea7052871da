/** Whole days, both ends included. */
export interface Period {
  /** As it was asked for. */
  readonly name: string;
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly until: string;
}

/**
 * The days of `2026`, `2026-Q4`, `2026-11`, `2026-11-30` or `2026-11-01..2026-11-15`.
 *
 * @returns null for anything else, days that do not exist and an end before its beginning.
 */
export function periodOf(name: string): Period | null {
  const [first = '', last = first, ...more] = name.split('..');
  const [start, end] = [daysOf(first), daysOf(last)];
  if (start === null || end === null || more.length > 0 || end.until < start.from) return null;
  return { name, from: start.from, until: end.until };
}

function daysOf(text: string): { readonly from: string; readonly until: string } | null {
  const [, year, quarter, month, day] = /^([1-9]\d{3})(?:-Q([1-4])|-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  if (year === undefined) return null;
  if (day !== undefined) return isDay(text) ? { from: text, until: text } : null;
  const first = quarter === undefined ? Number(month ?? 1) : Number(quarter) * 3 - 2;
  const last = quarter === undefined ? Number(month ?? 12) : first + 2;
  if (first < 1 || last > 12) return null;
  return { from: dayText(Number(year), first, 1), until: dayText(Number(year), last + 1, 0) };
}

function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return dayText(year, month, day) === text;
}

/** Day 0 is the last of the month before. */
function dayText(year: number, month: number, day: number): string {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.toISOString().slice(0, 10);
}
