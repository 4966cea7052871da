import type { Box, Word } from '#domain/documents';
import { horizontalOverlap } from './layout.ts';
import type { Cell, Layout, Row } from './layout.ts';
import type { Labels } from './labels.ts';
import type { LabelKind } from './lexicon.ts';
import type { Numbers, PrintedNumber } from './propose-amounts.ts';
import { looksLikeMoney } from './propose-amounts.ts';
import { findHeaders } from './table-header.ts';
import type { Column, TableHeader } from './table-header.ts';
import type { ColumnKind } from './column-lexicon.ts';

/** A line as printed, before arithmetic has its say. */
export interface PrintedLine {
  readonly row: Row;
  readonly description: readonly Word[];
  readonly quantity: PrintedNumber | null;
  readonly unitPrice: PrintedNumber | null;
  readonly amount: PrintedNumber | null;
  /** The column with tax included, where there is one of its own. */
  readonly grossAmount: PrintedNumber | null;
  readonly taxRate: PrintedNumber | null;
}

export interface Table {
  readonly lines: readonly PrintedLine[];
  /** Rows from header to the last line: their numbers and dates belong to items. */
  readonly rows: ReadonlySet<number>;
  readonly hasHeader: boolean;
}

/** Reads the item table on all pages: under each header, and on following pages as long as no total ended it. */
export function readTable(layout: Layout, labels: Labels, numbers: Numbers): Table {
  const headers = findHeaders(layout, numbers);
  const lines: PrintedLine[] = [];
  const rows = new Set<number>();
  for (const header of mainHeaders(headers)) {
    const end = headers.find((other) => other.first > header.last)?.first ?? layout.rows.length;
    readUnder(layout, labels, numbers, header, end, lines, rows);
  }
  return { lines: lines.filter((line) => line.description.length > 0 || line.quantity !== null), rows, hasHeader: headers.length > 0 };
}

/** Tables of one kind only: a tax breakdown has fewer columns than the items have. */
function mainHeaders(headers: readonly TableHeader[]): TableHeader[] {
  const richest = headers.reduce((most, header) => Math.max(most, richness(header)), 0);
  return headers.filter(
    (header) =>
      richness(header) >= Math.max(2, richest - 2) &&
      header.columns.some((column) => column.kind === 'description' || column.kind === 'article' || column.kind === 'quantity'),
  );
}

function richness(header: TableHeader): number {
  return new Set(header.columns.map((column) => column.kind)).size;
}

interface Draft {
  readonly row: Row;
  readonly description: Word[];
  readonly cells: ReadonlyMap<ColumnKind, PrintedNumber>;
  bottom: number;
  continuations: number;
}

function readUnder(
  layout: Layout,
  labels: Labels,
  numbers: Numbers,
  header: TableHeader,
  end: number,
  lines: PrintedLine[],
  rows: Set<number>,
): void {
  const hasAmountColumn = header.columns.some(({ kind }) => kind === 'netAmount' || kind === 'grossAmount');
  let draft: Draft | null = null;
  let pending: { row: Row; words: Word[] }[] = [];
  let page = header.page;
  let strict = false;
  const finish = (): void => {
    if (draft !== null) lines.push(lineFrom(draft));
    draft = null;
  };
  for (let index = header.first; index <= header.last; index += 1) rows.add(index);
  for (let index = header.last + 1; index < end; index += 1) {
    const row = layout.rows[index];
    if (row === undefined) break;
    if (row.page !== page) {
      // The table goes on over the page only where something under the running head fits its columns.
      page = row.page;
      pending = [];
    }
    const cells = assignNumbers(row, header.columns, numbers);
    const text = descriptionWords(row, header.columns, cells);
    const total = totalsKind(row, labels, cells, numbers);
    if (total !== null) {
      finish();
      pending = [];
      if (total === 'end') break;
      strict = true;
      rows.add(index);
      continue;
    }
    const hasAmount = hasAmountColumn ? cells.has('netAmount') || cells.has('grossAmount') : cells.has('unitPrice');
    const isItem = hasAmount && (!strict || cells.has('quantity'));
    if (isItem && !isTooFar(row, draft, layout, rows)) {
      finish();
      // A row of figures alone takes its name from the text just above it.
      const lead = text.length > 0 ? [] : pending.slice(-1);
      draft = { row, description: [...lead.flatMap((one) => one.words), ...text], cells, bottom: row.box[3], continuations: 0 };
      pending = [];
      rows.add(index);
      continue;
    }
    if (draft !== null && text.length > 0 && row.box[1] - draft.bottom < 1.1 * row.height && draft.continuations < 6) {
      const open: Draft = draft;
      if (
        open.description.length === 0 ||
        (open.continuations < 2 && row.box[1] - open.bottom < 0.75 * row.height && !looksLikeDetail(text))
      )
        open.description.push(...text);
      open.bottom = row.box[3];
      open.continuations += 1;
      rows.add(index);
    } else if (text.length > 0) pending.push({ row, words: text });
  }
  finish();
}

