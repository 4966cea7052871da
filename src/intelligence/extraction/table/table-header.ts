import type { Box } from '#domain/documents';
import { isCurrency } from '#domain/money';
import { findColumnPhrases } from './column-lexicon.ts';
import type { ColumnKind, ColumnPhrase } from './column-lexicon.ts';
import { around, horizontalOverlap, wordsBetween } from '../layout.ts';
import type { Cell, Layout, Row } from '../layout.ts';
import type { Numbers } from '../propose/propose-amounts.ts';
import { looksLikeMoney } from '../propose/propose-amounts.ts';

export interface Column {
  /** `other`: a head that is not known; what stands under it is neither name nor figure of the line. */
  readonly kind: ColumnKind | 'other';
  readonly box: Box;
  readonly text: string;
}

export interface TableHeader {
  readonly first: number;
  readonly last: number;
  readonly page: number;
  readonly columns: readonly Column[];
  /** Whether items stand below, not a breakdown of the tax. */
  readonly isItems: boolean;
}

/** Rows that head a table of items or of tax rates: several column names, an amount or price among them, and no money. */
export function findHeaders(layout: Layout, numbers: Numbers): TableHeader[] {
  const headers: TableHeader[] = [];
  for (const row of layout.rows) {
    if (headers.some((header) => row.index <= header.last)) continue;
    if (!isHeaderRow(row, numbers)) continue;
    const header = growHeader(layout, row, numbers);
    if (header.isItems || isTaxHeader(header.columns)) headers.push(header);
  }
  return headers;
}

function isHeaderRow(row: Row, numbers: Numbers): boolean {
  if ((numbers.byRow.get(row.index) ?? []).some(looksLikeMoney)) return false;
  const { phrases, covered, total } = findColumnPhrases(row.folded);
  const kinds = new Set(phrases.map((phrase) => phrase.kinds[0]));
  // One run of text that happens to hold two column names is a sentence.
  if (row.cells.length === 1 && covered < total) return false;
  return kinds.size >= 2 && total <= 26 && covered / Math.max(1, total) >= 0.45;
}

/** What, how much, at what price, in all: at least two of these, one of them money. */
function isItemHeader(columns: readonly Column[]): boolean {
  const kinds = new Set(columns.map((column) => column.kind));
  const hasMoney = kinds.has('netAmount') || kinds.has('grossAmount') || kinds.has('unitPrice');
  const tells = ['description', 'quantity', 'unitPrice', 'article', 'position'].filter((kind) => kinds.has(kind as ColumnKind)).length;
  return hasMoney && (kinds.has('description') || kinds.has('quantity') || kinds.has('article')) && tells >= 1;
}

/** A breakdown by rate: the base and the tax it makes, nothing that tells items. */
function isTaxHeader(columns: readonly Column[]): boolean {
  const kinds = new Set(columns.map((column) => column.kind));
  const tellsItems = kinds.has('description') || kinds.has('quantity') || kinds.has('article') || kinds.has('unitPrice');
  return !tellsItems && (kinds.has('taxAmount') || kinds.has('taxBase') || (kinds.has('taxRate') && kinds.has('netAmount')));
}

/** Column names often wrap: rows close above and below that look like names belong to the header. */
function growHeader(layout: Layout, row: Row, numbers: Numbers): TableHeader {
  const rows = [row];
  for (const step of [-1, 1]) {
    for (let index = row.index + step; rows.length < 4; index += step) {
      const next = layout.rows[index];
      const neighbour = step < 0 ? rows[0] : rows.at(-1);
      if (next === undefined || neighbour === undefined || !belongsToHeader(next, neighbour, rows, numbers, step)) break;
      if (step < 0) rows.unshift(next);
      else rows.push(next);
    }
  }
  const columns = columnsOf(rows);
  return {
    first: rows[0]?.index ?? row.index,
    last: rows.at(-1)?.index ?? row.index,
    page: row.page,
    columns,
    isItems: isItemHeader(columns),
  };
}

function belongsToHeader(next: Row, neighbour: Row, rows: readonly Row[], numbers: Numbers, step: number): boolean {
  if (next.page !== neighbour.page || (numbers.byRow.get(next.index) ?? []).length > 0) return false;
  const gap = step < 0 ? neighbour.box[1] - next.box[3] : next.box[1] - neighbour.box[3];
  if (gap > 0.55 * neighbour.height || next.cells.length > 12) return false;
  const { covered, total } = findColumnPhrases(next.folded);
  const sits = next.cells.every(
    (cell) => cell.words.length <= 5 && rows.some((row) => row.cells.some((other) => horizontalOverlap(other.box, cell.box) > 0.3)),
  );
  return covered > 0
    ? covered / total >= (sits || (gap < 0.35 * neighbour.height && covered > 1) ? 0.3 : 0.6)
    : sits && total <= 6 && step > 0 && next.cells.length < Math.max(2, (rows[0]?.cells.length ?? 0) - 1) && gap < 0.2 * neighbour.height;
}

