import type { Money } from '../../src/interfaces/api/contract.ts';

const MS_PER_DAY = 86_400_000;
const figures = new Map<number, Intl.NumberFormat>();
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayWithYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** `1,234.50`; keeps the number of decimals of the text. What is no number stays as it is. */
export function sayFigure(text: string): string {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) return text;
  const decimals = text.split('.')[1]?.length ?? 0;
  const format =
    figures.get(decimals) ?? new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  figures.set(decimals, format);
  return format.format(value);
}

/** As a figure, with two decimals or more: `229.00`, `0.1875`. */
export function sayPrice(text: string): string {
  const decimals = text.split('.')[1]?.length ?? 0;
  return sayFigure(/^-?\d+(\.\d+)?$/.test(text) && decimals < 2 ? Number(text).toFixed(2) : text);
}

export function sayMoney(money: Money): string {
  return `${sayFigure(money.amount)} ${money.currency}`;
}

/** Several currencies are never added up: `18,412.55 EUR and 959.84 USD`. */
export function saySums(sums: readonly Money[]): string {
  return sums.length === 0 ? '0.00' : sums.map(sayMoney).join(' and ');
}

/** One sum per currency. */
export function sumByCurrency(amounts: readonly Money[]): Money[] {
  const cents = new Map<string, number>();
  for (const { amount, currency } of amounts) cents.set(currency, (cents.get(currency) ?? 0) + Math.round(Number(amount) * 10_000));
  return [...cents].map(([currency, sum]) => ({ amount: (sum / 10_000).toFixed(2), currency }));
}

export function sayDay(day: string | null): string {
  if (day === null) return '–';
  const date = new Date(`${day}T12:00:00`);
  if (Number.isNaN(date.getTime())) return day;
  return date.getFullYear() === new Date().getFullYear() ? dayOfYear.format(date) : dayWithYear.format(date);
}

export function sayInstant(instant: string): string {
  const date = new Date(instant);
  return `${sayDay(localDay(date))}, ${clock.format(date)}`;
}

/** `just now`, `12 min`, `3 h`, `4 days`. */
export function sayAge(instant: string): string {
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(instant)) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 60 * 24) return `${Math.floor(minutes / 60)} h`;
  return plural(Math.floor(minutes / 60 / 24), 'day');
}

export function daysUntil(day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${localDay(new Date())}T00:00:00Z`)) / MS_PER_DAY);
}

/** `overdue by 3 days`, `due today`, `due in 5 days`, `due 12 Jan`. */
export function sayDue(day: string): string {
  const days = daysUntil(day);
  if (days < -60) return `overdue by ${plural(Math.round(-days / 30), 'month')}`;
  if (days < 0) return `overdue by ${plural(-days, 'day')}`;
  if (days === 0) return 'due today';
  if (days === 1) return 'due tomorrow';
  return days <= 14 ? `due in ${days} days` : `due ${sayDay(day)}`;
}

export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : many}`;
}

export function saySize(bytes: number): string {
  if (bytes < 1024) return plural(bytes, 'byte');
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Groups of four, as on a bank card. */
export function sayIban(iban: string): string {
  return iban.replaceAll(/\s/g, '').replaceAll(/(.{4})(?=.)/g, '$1 ');
}

function localDay(date: Date): string {
  return [date.getFullYear(), String(date.getMonth() + 1).padStart(2, '0'), String(date.getDate()).padStart(2, '0')].join('-');
}

/** Whether the instant lies after now. */
export function isStillAhead(instant: string): boolean {
  return Date.parse(instant) > Date.now();
}