/** `GTIN: 4000…`, `Lieferdatum: …`: what is said about an item, not its name. */
function looksLikeDetail(words: readonly Word[]): boolean {
  const first = words[0]?.text ?? '';
  return /[:=]$/.test(first) || /[:=]$/.test(words[1]?.text ?? '');
}

/** A row far below the last item, or far below the header, is not an item. */
function isTooFar(row: Row, draft: Draft | null, layout: Layout, rows: ReadonlySet<number>): boolean {
  const above = draft?.row ?? layout.rows.slice(Math.max(0, row.index - 80), row.index).findLast((one) => rows.has(one.index));
  if (above === undefined || above.page !== row.page) return false;
  const page = layout.pages[row.page - 1];
  return row.box[1] - (draft?.bottom ?? above.box[3]) > Math.max(12 * row.height, 0.16 * (page?.height ?? 1000));
}

const numeric: ReadonlySet<Column['kind']> = new Set([
  'position',
  'quantity',
  'unitPrice',
  'discount',
  'taxRate',
  'taxAmount',
  'netAmount',
  'grossAmount',
]);

/** Gives each free-standing number of a row the column that it lines up with, each column at most one. */
function assignNumbers(row: Row, columns: readonly Column[], numbers: Numbers): Map<ColumnKind, PrintedNumber> {
  const offers: { number: PrintedNumber; column: Column; kind: ColumnKind; distance: number }[] = [];
  for (const number of numbers.byRow.get(row.index) ?? []) {
    if (number.isGlued && !number.isPercent) continue;
    for (const column of columns) {
      const { kind } = column;
      if (kind === 'other' || !numeric.has(kind) || (number.isPercent && kind !== 'taxRate' && kind !== 'discount')) continue;
      const distance = misalignment(number.box, column.box);
      const reach = isAlone(row, number) ? 7 * row.height : 1.6 * row.height;
      if (distance <= reach) offers.push({ number, column, kind, distance: distance + unlikeness(number, kind) * row.height });
    }
  }
  const assigned = new Map<ColumnKind, PrintedNumber>();
  const taken = new Set<PrintedNumber>();
  const usedColumns = new Set<Column>();
  for (const { number, column, kind } of offers.toSorted((a, b) => a.distance - b.distance)) {
    if (taken.has(number) || usedColumns.has(column)) continue;
    taken.add(number);
    usedColumns.add(column);
    const other = assigned.get(kind);
    // Two columns of one kind: the right-hand one is the line's own (a list price stands left of the net price).
    if (other === undefined || other.box[0] < number.box[0]) assigned.set(kind, number);
  }
  return assigned;
}

