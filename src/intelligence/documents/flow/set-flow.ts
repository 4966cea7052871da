import type { Page } from '#domain/documents';
import { maxPages, maxTextCharacters } from '../limits.ts';
import { toHundredth } from '../pdf/page-geometry.ts';
import type { Block, Cell, Line, TableBlock, TextBlock } from './blocks.ts';

/** A page like a typewriter's on A4, ten characters to the inch and six lines. */
const characterWidth = 6;
const lineHeight = 12;
const margin = 36;
const linesPerPage = 64;
const pageWidth = 595;
const pageHeight = 842;
/** Between two columns, and as wide as a person needs to see two of them. */
const columnGap = 3 * characterWidth;
/** Characters of one line; paragraphs of a mail are wrapped there, and cells of a table earlier. */
const charactersPerLine = 87;
const charactersPerCell = 60;
/** Tables in tables in HTML mail reach 12; deeper ones are set as text without columns. */
const maxDepth = 24;

interface SetWord {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isBold: boolean;
}

/** A block set on a sheet of its own, before it is placed. */
interface Panel {
  readonly width: number;
  readonly height: number;
  readonly words: readonly SetWord[];
}

/**
 * Sets text, tables and tables in tables on pages, so that columns stand under each other and evidence has a place. Each
 * section begins on a page of its own.
 */
export function setFlow(sections: ReadonlyArray<readonly Block[]>): Page[] {
  const budget = { charactersLeft: maxTextCharacters };
  const pages = sections.flatMap((blocks) => cutIntoPages(stack(blocks, charactersPerLine, 0, budget))).slice(0, maxPages);
  let id = 0;
  return pages.map((words, index) => ({
    number: index + 1,
    width: Math.max(pageWidth, toHundredth(rightOf(words)) + margin),
    height: pageHeight,
    words: words.map(({ text, x, y, width, height, isBold }) => ({
      id: id++,
      text,
      box: [toHundredth(x), toHundredth(y), toHundredth(x + width), toHundredth(y + height - 2)] as const,
      confidence: 1,
      fontSize: toHundredth((height / lineHeight) * 10),
      isBold,
    })),
    rotation: 0,
  }));
}

interface Budget {
  charactersLeft: number;
}

function cutIntoPages({ words, height }: Panel): SetWord[][] {
  const bodyHeight = linesPerPage * lineHeight;
  const pages: SetWord[][] = Array.from({ length: Math.min(maxPages, Math.ceil(Math.max(height, 1) / bodyHeight)) }, () => []);
  for (const word of words) {
    const page = Math.floor(word.y / bodyHeight);
    pages[page]?.push({ ...word, x: word.x + margin, y: word.y - page * bodyHeight + margin });
  }
  return pages;
}

/** Blocks below each other. */
function stack(blocks: readonly Block[], maxCharacters: number, depth: number, budget: Budget): Panel {
  const words: SetWord[] = [];
  let [width, y] = [0, 0];
  for (const block of blocks) {
    if (budget.charactersLeft <= 0) break;
    if (y > 0) y += (block.linesBefore ?? 0) * lineHeight;
    const panel = block.kind === 'text' ? setTextBlock(block, maxCharacters, budget) : setTable(block, depth + 1, budget);
    for (const word of panel.words) words.push({ ...word, y: word.y + y });
    width = Math.max(width, panel.width);
    y += panel.height;
  }
  return { width, height: y, words };
}

function setTextBlock({ lines, scale = 1, isBold = false, wraps = true }: TextBlock, maxCharacters: number, budget: Budget): Panel {
  const advance = characterWidth * scale;
  const height = lineHeight * scale;
  const wrapped = wraps ? lines.flatMap((line) => wrapLine(line, Math.floor(maxCharacters / scale))) : lines;
  const words: SetWord[] = [];
  for (const [row, line] of wrapped.entries()) {
    if (budget.charactersLeft <= 0) break;
    for (const { text, x } of wordsOfLine(line, advance)) {
      words.push({ text, x, y: row * height, width: text.length * advance, height, isBold });
      budget.charactersLeft -= text.length;
    }
  }
  return { width: rightOf(words), height: wrapped.length * height, words };
}

function rightOf(words: readonly SetWord[]): number {
  return words.reduce((most, word) => Math.max(most, word.x + word.width), 0);
}

