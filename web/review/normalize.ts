import { columnOf, isFigure, type FieldKey } from './field-names.ts';

/** What a person typed or clicked, as the server wants it: decimal text, ISO days, trimmed text; empty is null. */
export function normalize(key: FieldKey, typed: string): string | null {
  const text = typed.trim();
  if (text === '') return null;
  if (isFigure(key)) return normalizeFigure(text);
  const column = columnOf(key);
  if (column === 'issueDate' || column === 'dueDate') return normalizeDay(text);
  if (column === 'currency') return currencySigns[text] ?? text.toUpperCase();
  return column === 'iban' ? text.replaceAll(/\s/g, '').toUpperCase() : text;
}

const currencySigns: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP' };

/** `1.234,50 €`, `1,234.50` and `1 234,5` are numbers; the last separator with one or two digits after it is the decimal one. */
function normalizeFigure(text: string): string {
  const bare = text.replaceAll(/[^\d.,()-]/g, '');
  const isNegative = /^\(.*\)$/.test(bare) || bare.startsWith('-') || bare.endsWith('-');
  const digits = bare.replaceAll(/[()-]/g, '');
  if (!/\d/.test(digits)) return text;
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const tail = digits.length - last - 1;
  const separator = digits[last] ?? '';
  const isRepeated = last >= 0 && digits.indexOf(separator) !== last;
  const isThousands = isRepeated || (separator === ',' && tail === 3);
  const isDecimal = last >= 0 && !isThousands;
  const whole = (isDecimal ? digits.slice(0, last) : digits).replaceAll(/[.,]/g, '') || '0';
  return `${isNegative ? '-' : ''}${whole}${isDecimal && tail > 0 ? `.${digits.slice(last + 1)}` : ''}`;
}

/** `23.11.2026`, `23/11/26` and `2026-11-23`; what is no such day stays for the server to judge. */
function normalizeDay(text: string): string {
  const match = /^(\d{1,2})[./\s-](\d{1,2})[./\s-](\d{2}|\d{4})$/.exec(text);
  if (match === null) return text;
  const [, day = '', month = '', year = ''] = match;
  // 11/23/2026 can only be month first.
  const [d, m] = Number(month) > 12 ? [month, day] : [day, month];
  return `${year.length === 2 ? `20${year}` : year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
}
