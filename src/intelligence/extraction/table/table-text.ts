import type { Word } from '#domain/documents';
import { horizontalOverlap } from '../layout.ts';
import type { Cell, Row } from '../layout.ts';
import type { PrintedNumber } from '../propose/propose-amounts.ts';
import type { Column } from './table-header.ts';

/** Where the names of the items stand. */
export interface Described {
  readonly column: Column | null;
  /** The left edge of its text where rows agree on the head's; what lies left of it is another column's. */
  readonly left: number | null;
}

/** The column that names the items: of those so headed, of the unknown ones and of those of codes, the one that holds most words. */
export function describedBy(columns: readonly Column[], below: readonly Row[]): Described {
  const column =
    wordiest(
      columns.filter(({ kind }) => kind === 'description'),
      below,
    ) ??
    wordiest(
      columns.filter(({ kind }) => kind === 'other' || kind === 'article'),
      below,
    ) ??
    columns.find(({ kind }) => kind === 'description') ??
    columns.find(({ kind }) => kind === 'article') ??
    null;
  if (column === null) return { column, left: null };
  const near = below
    .slice(0, 40)
    .filter((row) => row.page === below[0]?.page && row.words.some((word) => horizontalOverlap(word.box, column.box) > 0.3));
  const aligned = near.filter((row) =>
    row.words.some((word) => Math.abs(word.box[0] - column.box[0]) < 1.5 && /\p{L}|\d/u.test(word.text)),
  );
  return { column, left: aligned.length * 2 > near.length ? column.box[0] : null };
}

/** Of several columns the one under which the first rows have most letters, three a row at least. */
function wordiest(columns: readonly Column[], below: readonly Row[]): Column | null {
  let best: Column | null = null;
  let most = 0;
  const rows = below.slice(0, 12);
  for (const column of columns) {
    const letters = rows
      .flatMap(({ words }) => words.filter(({ box }) => horizontalOverlap(box, column.box) > 0.3))
      .reduce((sum, { text }) => sum + text.replaceAll(/[^\p{L}]/gu, '').length, 0);
    if (letters > most && letters >= 3 * Math.min(3, rows.length)) [best, most] = [column, letters];
  }
  return best;
}

/** The words of a row that tell what the item is: not the numbers, not what stands under other columns. */
export function descriptionWords(
  row: Row,
  columns: readonly Column[],
  { column: described, left }: Described,
  cells: ReadonlyMap<Column, PrintedNumber>,
): Word[] {
  if (described === null) return [];
  const used = new Set([...cells].filter(([column]) => column !== described).flatMap(([, number]) => number.words));
  const after = columns.find((column) => column.box[0] > described.box[2]);
  const numbersRight = [...cells.values()].filter(
    (number) => number.box[0] > described.box[2] - row.height && number.box[0] > described.box[0],
  );
  const right = Math.min(after?.box[0] ?? Number.POSITIVE_INFINITY, ...numbersRight.map((number) => number.box[0]));
  const hasLeft = left !== null && columns.some((column) => column.box[2] < left);
  return row.cells
    .filter((cell) => isInDescription(cell, described, columns, right) && !isUnder(cell, after, described))
    .flatMap((cell) => cell.words)
    .filter(
      (word) =>
        !used.has(word) &&
        word.box[0] < right - 0.2 &&
        !(hasLeft && word.box[2] < left + 0.5) &&
        !/^(?:[€$£]|EUR|USD|GBP|\|)$/.test(word.text),
    );
}

/** Whether a cell that starts right of the names belongs to the column that follows them. */
function isUnder(cell: Cell, after: Column | undefined, described: Column): boolean {
  return after !== undefined && cell.box[0] > described.box[2] && horizontalOverlap(cell.box, after.box) > 0.4;
}

function isInDescription(cell: Cell, described: Column, columns: readonly Column[], right: number): boolean {
  if (cell.box[0] >= right - 0.2) return false;
  const others = columns.filter(
    (column) =>
      column !== described &&
      (column.kind === 'article' ||
        column.kind === 'description' ||
        column.kind === 'date' ||
        column.kind === 'position' ||
        column.kind === 'unit' ||
        column.kind === 'quantity' ||
        column.kind === 'other'),
  );
  const own = Math.abs(cell.box[0] - described.box[0]);
  const isElsewhere = others.some(
    (column) =>
      horizontalOverlap(cell.box, column.box) > 0.4 &&
      horizontalOverlap(cell.box, described.box) < 0.2 &&
      Math.abs(cell.box[0] - column.box[0]) < own,
  );
  return !isElsewhere && /\p{L}|\d{3}/u.test(cell.text);
}
