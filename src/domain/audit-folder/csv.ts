/** Rows as CSV by RFC 4180. A text that a spreadsheet would take for a formula is kept one by an apostrophe before it. */
export function csvText(rows: readonly (readonly (string | null)[])[]): string {
  return rows.map((row) => `${row.map((cell) => quoted(cell ?? '')).join(',')}\r\n`).join('');
}

function quoted(cell: string): string {
  const isNumber = /^[+-]?\d+(\.\d+)?$/.test(cell);
  const text = /^\s*[=+\-@]|^[\t\r]/.test(cell) && !isNumber ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
