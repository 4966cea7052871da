import type { Word } from '#domain/documents';
import type { Layout, Row } from '../layout.ts';
import { around, wordsBetween } from '../layout.ts';
import { decideDecimalMark, parseNumber } from '../text/number-format.ts';
import type { DecimalMark } from '../text/number-format.ts';
import type { Box } from '#domain/documents';

/** A number on the page that may be money, a quantity or a rate. */
export interface PrintedNumber {
  readonly row: Row;
  readonly words: readonly Word[];
  readonly box: Box;
  /** Offsets in the row's text. */
  readonly start: number;
  readonly end: number;
  /** Plain decimal text. */
  readonly value: string;
  readonly decimals: number;
  readonly isPercent: boolean;
  /** A currency sign or code stands by it. */
  readonly currency: string | null;
  readonly isNegative: boolean;
  /** A letter or unit is glued to it (`5kg`, `A12`): hardly money. */
  readonly isGlued: boolean;
}

export interface Numbers {
  readonly mark: DecimalMark;
  readonly all: readonly PrintedNumber[];
  readonly byRow: ReadonlyMap<number, readonly PrintedNumber[]>;
}

/** Signs before or after an amount. The dollar alone does not say whose dollar. */
export const currencySigns: Readonly<Record<string, string>> = {
  '€': 'EUR',
  $: 'USD',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  '₺': 'TRY',
  zł: 'PLN',
  zl: 'PLN',
  kr: 'SEK',
  rm: 'MYR',
  rs: 'INR',
  us$: 'USD',
  a$: 'AUD',
  c$: 'CAD',
  s$: 'SGD',
  hk$: 'HKD',
  r$: 'BRL',
  kč: 'CZK',
  ft: 'HUF',
  chf: 'CHF',
  'fr.': 'CHF',
  euro: 'EUR',
  euros: 'EUR',
  '₽': 'RUB',
  '₩': 'KRW',
  '₫': 'VND',
  '฿': 'THB',
  '₱': 'PHP',
  rp: 'IDR',
  idr: 'IDR',
};
const codes = 'eur|usd|gbp|chf|pln|sek|nok|dkk|czk|huf|ron|bgn|cad|aud|nzd|jpy|cny|inr|myr|sgd|hkd|brl|mxn|zar|try|aed|thb|idr';
const currencyBefore = new RegExp(
  String.raw`(?:^|[\s(:])(?<sign>us\$|a\$|c\$|s\$|hk\$|r\$|[€$£¥₹₺₽₩₫฿₱]|rm|rs\.?|chf|fr\.|zl|rp|${codes})\s?[-+\u2212]?\s?$`,
);
const currencyAfter = new RegExp(String.raw`^\s?(?<sign>[€$£¥₹₺₽₩₫฿₱]|euros?|zl|kr|kc|${codes})(?![a-z])`);

