import type { Word } from '#domain/documents';
import type { Layout, Row } from '../layout.ts';
import type { Labels } from '../propose/labels.ts';
import type { Numbers, PrintedNumber } from '../propose/propose-amounts.ts';
import { looksLikeMoney } from '../propose/propose-amounts.ts';
import type { Column, TableHeader } from './table-header.ts';
import { findHeaders } from './table-header.ts';
import { bandsOf } from './table-bands.ts';
import type { Entry } from './table-bands.ts';
import { assignNumbers, fillMissing } from './table-cells.ts';
import { chooseRoles, withUnknownColumns } from './table-roles.ts';
import type { Roles } from './table-roles.ts';
import { describedBy, descriptionWords } from './table-text.ts';
import type { Described } from './table-text.ts';
import { rowsTotal } from './table-end.ts';

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
    lines.push(...readUnder({ layout, labels, numbers }, header, end, rows));
  }
  return {
    lines: lines.filter(isLine),
    rows,
    hasHeader: headers.some(({ isItems }) => isItems),
  };
}

/** An amount with neither name nor quantity is a sum, whatever stands before it. */
function isLine({ description, quantity, unitPrice }: PrintedLine): boolean {
  return quantity !== null || (description.length > 0 && (unitPrice !== null || description.some(({ text }) => /\p{L}{2}/u.test(text))));
}

/** Tables of one kind only: a tax breakdown has fewer columns than the items have. */
function mainHeaders(headers: readonly TableHeader[]): TableHeader[] {
  const items = headers.filter(({ isItems }) => isItems);
  const richest = items.reduce((most, header) => Math.max(most, richness(header)), 0);
  return items.filter((header) => richness(header) >= Math.max(2, richest - 2));
}

function richness(header: TableHeader): number {
  return new Set(header.columns.map((column) => column.kind)).size;
}

interface Page {
  readonly layout: Layout;
  readonly labels: Labels;
  readonly numbers: Numbers;
}

function readUnder(page: Page, header: TableHeader, end: number, rows: Set<number>): PrintedLine[] {
  for (let index = header.first; index <= header.last; index += 1) rows.add(index);
  const below = page.layout.rows.slice(header.last + 1, end);
  const columns = withUnknownColumns(header.columns, below, page.numbers);
  const described = describedBy(columns, below);
  const segments = collect(page, header, columns, described, below);
  const entries = segments.flat();
  for (const { row, isItem } of entries) if (isItem) rows.add(row.index);
  const items = entries.filter(({ isItem }) => isItem);
  const roles = chooseRoles(
    columns,
    items.map(({ cells }) => cells),
  );
  const own = new Set(items.map(({ row }) => row));
  const isItem = (row: Row): boolean => own.has(row);
  const read = segments.flatMap((segment) =>
    bandsOf(segment).map((band) => {
      for (const { row } of band.below) rows.add(row.index);
      const cells = fillMissing(band, columns, page.numbers, { roles, stacked: stackedAround(band.item.row, page.layout, isItem) });
      return lineFrom(band.item.row, band.description, cells, roles);
    }),
  );
  return withoutGroupSums(read);
}

/** The rows of the table in runs that subtotals and page breaks part, up to the total that ends it. */
function collect(
  { layout, labels, numbers }: Page,
  header: TableHeader,
  columns: readonly Column[],
  described: Described,
  below: readonly Row[],
): Entry[][] {
  const style = amountStyle(columns, below, numbers);
  const segments: Entry[][] = [[]];
  let page = header.page;
  let needsQuantity = false;
  let bottom = layout.rows[header.last]?.box[3] ?? 0;
  for (const [index, row] of below.entries()) {
    if (index === 0 && isRestOfHead(row, below[1], bottom, numbers)) {
      bottom = row.box[3];
      continue;
    }
    if (row.page !== page) {
      // The table goes on over the page only where something under the running head fits its columns.
      page = row.page;
      bottom = Number.NEGATIVE_INFINITY;
      segments.push([]);
    }
    const cells = assignNumbers(row, columns, numbers);
    const total = rowsTotal(row, labels, kindsOf(cells), numbers);
    if (total === 'end') break;
    if (total !== null) {
      needsQuantity ||= total === 'subtotal';
      bottom = Math.max(bottom, row.box[3]);
      segments.push([]);
      continue;
    }
    const isItem = style(cells) && (!needsQuantity || hasKind(cells, 'quantity')) && !isTooFar(row, bottom, layout);
    const text = descriptionWords(row, columns, described, cells);
    if (!isItem && text.length === 0) continue;
    segments.at(-1)?.push({ row, cells, text, isItem });
    if (isItem || row.box[1] - bottom < 3 * row.height) bottom = Math.max(bottom, row.box[3]);
  }
  return segments;
}