function wrapLine(line: Line, maxCharacters: number): Line[] {
  if (typeof line !== 'string' || line.length <= maxCharacters) return [line];
  const rows: string[] = [];
  let row = '';
  for (const piece of line.match(/\s*\S+/g) ?? []) {
    if (row !== '' && row.length + piece.length > maxCharacters) {
      rows.push(row);
      row = piece.trimStart();
    } else row += piece;
  }
  return [...rows, row];
}

function wordsOfLine(line: Line, advance: number): Array<{ text: string; x: number }> {
  const pieces = typeof line === 'string' ? [{ text: line, stop: null, endsAtStop: false }] : line;
  const words: Array<{ text: string; x: number }> = [];
  let x = 0;
  for (const { text, stop, endsAtStop } of pieces) {
    const wanted = stop === null ? x : endsAtStop ? stop - text.trimEnd().length * advance : stop;
    const start = stop === null ? x : Math.max(wanted, x === 0 ? 0 : x + advance);
    for (const match of text.matchAll(/\S+/g)) words.push({ text: match[0], x: start + match.index * advance });
    x = start + text.length * advance;
  }
  return words;
}

interface PlacedCell {
  readonly row: number;
  readonly column: number;
  readonly columns: number;
  readonly panel: Panel;
}

/** Cells side by side, each column as wide as its widest cell; a cell over several columns widens the last one. */
function setTable(table: TableBlock, depth: number, budget: Budget): Panel {
  if (depth > maxDepth)
    return stack(
      table.rows.flatMap((row) => row.flatMap(textBlocksOf)),
      charactersPerLine,
      depth,
      budget,
    );
  const cells = placeCells(table.rows, depth, budget);
  const widths = columnWidths(cells, table.columnWidths ?? []);
  const lefts: number[] = [];
  let right = 0;
  for (const [column, width] of widths.entries()) {
    lefts[column] = right;
    if (width > 0) right += width + columnGap;
  }
  const heights: number[] = [];
  for (const { row, panel } of cells) heights[row] = Math.max(heights[row] ?? 0, panel.height);
  const words: SetWord[] = [];
  let y = 0;
  let row = 0;
  for (const cell of cells) {
    for (; row < cell.row; row += 1) y += heights[row] ?? 0;
    for (const word of cell.panel.words) words.push({ ...word, x: word.x + (lefts[cell.column] ?? 0), y: word.y + y });
  }
  return { width: Math.max(0, right - columnGap), height: heights.reduce((sum, height) => sum + height, 0), words };
}

function textBlocksOf(cell: Cell): Block[] {
  return cell.blocks.flatMap((block) => (block.kind === 'text' ? [block] : block.rows.flatMap((row) => row.flatMap(textBlocksOf))));
}

/** A table as wide as this many columns is no table that a person reads. */
const maxColumns = 200;

function placeCells(rows: TableBlock['rows'], depth: number, budget: Budget): PlacedCell[] {
  const isLayout = rows.every((row) => row.length <= 1);
  const taken = new Set<string>();
  const cells: PlacedCell[] = [];
  for (const [row, line] of rows.entries()) {
    let column = 0;
    for (const cell of line) {
      while (taken.has(`${row}:${column}`)) column += 1;
      const columns = Math.max(1, Math.min(cell.columns ?? 1, maxColumns - column));
      if (column >= maxColumns) break;
      for (let below = 1; below < Math.min(cell.rows ?? 1, rows.length - row); below += 1)
        for (let across = 0; across < columns; across += 1) taken.add(`${row + below}:${column + across}`);
      const panel = stack(cell.blocks, isLayout ? charactersPerLine : charactersPerCell, depth, budget);
      cells.push({ row, column, columns, panel });
      column += columns;
    }
  }
  return cells;
}

function columnWidths(cells: readonly PlacedCell[], least: readonly number[]): number[] {
  const count = cells.reduce((most, cell) => Math.max(most, cell.column + cell.columns), least.length);
  const widths = Array.from({ length: count }, (_, column) => least[column] ?? 0);
  for (const { column, columns, panel } of cells) if (columns === 1) widths[column] = Math.max(widths[column] ?? 0, panel.width);
  for (const { column, columns, panel } of cells) {
    if (columns === 1 || panel.width === 0) continue;
    const covered = widths.slice(column, column + columns).filter((width) => width > 0);
    const given = covered.reduce((sum, width) => sum + width + columnGap, covered.length > 0 ? -columnGap : 0);
    const last = column + columns - 1;
    if (panel.width > given) widths[last] = (widths[last] ?? 0) + panel.width - given;
  }
  return widths;
}
