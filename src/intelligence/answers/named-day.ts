import type { AnswerRules } from './rules/answer-rules.ts';

const dayMs = 86_400_000;
const twoWays = 'two ways';
const past = 'past';

/**
 * The day that a sentence names: a date, a weekday, tomorrow, next week (its Friday).
 *
 * @param sentence - lower case, without accents.
 * @param receivedOn - `YYYY-MM-DD`; what is named lies on this day or within the year after it.
 * @returns null where it names none, several, or one that reads two ways (`04/05`).
 */
export function namedDay(sentence: string, rules: AnswerRules, receivedOn: string): string | null {
  const days = new Set([...writtenDates(sentence, rules, receivedOn), ...spokenDays(sentence, rules, receivedOn)]);
  days.delete(past);
  const [only] = days;
  return days.size === 1 && only !== undefined && only !== twoWays ? only : null;
}

/** `12 December`, `12. Dezember 2026`, `December 12`, `12.12.`, `12/12/2026`, `2026-12-12`. */
function writtenDates(sentence: string, rules: AnswerRules, receivedOn: string): string[] {
  const found: string[] = [];
  for (const [index, name] of rules.months.entries()) {
    const pattern = new RegExp(
      String.raw`\b(\d{1,2})(?:\.|st|nd|rd|th|er)?\s+(?:de\s+|of\s+)?(?:${name})\b\.?(?:\s+(?:de\s+)?(\d{4}))?|\b(?:${name})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(\d{4}))?`,
      'g',
    );
    for (const match of sentence.matchAll(pattern)) {
      // The groups of the month's own name come between; digits are ours.
      const [day = '', year] = match.slice(1).filter((group) => group !== undefined && /^\d+$/.test(group));
      found.push(dateOf(Number(day), index + 1, year, receivedOn));
    }
  }
  for (const match of sentence.matchAll(/\b(\d{4})-(\d{2})-(\d{2})\b/g))
    found.push(dateOf(Number(match[3]), Number(match[2]), match[1], receivedOn));
  for (const match of sentence.matchAll(/(?<![\d.,/-])(\d{1,2})([./])(\d{1,2})(?:\2(\d{2,4})?)?(?![\d,%])/g)) {
    const [, day = '', point, month = '', year] = match;
    // `4.50` is an amount: with points, a date ends in one or in a year.
    if (point === '.' && year === undefined && !match[0].endsWith('.')) continue;
    const isTwoWays = point === '/' && rules.weekdays[0] === 'sunday' && Number(day) <= 12 && Number(month) <= 12 && day !== month;
    found.push(isTwoWays ? twoWays : dateOf(Number(day), Number(month), year, receivedOn));
  }
  return found;
}

/** Without a year, the next one of that date. A date that is past is none. */
function dateOf(day: number, month: number, year: string | undefined, receivedOn: string): string {
  const thisYear = Number(receivedOn.slice(0, 4));
  const named = year === undefined ? null : Number(year.length === 2 ? `20${year}` : year);
  for (const candidate of named === null ? [thisYear, thisYear + 1] : [named]) {
    const at = new Date(Date.UTC(candidate, month - 1, day));
    const text = at.toISOString().slice(0, 10);
    if (at.getUTCMonth() !== month - 1 || text < receivedOn) continue;
    // `1 October` in December is what was, not what comes next year.
    if (named === null && at.getTime() - Date.parse(receivedOn) > 200 * dayMs) continue;
    return text;
  }
  return past;
}

function spokenDays(sentence: string, rules: AnswerRules, receivedOn: string): string[] {
  const today = Date.parse(receivedOn);
  const weekday = new Date(today).getUTCDay();
  const after = (days: number): string => new Date(today + days * dayMs).toISOString().slice(0, 10);
  const fridayIn = (5 - weekday + 7) % 7;
  const isNextWeek = rules.nextWeek.test(sentence);
  const weekdays = rules.weekdays.flatMap((name, index) => {
    if (!new RegExp(`\\b${name}s?\\b`).test(sentence)) return [];
    const within = (index - weekday + 7) % 7 || 7;
    const untilMonday = (8 - weekday) % 7 || 7;
    return [after(isNextWeek ? untilMonday + ((index + 6) % 7) : within)];
  });
  if (weekdays.length > 0) return weekdays;
  return [
    ...(rules.today.test(sentence) ? [after(0)] : []),
    ...(rules.tomorrow.test(sentence) ? [after(1)] : []),
    ...(isNextWeek ? [after(((8 - weekday) % 7 || 7) + 4)] : []),
    ...(rules.thisWeek.test(sentence) ? [after(fridayIn)] : []),
  ];
}