function unlikeness(number: PrintedNumber, kind: ColumnKind): number {
  if (kind === 'netAmount' || kind === 'grossAmount' || kind === 'unitPrice')
    return number.isPercent ? 20 : looksLikeMoney(number) || number.decimals > 2 ? 0 : 0.6;
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

/** The words of a row that tell what the item is: not the numbers, not what stands under other columns. */
function descriptionWords(row: Row, columns: readonly Column[], cells: ReadonlyMap<ColumnKind, PrintedNumber>): Word[] {
  const used = new Set([...cells.values()].flatMap((number) => number.words));
  const described = columns.find((column) => column.kind === 'description') ?? columns.find((column) => column.kind === 'article');
  if (described === undefined) return [];
  const after = columns.find((column) => column.box[0] > described.box[2]);
  const numbersRight = [...cells.values()].filter(
    (number) => number.box[0] > described.box[2] - row.height && number.box[0] > described.box[0],
  );
  const right = Math.min(after?.box[0] ?? Number.POSITIVE_INFINITY, ...numbersRight.map((number) => number.box[0]));
  return row.cells
    .filter((cell) => isInDescription(cell, described, columns, right))
    .flatMap((cell) => cell.words)
    .filter((word) => !used.has(word) && word.box[0] < right - 0.2 && !/^(?:[€$£]|EUR|USD|GBP|\|)$/.test(word.text));
}

function isInDescription(cell: Cell, described: Column, columns: readonly Column[], right: number): boolean {
  if (cell.box[0] >= right - 0.2) return false;
  const others = columns.filter(
    (column) =>
      column !== described &&
      (column.kind === 'article' ||
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

const endKinds: ReadonlySet<LabelKind> = new Set(['net', 'tax', 'gross', 'total', 'due', 'prepaid', 'taxBase']);
const pauseKinds: ReadonlySet<LabelKind> = new Set(['subtotal', 'discount', 'charge', 'notTotal', 'tendered', 'tip']);

/** Whether a row is a total: its label leads and fills its cell, and it lacks what an item has. */
function totalsKind(row: Row, labels: Labels, cells: ReadonlyMap<ColumnKind, PrintedNumber>, numbers: Numbers): 'end' | 'pause' | null {
  if (cells.has('quantity') && cells.has('unitPrice')) return null;
  if (!(numbers.byRow.get(row.index) ?? []).some((number) => !number.isPercent && !number.isGlued)) return null;
  for (const label of labels.get(row.index) ?? []) {
    const isEnd = label.kinds.some((kind) => endKinds.has(kind));
    const isPause = label.kinds.some((kind) => pauseKinds.has(kind));
    if (!isEnd && !isPause) continue;
    const cell = row.cells.findLast((one) => one.start <= label.start);
    if (cell === undefined) continue;
    const lead =
      /^(?:zzgl|zuzuglich|inkl|incl|plus|add|less|abzgl|abzuglich|davon|darin|enthaltene?|dont|of which|di cui|\W|\d)*/.exec(
        row.folded.slice(cell.start, label.start),
      )?.[0] ?? '';
    if (!label.leadsCell && cell.start + lead.length < label.start) continue;
    if (lead.length > 0 && cell.start + lead.length >= label.start && isEnd && /%/.test(row.text)) return 'end';
    const letters = cell.text.replaceAll(/[^\p{L}]/gu, '').length;
    const own = label.text.replaceAll(/[^\p{L}]/gu, '').length;
    if (
      (own / Math.max(1, letters) >= 0.6 || (label.leadsCell && label.words > 1 && own / Math.max(1, letters) > 0.4)) &&
      row.cells.indexOf(cell) <= row.cells.length - 1
    )
      return isEnd ? 'end' : 'pause';
  }
  return null;
}

function lineFrom({ row, description, cells }: Draft): PrintedLine {
  return {
    row,
    description,
    quantity: cells.get('quantity') ?? null,
    unitPrice: cells.get('unitPrice') ?? null,
    amount: cells.get('netAmount') ?? cells.get('grossAmount') ?? null,
    grossAmount: cells.get('grossAmount') ?? null,
    taxRate: cells.get('taxRate') ?? null,
  };
}
