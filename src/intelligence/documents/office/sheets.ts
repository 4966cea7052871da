import * as XLSX from '@e965/xlsx';
import { zipSync } from 'fflate';
import type { Block, Cell } from '../flow/blocks.ts';
import { maxSheetColumns, maxSheetRows, maxSheets } from '../limits.ts';
import { openPackage } from './open-package.ts';

/** The visible sheets of a workbook, each a section of its own. */
export interface Workbook {
  readonly sections: ReadonlyArray<readonly Block[]>;
  /** Cells with a formula whose result the file does not hold. */
  readonly uncomputedCount: number;
  /** Rows or sheets were left out. */
  readonly isCut: boolean;
}

/** A character of the default font is 7 pixels wide; ours 6 points. Excel's default column has 8.43 characters. */
const characterPoints = 6;
const defaultColumnCharacters = 8.43;
/** One wide column must not push the amounts off every page. */
const maxColumnCharacters = 60;

/**
 * Reads an Excel or OpenDocument workbook as a person sees it: formatted values, hidden sheets, rows and columns left out.
 * Macros, formulas and links are never run. The zip is inflated by us, within limits, before the library sees it.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<Workbook | 'unopenable' | 'too-large'> {
  const parts = await openPackage(
    bytes,
    (name) => /\.(?:xml|rels)$|^mimetype$/i.test(name) && !/^xl\/(?:media|drawings|externalLinks)\//.test(name),
  );
  if (typeof parts === 'string') return parts;
  let book: XLSX.WorkBook;
  try {
    const stored = zipSync(Object.fromEntries(parts), { level: 0 });
    book = XLSX.read(stored, {
      type: 'array',
      dense: true,
      sheetRows: maxSheetRows,
      dateNF: 'yyyy-mm-dd',
      cellHTML: false,
      cellStyles: true,
      bookVBA: false,
    });
  } catch {
    return 'unopenable'; // The library throws plain errors for each way a workbook can be broken.
  }
  const shown = book.SheetNames.filter((_, index) => (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) === 0);
  const sheets = shown.slice(0, maxSheets).flatMap((name) => book.Sheets[name] ?? []);
  return {
    sections: sheets.map((sheet) => [blockOfSheet(sheet)]),
    uncomputedCount: sheets.reduce((sum, sheet) => sum + uncomputedIn(sheet), 0),
    isCut: shown.length > maxSheets || sheets.some((sheet) => sheet['!fullref'] !== undefined && sheet['!fullref'] !== sheet['!ref']),
  };
}

type Row = ReadonlyArray<XLSX.CellObject | undefined>;

function rowsOf(sheet: XLSX.WorkSheet): readonly Row[] {
  const rows = (sheet as XLSX.DenseWorkSheet)['!data'] ?? [];
  return Array.from({ length: Math.min(rows.length, maxSheetRows) }, (_, index) => rows[index] ?? []);
}

function blockOfSheet(sheet: XLSX.WorkSheet): Block {
  const columns = sheet['!cols'] ?? [];
  const rows = rowsOf(sheet);
  const width = Math.min(
    maxSheetColumns,
    rows.reduce((most, row) => Math.max(most, row.length), 0),
  );
  const shownColumns = Array.from({ length: width }, (_, column) => column).filter((column) => columns[column]?.hidden !== true);
  const shownRows = rows.filter((_, index) => sheet['!rows']?.[index]?.hidden !== true);
  return {
    kind: 'table',
    rows: shownRows.map((row) => cellsOfRow(shownColumns.map((column) => textOfCell(row[column])))),
    columnWidths: shownColumns.map(
      (column) => Math.min(maxColumnCharacters, columns[column]?.wch ?? defaultColumnCharacters) * characterPoints,
    ),
  };
}

/** Text runs over into empty cells on its right, as on the screen. An empty row keeps its height. */
function cellsOfRow(texts: readonly string[]): Cell[] {
  const cells: Cell[] = [];
  for (let column = 0; column < texts.length; column += 1) {
    const text = texts[column] ?? '';
    let columns = 1;
    if (text !== '' && !/^[\s\d.,%€$£-]+$/.test(text))
      while (column + columns < texts.length && texts[column + columns] === '') columns += 1;
    cells.push({ blocks: [{ kind: 'text', lines: text.split(/\r?\n/) }], columns });
    column += columns - 1;
  }
  return cells;
}

function textOfCell(cell: XLSX.CellObject | undefined): string {
  if (cell === undefined || cell.t === 'z') return '';
  if (cell.t === 'e') return '';
  return (cell.w ?? String(cell.v ?? '')).trim();
}

function uncomputedIn(sheet: XLSX.WorkSheet): number {
  return rowsOf(sheet).reduce((sum, row) => sum + row.filter((cell) => cell?.f !== undefined && cell.v === undefined).length, 0);
}
