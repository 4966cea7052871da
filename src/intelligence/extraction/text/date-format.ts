/** Order of the parts in `03/04/2024` on this document. */
export type DateOrder = 'day-first' | 'month-first';

/** A date as printed, before it is known which number is the month. */
export interface PrintedDate {
  readonly start: number;
  readonly end: number;
  readonly year: number;
  /** Both orders when the print leaves it open: then `month` is the second part. */
  readonly first: number;
  readonly second: number;
  readonly order: DateOrder | 'open';
  /** `20240715`: a date only where a label says so. */
  readonly isCompact: boolean;
  /** Whether the year was printed with four digits. */
  readonly isFullYear: boolean;
}

/** Months by how they begin, in eight languages, accents off. `mar` is March in all of them; `jui` alone is not taken. */
const monthStarts: readonly (readonly string[])[] = [
  ['jan', 'ene', 'gen', 'sty'],
  ['feb', 'fev', 'lut'],
  ['mar', 'maa', 'mrt', 'mae', 'mrz'],
  ['apr', 'avr', 'abr', 'kwi'],
  ['may', 'mai', 'mag', 'mei', 'maj'],
  ['jun', 'juin', 'giu', 'cze'],
  ['jul', 'juil', 'lug', 'lip'],
  ['aug', 'aou', 'ago', 'sie'],
  ['sep', 'set', 'wrz'],
  ['oct', 'okt', 'ott', 'out', 'paz'],
  ['nov', 'lis'],
  ['dec', 'dez', 'dic', 'des', 'gru'],
];
const monthNames =
  'january february march april may june july august september sept october november december januar jaenner januari februar februari marz maerz maert maart mei mai juni juin juli juil juillet augustus oktober dezember dezembro janvier fevrier mars avril aout septembre octobre novembre decembre enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre dicembre janeiro fevereiro marco maio junho julho setembro outubro novembro styczen stycznia luty lutego marca marzec kwiecien kwietnia maj maja czerwiec czerwca lipiec lipca sierpien sierpnia wrzesien wrzesnia pazdziernik pazdziernika listopad listopada grudzien grudnia'.split(
    ' ',
  );

/** The month from 1 that a folded word names, also shortened, or null. */
export function monthOf(word: string): number | null {
  const bare = word.replaceAll(/[^a-z]/g, '');
  if (bare.length < 3) return null;
  if (bare.length > 4 && !monthNames.some((name) => name === bare || (name.startsWith(bare) && bare.length >= 4))) return null;
  const index = monthStarts.findIndex((starts) => starts.some((start) => bare.startsWith(start)));
  if (index < 0 || (bare.length <= 4 && bare.length > 3 && !monthNames.some((name) => name.startsWith(bare)))) return null;
  return index + 1;
}

const year = String.raw`(?<year>(?:19|20)\d{2}|\d{2})`;
const patterns: readonly { readonly expression: RegExp; readonly kind: 'year-first' | 'compact' | 'numeric' | 'day-name' | 'name-day' }[] =
  [
    {
      kind: 'year-first',
      expression:
        /(?<![\d.,/-])(?<year>(?:19|20)\d{2})\s?(?<mark>[-/.])\s?(?<first>\d{1,2})\s?\k<mark>\s?(?<second>\d{1,2})(?!\d(?!\d?:\d{2})|[-/.]\d)/g,
    },
    { kind: 'compact', expression: /(?<![\w.,/-])(?<year>20\d{2})(?<first>0[1-9]|1[0-2])(?<second>0[1-9]|[12]\d|3[01])(?![\w/-]|[.,]\d)/g },
    {
      kind: 'numeric',
      expression: new RegExp(
        String.raw`(?<![\d.,/-])(?<first>\d{1,2})\s?(?<mark>[-/.])\s?(?<second>\d{1,2})\s?\k<mark>\s?${year}(?!\d(?!\d?:\d{2})|[-/.,]\d)`,
        'g',
      ),
    },
    {
      kind: 'day-name',
      expression: new RegExp(
        String.raw`(?<![\d.,/])(?<first>\d{1,2})(?:st|nd|rd|th|er|\.|o|a)?[\s/.-]{0,3}(?:de |of |d')?\s?(?<name>[a-z]{3,12})\.?(?:\s?,)?[\s/.'-]{0,3}(?:de |del )?${year}(?!\d|[.,]\d)`,
        'g',
      ),
    },
    {
      kind: 'name-day',
      expression: new RegExp(
        String.raw`(?<![a-z])(?<name>[a-z]{3,12})\.?[\s/.-]{0,3}(?<first>\d{1,2})(?:st|nd|rd|th)?\s?[\s,./'-]{1,3}\s?(?<year>(?:19|20)\d{2}|(?<=[/'-])\d{2})(?!\d|[.,]\d)`,
        'g',
      ),
    },
  ];

