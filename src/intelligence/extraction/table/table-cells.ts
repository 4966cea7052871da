import type { Box } from '#domain/documents';
import { horizontalOverlap } from '../layout.ts';
import type { Row } from '../layout.ts';
import type { Numbers, PrintedNumber } from '../propose/propose-amounts.ts';
import { looksLikeMoney } from '../propose/propose-amounts.ts';
import type { Band } from './table-bands.ts';
import type { Column } from './table-header.ts';
import type { Roles } from './table-roles.ts';

const numeric: ReadonlySet<Column['kind']> = new Set([
  'position',
  'quantity',
  'unitPrice',
  'discount',
  'taxRate',
  'taxAmount',
  'netAmount',
  'grossAmount',
  'unit',
  'other',
]);

/** Gives each free-standing number of a row the column that it lines up with, each column at most one. */
export function assignNumbers(row: Row, columns: readonly Column[], numbers: Numbers): Map<Column, PrintedNumber> {
  const offers: { number: PrintedNumber; column: Column; distance: number }[] = [];
  const worded = columns.filter(({ kind }) => !numeric.has(kind));
  for (const number of numbers.byRow.get(row.index) ?? []) {
    const isInText = worded.some(({ box }) => horizontalOverlap(number.box, box) > 0.5);
    for (const column of columns) {
      const { kind } = column;
      if (!numeric.has(kind) || !fits(row, number, kind)) continue;
      // What stands right under a head of words is no stray figure of another column.
      if (isInText && horizontalOverlap(number.box, column.box) <= 0) continue;
      const distance = misalignment(number.box, column.box);
      const reach = kind !== 'other' && kind !== 'unit' && isAlone(row, number) ? 7 * row.height : 1.6 * row.height;
      if (distance <= reach) offers.push({ number, column, distance: distance + unlikeness(number, kind) * row.height });
    }
  }
  const assigned = new Map<Column, PrintedNumber>();
  const taken = new Set<PrintedNumber>();
  for (const { number, column } of offers.toSorted((a, b) => a.distance - b.distance)) {
    if (taken.has(number) || assigned.has(column)) continue;
    taken.add(number);
    assigned.set(column, number);
  }
  return assigned;
}

/** `10Std` is a quantity and `12,50/h` a price; other numbers with letters stuck to them are neither. */
function fits(row: Row, number: PrintedNumber, kind: Column['kind']): boolean {
  if (number.isPercent) return kind === 'taxRate' || kind === 'discount' || kind === 'other';
  if ((kind === 'netAmount' || kind === 'grossAmount') && isAmidText(row, number)) return false;
  if (!number.isGlued) return true;
  const before = row.text.charAt(number.start - 1);
  const after = row.folded.slice(number.end);
  if (before.trim() !== '') return false;
  if (kind === 'quantity') return /^[a-z]{1,5}\.?(?:\s|$)/.test(after);
  return kind === 'unitPrice' && /^\s?\/\s?[a-z]/.test(after);
}

/** `Reason 64 - special`, `until 18:00`: a bare number that words or a colon lead to in its own cell is no amount. */
function isAmidText(row: Row, number: PrintedNumber): boolean {
  if (looksLikeMoney(number)) return false;
  const cell = row.cells.findLast((one) => one.start <= number.start);
  const before = cell === undefined ? '' : row.text.slice(cell.start, number.start);
  return /\d:$/.test(before) || before.replaceAll(/[^\p{L}]/gu, '').length > 3;
}

/**
 * What an item's own row lacks may stand in another row of the item, right under or over its place; `stacked` are rows set half a
 * line above or below it, where a cell holds two figures: the upper one counts.
 */
export function fillMissing(
  { item, above, below }: Band,
  columns: readonly Column[],
  numbers: Numbers,
  { roles, stacked }: { readonly roles: Roles; readonly stacked: readonly Row[] },
): Map<Column, PrintedNumber> {
  const cells = new Map(item.cells);
  for (const kind of ['quantity', 'unitPrice'] as const) {
    const own = roles[kind];
    if (own.some((column) => cells.has(column))) continue;
    for (const row of [...stacked, ...[...below, ...above].map((entry) => entry.row)]) {
      const found = assignNumbers(row, columns, numbers);
      const column = own.find((one) => {
        const number = found.get(one);
        return number !== undefined && isAlone(row, number) && horizontalOverlap(number.box, one.box) > 0.5;
      });
      const number = column === undefined ? undefined : found.get(column);
      if (column === undefined || number === undefined) continue;
      cells.set(column, number);
      break;
    }
  }
  return cells;
}

function unlikeness(number: PrintedNumber, kind: Column['kind']): number {
  if (kind === 'netAmount' || kind === 'grossAmount' || kind === 'unitPrice')
    return looksLikeMoney(number) || number.decimals > 2 ? 0 : 0.6;
  if (kind === 'quantity' || kind === 'position') return number.currency === null ? 0 : 4;
  return 0;
}

function misalignment(number: Box, column: Box): number {
  if (horizontalOverlap(number, column) > 0.5) return Math.min(edgeDistance(number, column), 0.5 * edgeDistance(number, column) + 1);
  const gap = Math.max(column[0] - number[2], number[0] - column[2], 0);
  return gap + Math.min(edgeDistance(number, column), gap + 2);
}

function edgeDistance(a: Box, b: Box): number {
  return Math.min(Math.abs(a[0] - b[0]), Math.abs(a[2] - b[2]), Math.abs(a[0] + a[2] - b[0] - b[2]) / 2);
}

/** Whether the number has its cell to itself, but for a currency, a unit or a percent sign. */
function isAlone(row: Row, number: PrintedNumber): boolean {
  const cell = row.cells.findLast((one) => one.start <= number.start);
  if (cell === undefined) return false;
  const rest = cell.text.slice(0, number.start - cell.start) + cell.text.slice(number.end - cell.start);
  return rest.replaceAll(/[^\p{L}]/gu, '').length <= 9 && !/\d/.test(rest.replaceAll(/[A-Z]{1,2}\d{1,2}/g, ''));
}