/** A run of digits with marks, and grouping by blanks or apostrophes when threes follow. */
const numberExpression =
  /(?<![\d.,])(?:(?<![^\s$£(-])\.\d{2}(?![\d.,])|\d{1,3}(?:[ '\u00a0]\d{3})+(?!\d)(?:[.,]\d{1,4})?|\d{1,6}\. \d{2}(?![\d.,])|\d[\d.,'’]*\d|\d)(?:,-|,--|\.-)?/g;

/** Finds every number, once the decimal mark of the document is decided; `usualMark` speaks where the numbers themselves do not. */
export function proposeNumbers(layout: Layout, usualMark: DecimalMark): Numbers {
  const tokens = layout.rows.flatMap((row) => [...row.text.matchAll(/(?<![\d.,/-])\d[\d.,']*\d(?![\d/-])/g)].map((match) => match[0]));
  const mark = decideDecimalMark(tokens, usualMark);
  const byRow = new Map<number, PrintedNumber[]>();
  for (const row of layout.rows) {
    const own = row.cells.flatMap((cell) => numbersIn(row, cell.start, cell.text, { mark, isOcr: layout.isOcr }));
    if (own.length > 0) byRow.set(row.index, own);
  }
  return { mark, byRow, all: [...byRow.values()].flat() };
}

/** How the document prints its numbers. */
interface Print {
  readonly mark: DecimalMark;
  readonly isOcr: boolean;
}

function numbersIn(row: Row, offset: number, text: string, print: Print): PrintedNumber[] {
  const found: PrintedNumber[] = [];
  for (const match of text.matchAll(numberExpression)) {
    const number = readNumber(row, { from: offset, to: offset + text.length }, offset + match.index, match[0], print);
    if (number !== null) found.push(number);
  }
  return found;
}

function readNumber(row: Row, cell: { from: number; to: number }, start: number, raw: string, print: Print): PrintedNumber | null {
  const trimmed = raw
    .replace(/(?<=\.) (?=\d\d$)/, '')
    .replace(/(?:,--?|\.-)$/, '')
    .replace(/[.,'’]+$/, '');
  const value = parseNumber(trimmed.replace(/^\./, '0.'), print.mark);
  if (value === null) return null;
  const end = start + raw.length;
  const before = row.folded.slice(Math.max(cell.from, start - 6), start);
  const after = row.folded.slice(end, Math.min(cell.to, end + 7));
  const isNegative =
    isMinusBefore(before) ||
    /^-(?!\s?\d)(?:\s|$|[€$£])/.test(after) ||
    (/\(\s?[€$£]?\s?$/.test(before) && /^\s?[€$£]?\s?\)/.test(after) && /[.,]\d\d$/.test(trimmed));
  const words = wordsBetween(row, start, end);
  const isZero = Number(value) === 0;
  // `S204.75`: OCR takes a dollar sign for an S.
  const isDollar = print.isOcr && /(?:^|[\s:])s$/.test(before) && /[.,]\d\d$/.test(trimmed);
  return {
    row,
    words,
    box: around(words),
    start,
    end,
    value: isNegative && !isZero ? `-${value}` : value,
    decimals: value.split('.')[1]?.length ?? 0,
    isPercent: /^\s?%/.test(after),
    currency: isDollar ? 'USD' : signOf(currencyBefore.exec(before)?.groups?.['sign'] ?? currencyAfter.exec(after)?.groups?.['sign']),
    isNegative: isNegative && !isZero,
    isGlued: isGluedTo(isDollar ? '' : before, after),
  };
}

/** A minus belongs to the number when nothing but a currency stands between and no digit or letter touches it from the left. */
function isMinusBefore(before: string): boolean {
  return /(?:^|[\s(:])[-\u2212]\s?(?:[€$£¥₹]|rm|eur|usd)?\s?$/.test(before);
}

function isGluedTo(before: string, after: string): boolean {
  const sticksLeft = /[\p{L}\d/_#-]$/u.test(before) && !/(?:^|[\s(:])(?:-|rm|rs|eur|usd|gbp|chf|us\$|x)$/.test(before);
  const sticksRight =
    /^(?:[\p{L}\d/_:]|-\p{L}|-\d)/u.test(after) && !/^(?:eur|usd|gbp|chf|euro|zl|kr|[a-z](?:\s|$)|sr\b|zr\b|x\b)/.test(after);
  return sticksLeft || sticksRight;
}

function signOf(sign: string | undefined): string | null {
  if (sign === undefined) return null;
  return currencySigns[sign] ?? currencySigns[sign.replace('.', '')] ?? sign.toUpperCase();
}

/** Whether the number looks like money: cents, or a currency beside it, and neither a rate nor part of a code. */
export function looksLikeMoney(number: PrintedNumber): boolean {
  if (number.isPercent || number.isGlued) return false;
  return number.decimals === 2 || number.currency !== null || (number.decimals === 3 && number.currency !== null);
}
