import type { Reading, Word } from '#domain/documents';

/** A reading from text rows for tests: cells are parted by ` | ` and stand in fixed columns, as on a printed page. */
export function gridReading(
  rows: readonly string[],
  options: { readonly columns?: readonly number[]; readonly xml?: string } = {},
): Reading {
  const columns = options.columns ?? [40, 300, 360, 430, 500];
  const words: Word[] = [];
  for (const [index, row] of rows.entries()) {
    const top = 40 + index * 16;
    for (const [column, cell] of row.split('|').entries()) {
      let left = columns[column] ?? 40 + column * 100;
      for (const text of cell
        .trim()
        .split(' ')
        .filter((part) => part !== '')) {
        words.push({ id: words.length, text, box: [left, top, left + text.length * 5, top + 10], confidence: 1 });
        left += text.length * 5 + 3;
      }
    }
  }
  return {
    mediaType: 'application/pdf',
    source: 'text-layer',
    pages: [{ number: 1, width: 595, height: 842, words, rotation: 0 }],
    structuredXml: options.xml ?? null,
    problems: [],
  };
}
