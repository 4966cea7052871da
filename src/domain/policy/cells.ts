import type { ColumnKind } from './columns.ts';

/** What a cell lets pass. Amounts are whole ten-thousandths (the finest minor unit of ISO 4217), both ends inclusive. */
export type Condition =
  | { readonly kind: 'any' }
  | { readonly kind: 'words'; readonly isNot: boolean; readonly values: readonly string[] }
  | { readonly kind: 'range'; readonly low: bigint | null; readonly high: bigint | null };

export type ParsedCell = { readonly condition: Condition } | { readonly fault: string };

const amountDecimals = 4;
const any: Condition = { kind: 'any' };
const number = String.raw`(\d{1,30}(?:\.\d{1,${amountDecimals}})?)`;
const interval = new RegExp(String.raw`^([[(])\s*${number}\s*\.\.\s*${number}\s*([\])])$`);
const comparison = new RegExp(String.raw`^(<=|>=|<|>|=|==)?\s*${number}$`);
const word = /"([^"]{1,80})"/g;
const wordList = /^"[^"]{1,80}"(\s*,\s*"[^"]{1,80}")*$/;
const negated = /^not\s*\(\s*(.+?)\s*\)$/;

/**
 * Reads one cell, in the part of the ZEN expression language that a person can check by eye: empty, `"EUR"`, `"a", "b"`,
 * `not("a", "b")`, `true`, `<= 2500`, `> 250 and <= 2500`, `[0..250]`, `(250..2500]`. Amounts are exact up to 30 digits.
 */
export function parseCell(text: string, column: ColumnKind): ParsedCell {
  const cell = text.trim();
  if (cell === '') return { condition: any };
  if (column.kind === 'flag') {
    return cell === 'true' || cell === 'false'
      ? { condition: { kind: 'words', isNot: false, values: [cell] } }
      : { fault: `${cell} is neither true nor false.` };
  }
  return column.kind === 'amount' ? parseAmounts(cell) : parseWords(cell, column.words);
}

/** Ten-thousandths of decimal text such as `2500` or `12.345`. */
export function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(amountDecimals, '0'));
}

/** The text of a scaled amount, without zeros that say nothing. */
export function unscaled(value: bigint): string {
  const digits = value.toString().padStart(amountDecimals + 1, '0');
  const fraction = digits.slice(-amountDecimals).replace(/0+$/, '');
  return digits.slice(0, -amountDecimals) + (fraction === '' ? '' : `.${fraction}`);
}

/** Whether the cell lets this value pass. */
export function holds(condition: Condition, value: string | bigint): boolean {
  if (condition.kind === 'any') return true;
  if (condition.kind === 'words') return typeof value === 'string' && condition.values.includes(value) !== condition.isNot;
  return (
    typeof value === 'bigint' && (condition.low === null || value >= condition.low) && (condition.high === null || value <= condition.high)
  );
}

/** Whether some value passes both; null words stand for a list without end. */
export function meet(left: Condition, right: Condition, words: readonly string[] | null): boolean {
  if (left.kind === 'any' || right.kind === 'any') return true;
  if (left.kind === 'range' && right.kind === 'range') {
    const low = larger(left.low, right.low);
    return low === null || ((left.high === null || low <= left.high) && (right.high === null || low <= right.high));
  }
  if (left.kind !== 'words' || right.kind !== 'words') return false;
  if (left.isNot && right.isNot && words === null) return true;
  const candidates = words ?? [...left.values, ...right.values];
  return candidates.some((value) => holds(left, value) && holds(right, value));
}

function parseWords(cell: string, known: readonly string[] | null): ParsedCell {
  const inner = negated.exec(cell)?.[1];
  const list = inner ?? cell;
  if (!wordList.test(list)) return { fault: `${cell} is not readable. Write words in quotes: "EUR" or "EUR", "CHF" or not("EUR").` };
  const values = [...new Set([...list.matchAll(word)].map((found) => found[1] ?? ''))];
  const unknown = known === null ? undefined : values.find((value) => !known.includes(value));
  if (unknown !== undefined) return { fault: `"${unknown}" is not known here. Known are ${known?.join(', ')}.` };
  const isNot = inner !== undefined;
  if (isNot && known?.every((value) => values.includes(value)) === true) return { fault: `${cell} lets nothing pass.` };
  return { condition: { kind: 'words', isNot, values } };
}

function parseAmounts(cell: string): ParsedCell {
  const between = interval.exec(cell);
  if (between !== null) {
    const [, open, low = '', high = '', close] = between;
    return range(scaled(low) + (open === '(' ? 1n : 0n), scaled(high) - (close === ')' ? 1n : 0n), cell);
  }
  let low: bigint | null = null;
  let high: bigint | null = null;
  for (const part of cell.split(/\s+and\s+/)) {
    const found = comparison.exec(part.trim());
    if (found === null)
      return { fault: `${cell} is no amount. Write it like <= 2500 or > 250 and <= 2500 or [0..250], with at most 4 decimals.` };
    const [, sign = '=', text = ''] = found;
    const value = scaled(text);
    if (!sign.startsWith('<')) low = larger(low, sign === '>' ? value + 1n : value);
    if (!sign.startsWith('>')) high = smaller(high, sign === '<' ? value - 1n : value);
  }
  return range(low, high, cell);
}

function range(low: bigint | null, high: bigint | null, cell: string): ParsedCell {
  if (low !== null && high !== null && low > high) return { fault: `${cell} lets no amount pass.` };
  return { condition: { kind: 'range', low, high } };
}

function larger(left: bigint | null, right: bigint | null): bigint | null {
  if (left === null || right === null) return left ?? right;
  return left > right ? left : right;
}

function smaller(left: bigint | null, right: bigint | null): bigint | null {
  if (left === null || right === null) return left ?? right;
  return left < right ? left : right;
}