/** All dates in a folded text, in order, not overlapping. */
export function findDates(folded: string): PrintedDate[] {
  if (!/\d/.test(folded)) return [];
  const found: PrintedDate[] = [];
  for (const { kind, expression } of patterns) {
    for (const match of folded.matchAll(expression)) {
      const date = fromMatch(match, kind);
      if (date !== null && found.every((other) => date.end <= other.start || date.start >= other.end)) found.push(date);
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

function fromMatch(match: RegExpMatchArray, kind: (typeof patterns)[number]['kind']): PrintedDate | null {
  const { year: yearText = '', first = '', second = '', name = '', mark = '' } = match.groups ?? {};
  const start = match.index ?? 0;
  const place = {
    start,
    end: start + match[0].length,
    year: fullYear(yearText),
    isFullYear: yearText.length === 4,
    isCompact: kind === 'compact',
  };
  if (kind === 'year-first' || kind === 'compact')
    return checked({ ...place, first: Number(second), second: Number(first), order: 'day-first' });
  if (kind === 'numeric') {
    const date: PrintedDate = {
      ...place,
      first: Number(first),
      second: Number(second),
      order: orderOf(Number(first), Number(second), mark),
    };
    return checked(date);
  }
  const month = monthOf(name);
  return month === null ? null : checked({ ...place, first: Number(first), second: month, order: 'day-first' });
}

/** Points mean day first everywhere; a part over 12 is a day; the rest is open. */
function orderOf(first: number, second: number, mark: string): PrintedDate['order'] {
  if (first > 12 || mark === '.') return 'day-first';
  return second > 12 ? 'month-first' : first === second ? 'day-first' : 'open';
}

function checked(date: PrintedDate): PrintedDate | null {
  const possible = date.order === 'month-first' ? isDay(date.year, date.first, date.second) : isDay(date.year, date.second, date.first);
  return possible || (date.order === 'open' && isDay(date.year, date.first, date.second)) ? date : null;
}

function isDay(yearNumber: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(yearNumber, month, 0)).getUTCDate();
}

function fullYear(text: string): number {
  if (text.length === 4) return Number(text);
  return Number(text) > 60 ? 1900 + Number(text) : 2000 + Number(text);
}

/** The date as `YYYY-MM-DD` when the open ones are read in this order. */
export function isoFrom(date: PrintedDate, order: DateOrder): string {
  const actual = date.order === 'open' ? order : date.order;
  const [day, month] = actual === 'day-first' ? [date.first, date.second] : [date.second, date.first];
  const [safeDay, safeMonth] = month > 12 ? [month, day] : [day, month];
  return `${date.year}-${String(safeMonth).padStart(2, '0')}-${String(safeDay).padStart(2, '0')}`;
}

/**
 * Decides between day first and month first for the whole document: by its own dates that leave no doubt, else by the habit
 * of the place (`usual`). Says whether the document itself proved it.
 */
export function decideDateOrder(
  dates: readonly PrintedDate[],
  usual: DateOrder,
): { readonly order: DateOrder; readonly isProven: boolean } {
  const slashed = dates.filter((date) => date.order === 'month-first' || date.order === 'day-first');
  const monthFirst = slashed.filter((date) => date.order === 'month-first').length;
  if (monthFirst > 0) return { order: 'month-first', isProven: true };
  const dayFirst = slashed.some((date) => date.first > 12 && date.second <= 12);
  // A written-out month says nothing about numbers; a day over 12 in front does when some date on the page is numeric.
  return dayFirst && dates.some((date) => date.order === 'open')
    ? { order: 'day-first', isProven: false }
    : { order: usual, isProven: false };
}