/** Rows that overlap the item's in height: a cell of two figures is set around the middle of the row. */
function stackedAround(row: Row, { rows }: Layout, isItem: (row: Row) => boolean): Row[] {
  return [rows[row.index - 1], rows[row.index + 1]]
    .filter((other) => other !== undefined)
    .filter((other) => !isItem(other) && other.page === row.page && other.box[1] < row.box[3] && other.box[3] > row.box[1]);
}

/** Words right under the head and well above the first item are the head's, whatever they say. */
function isRestOfHead(row: Row, next: Row | undefined, bottom: number, numbers: Numbers): boolean {
  if (next === undefined || next.page !== row.page || numbers.byRow.has(row.index)) return false;
  const [over, under] = [row.box[1] - bottom, next.box[1] - row.box[3]];
  return over < 0.1 * row.height && under > 0.4 * row.height;
}

/** An amount alone, where items have quantity or price too, that is the sum of the items before or after it is no item of its own. */
function withoutGroupSums(lines: readonly PrintedLine[]): PrintedLine[] {
  const isBare = (line: PrintedLine): boolean => line.quantity === null && line.unitPrice === null;
  if (lines.filter(isBare).length * 2 > lines.length) return [...lines];
  return lines.filter((line, index) => {
    if (!isBare(line)) return true;
    if (line.description.at(-1)?.text.endsWith(':') === true) return false;
    const before = lines.slice(0, index).toReversed();
    return ![before, lines.slice(index + 1)].some((run) => addsUpTo(run, line, isBare));
  });
}

function addsUpTo(run: readonly PrintedLine[], sum: PrintedLine, isBare: (line: PrintedLine) => boolean): boolean {
  const wanted = Math.round(Number(sum.amount?.value ?? 'NaN') * 100);
  let total = 0;
  for (const line of run) {
    if (isBare(line)) continue;
    total += Math.round(Number(line.amount?.value ?? 0) * 100);
    if (total === wanted) return true;
  }
  return false;
}

/** A row far below all that was read of the table is not of it. */
function isTooFar(row: Row, bottom: number, layout: Layout): boolean {
  const height = layout.pages[row.page - 1]?.height ?? 1000;
  return Number.isFinite(bottom) && row.box[1] - bottom > Math.max(12 * row.height, 0.16 * height);
}

/** Whether a row has an amount as this table prints them: where they have cents, a bare whole number is none. */
function amountStyle(
  columns: readonly Column[],
  below: readonly Row[],
  numbers: Numbers,
): (cells: ReadonlyMap<Column, PrintedNumber>) => boolean {
  const amounts = columns.filter(({ kind }) => kind === 'netAmount' || kind === 'grossAmount');
  const telling = amounts.length > 0 ? amounts : columns.filter(({ kind }) => kind === 'unitPrice');
  const all = below.slice(0, 60).flatMap((row) => {
    const cells = assignNumbers(row, columns, numbers);
    return telling.flatMap((column) => cells.get(column) ?? []);
  });
  const hasCents = all.filter(looksLikeMoney).length * 2 >= all.length;
  return (cells) =>
    telling.some((column) => {
      const number = cells.get(column);
      return number !== undefined && (!hasCents || looksLikeMoney(number) || number.decimals > 1);
    });
}

function hasKind(cells: ReadonlyMap<Column, PrintedNumber>, kind: Column['kind']): boolean {
  return [...cells.keys()].some((column) => column.kind === kind);
}

function kindsOf(cells: ReadonlyMap<Column, PrintedNumber>): ReadonlySet<Column['kind']> {
  return new Set([...cells.keys()].map(({ kind }) => kind));
}

function lineFrom(row: Row, description: readonly Word[], cells: ReadonlyMap<Column, PrintedNumber>, roles: Roles): PrintedLine {
  const at = (candidates: readonly Column[]): PrintedNumber | null => {
    for (const column of candidates) {
      const number = cells.get(column);
      if (number !== undefined) return number;
    }
    return null;
  };
  const grossAmount = at(roles.grossAmount);
  return {
    row,
    description,
    quantity: at(roles.quantity),
    unitPrice: at(roles.unitPrice),
    amount: at(roles.netAmount) ?? grossAmount,
    grossAmount,
    taxRate: at(roles.taxRate),
  };
}
