import { CsvError, parse } from 'csv-parse/sync';
import type { RecordFault } from '#domain/ports';

/** One row of a file: texts by column, as the file has them. */
export interface TableRow {
  /** Line of the file (CSV, the header being 1) or number of the record (JSON, from 1). */
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

export interface Table {
  readonly rows: readonly TableRow[];
  readonly faults: readonly RecordFault[];
  /** Null in JSON, where numbers have one form. */
  readonly delimiter: string | null;
}

// A company's whole order book of ten years: 100,000 lines, 20 MB. More is a wrong file, or meant to hurt.
const limitBytes = 32 * 1024 * 1024;
const limitRows = 100_000;

/** Reads CSV or JSON, told apart by content. Column names are matched without regard to case, spaces, `_` and `-`. */
export function readTable(bytes: Uint8Array, columns: readonly string[], required: readonly string[]): Table {
  if (bytes.byteLength > limitBytes) return broken('The file is larger than 32 MB. Split it.');
  const text = decode(bytes);
  if (text.trim() === '') return broken('The file is empty.');
  const table = /^\s*[[{]/.test(text) ? readJson(text, columns) : readCsv(text, columns, required);
  return table.rows.length > limitRows ? broken(`The file has more than ${limitRows} lines. Split it.`) : table;
}

/** UTF-8 with or without mark, UTF-16 as Excel's "Unicode text", and Windows-1252 as its "CSV" in Europe. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: each byte is a character of Windows-1252 then, so nothing is lost.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function readCsv(text: string, columns: readonly string[], required: readonly string[]): Table {
  const delimiter = sniffDelimiter(text);
  let records: readonly CsvRecord[];
  try {
    const options = {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 1024 * 1024,
    } as const;
    records = parse(text, options) as unknown as readonly CsvRecord[];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line = typeof cause['lines'] === 'number' ? cause['lines'] : 1;
    return broken(`Line ${line} is not valid CSV. Mostly a quotation mark is not closed.`, line);
  }
  const [head, ...body] = records;
  if (head === undefined) return broken('The file is empty.');
  const names = head.record.map((title) => columnOf(title, columns));
  const faults = headFaults(head.record, names, required);
  if (faults.length > 0) return { rows: [], faults, delimiter };
  return { ...readBody(body, names), delimiter };
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function headFaults(titles: readonly string[], names: readonly (string | null)[], required: readonly string[]): readonly RecordFault[] {
  const fault = (column: string | null, message: string): RecordFault => ({ line: 1, column, value: null, message });
  const unknown = titles.flatMap((title, index) =>
    names[index] === null && title !== ''
      ? [fault(title, `There is no column "${title}" in this import. Remove it or correct its name.`)]
      : [],
  );
  const twice = names.flatMap((name, index) =>
    name !== null && names.indexOf(name) !== index ? [fault(name, `The column ${name} is there twice.`)] : [],
  );
  const missing = required.filter((name) => !names.includes(name)).map((name) => fault(name, `The column ${name} is missing.`));
  return [...unknown, ...twice, ...missing];
}

function readBody(body: readonly CsvRecord[], names: readonly (string | null)[]): Pick<Table, 'rows' | 'faults'> {
  const rows: TableRow[] = [];
  const faults: RecordFault[] = [];
  for (const { record, info } of body) {
    // The parser counts to the end of the record; a quoted cell may span lines.
    const line = info.lines - record.reduce((count, cell) => count + (cell.match(/\n/g)?.length ?? 0), 0);
    if (record.every((cell) => cell === '')) continue;
    if (record.length > names.length) {
      faults.push({
        line,
        column: null,
        value: null,
        message: `The line has ${record.length} cells, the header has ${names.length}. A text with a separator in it needs quotation marks.`,
      });
      continue;
    }
    rows.push({ line, cells: new Map(record.flatMap((cell, index) => (names[index] == null ? [] : [[names[index], cell] as const]))) });
  }
  if (rows.length === 0 && faults.length === 0)
    faults.push({ line: 1, column: null, value: null, message: 'The file has a header but no lines.' });
  return { rows, faults };
}

/** The one that splits the header into most cells; titles hold none of them. */
function sniffDelimiter(text: string): string {
  const header = text.slice(0, 10_000).split(/\r?\n/, 1)[0] ?? '';
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  return counts.toSorted((left, right) => right.count - left.count)[0]?.delimiter ?? ',';
}

function readJson(text: string, columns: readonly string[]): Table {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return broken('The file begins like JSON but is not valid JSON.');
  }
  const records = Array.isArray(value)
    ? (value as unknown[])
    : Object.values(value as object).find((entry): entry is unknown[] => Array.isArray(entry));
  if (records === undefined || records.length === 0) return broken('The file must be a list of records: [ { … }, { … } ].');
  const rows: TableRow[] = [];
  const faults: RecordFault[] = [];
  for (const [index, record] of records.entries()) {
    const line = index + 1;
    if (!isObject(record)) {
      faults.push({ line, column: null, value: null, message: 'The record is not an object.' });
      continue;
    }
    const { lines, ...head } = record;
    // An order may carry its lines nested; each becomes a row with the order's own fields repeated, as in CSV.
    const inner = Array.isArray(lines)
      ? (lines as unknown[]).map((entry) => ({ ...head, ...(isObject(entry) ? entry : { lines: entry }) }))
      : [record];
    for (const entry of inner) rows.push(jsonRow(line, entry, columns, faults));
  }
  return { rows, faults, delimiter: null };
}

function jsonRow(line: number, record: Readonly<Record<string, unknown>>, columns: readonly string[], faults: RecordFault[]): TableRow {
  const cells = new Map<string, string>();
  for (const [title, value] of Object.entries(record)) {
    const name = columnOf(title, columns);
    const text = cellText(value);
    if (name === null)
      faults.push({
        line,
        column: title,
        value: null,
        message: `There is no field "${title}" in this import. Remove it or correct its name.`,
      });
    else if (text === null)
      faults.push({ line, column: name, value: null, message: `${name} must be a text, a number, true or false, or a list of texts.` });
    else cells.set(name, text);
  }
  return { line, cells };
}

/** Lists are joined as they stand in CSV. */
function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    const texts = (value as unknown[]).map(cellText);
    return texts.includes(null) ? null : texts.join('|');
  }
  return null;
}

function columnOf(title: string, columns: readonly string[]): string | null {
  const plain = (text: string): string => text.replace(/[\s_-]/g, '').toLowerCase();
  return columns.find((column) => plain(column) === plain(title)) ?? null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function broken(message: string, line = 1): Table {
  return { rows: [], faults: [{ line, column: null, value: null, message }], delimiter: null };
}
