import { CsvError, parse } from 'csv-parse/sync';
import type { Block } from '../flow/blocks.ts';
import { maxSheetColumns, maxSheetRows } from '../limits.ts';

const delimiters = [';', '\t', '|', ','] as const;
/** Lines that are looked at before a text is taken for a table. */
const sampleLines = 40;
/** A text with commas is not a table: nearly all lines have the same number of columns, and more than two. */
const minColumns = 3;
const minAgreement = 0.9;

/**
 * The rows of a text that is a table: columns parted by one character, the same number in nearly all lines. Null when it
 * is prose. A comma counts only in a file that calls itself a table, since prose has commas too.
 */
export function blocksOfCsv(text: string, fileName: string): readonly Block[] | null {
  const isNamedTable = /\.(?:csv|tsv|tab)$/i.test(fileName);
  const delimiter = delimiters.find((candidate) => (candidate !== ',' || isNamedTable) && isTable(text, candidate));
  if (delimiter === undefined) return null;
  const records = parseRecords(text, delimiter, maxSheetRows);
  if (records === null) return null;
  const rows = records.map((record) =>
    record.slice(0, maxSheetColumns).map((value) => ({ blocks: [{ kind: 'text' as const, lines: value.split(/\r?\n/) }] })),
  );
  return [{ kind: 'table', rows }];
}

function isTable(text: string, delimiter: string): boolean {
  const records = parseRecords(text, delimiter, sampleLines)?.filter((record) => record.some((value) => value !== '')) ?? [];
  if (records.length < 2) return false;
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [columns, agreeing] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best));
  return columns >= minColumns && agreeing >= records.length * minAgreement;
}

function parseRecords(text: string, delimiter: string, limit: number): string[][] | null {
  try {
    return parse(text, {
      delimiter,
      to: limit,
      bom: true,
      trim: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 100_000,
    });
  } catch (cause) {
    if (cause instanceof CsvError) return null; // A quotation mark without its end: read as plain text.
    throw cause;
  }
}