interface Part {
  readonly row: Row;
  readonly text: string;
  readonly folded: string;
  readonly box: Box;
}

/** Header words stacked in one column are read together: `Prix` over `unitaire`. */
function columnsOf(rows: readonly Row[]): Column[] {
  const stacks: Part[][] = [];
  for (const part of rows.flatMap((row) => row.cells.flatMap((cell) => partsOf(row, cell)))) {
    const home = stacks.find((stack) => stack.some((other) => other.row !== part.row && horizontalOverlap(other.box, part.box) > 0.4));
    if (home === undefined) stacks.push([part]);
    else home.push(part);
  }
  return withAmountColumn(decided(stacks.map(columnOfStack).toSorted((a, b) => a.box[0] - b.box[0])));
}

/** Words that say of a price or an amount what it holds, and head no column of their own behind one. */
const qualifiers = /^(?:net|nett|netto|neto|brutto|bruto|gross|ht|ttc|h t|t t c|eur|usd|gbp|zl|pln|excl|incl|%)$/;

/** A cell in which several column names stand close together, cut at each of them. */
function partsOf(row: Row, cell: Cell): Part[] {
  const part = (from: number, to: number): Part => {
    const words = wordsBetween(row, cell.start + from, cell.start + to);
    return {
      row,
      text: cell.text.slice(from, to).trim(),
      folded: row.folded.slice(cell.start + from, cell.start + to),
      box: words.length === 0 ? cell.box : around(words),
    };
  };
  const folded = row.folded.slice(cell.start, cell.start + cell.text.length);
  const heads = findColumnPhrases(folded).phrases.filter(
    (phrase, index, all) =>
      !(index > 0 && qualifiers.test(folded.slice(phrase.start, phrase.end))) && all.findIndex((one) => isSameHead(one, phrase)) === index,
  );
  if (heads.length < 2) return [part(0, cell.text.length)];
  return heads.map((phrase, index) => part(index === 0 ? 0 : phrase.start, heads[index + 1]?.start ?? cell.text.length));
}

function isSameHead(a: ColumnPhrase, b: ColumnPhrase): boolean {
  return a.kinds.join() === b.kinds.join();
}

function columnOfStack(stack: readonly Part[]): OpenColumn {
  const { phrases } = findColumnPhrases(stack.map((part) => part.folded).join(' '));
  const best = phrases.toSorted((a, b) => b.words - a.words)[0];
  return { kinds: best?.kinds ?? ['other'], box: around(stack), text: stack.map((part) => part.text).join(' ') };
}

/** A column whose head may mean several things. */
interface OpenColumn extends Omit<Column, 'kind'> {
  readonly kinds: readonly Column['kind'][];
}

/** What a head means that may mean two things: what no other column is; and a number in front counts lines, further on it counts pieces. */
function decided(columns: readonly OpenColumn[]): Column[] {
  const sure = new Set(columns.filter(({ kinds }) => kinds.length === 1).map(({ kinds }) => kinds[0]));
  return columns.map(({ kinds, box, text }, index) => {
    const possible = kinds.filter((kind) => !sure.has(kind) && !(kind === 'position' && index > 1));
    const kind = possible.find((one) => one === 'description') ?? possible[0] ?? kinds[0] ?? 'other';
    sure.add(kind);
    return { kind, box, text };
  });
}

/** Where two columns are called a price, or the last column is, or is headed by a currency alone, the last one holds the lines' amounts. */
function withAmountColumn(columns: readonly Column[]): Column[] {
  if (columns.some(({ kind }) => kind === 'netAmount' || kind === 'grossAmount')) return [...columns];
  const end = columns.at(-1);
  if (end?.kind === 'other' && isCurrency(end.text.trim())) return [...columns.slice(0, -1), { ...end, kind: 'netAmount' }];
  const prices = columns.filter(({ kind }) => kind === 'unitPrice');
  const last = prices.at(-1);
  if (last === undefined || (prices.length === 1 && columns.at(-1) !== last)) return [...columns];
  return columns.map((column) => (column === last ? { ...column, kind: 'netAmount' } : column));
}
