/**
 * Cells of a policy table as people fill them in. The server reads the text (`src/domain/policy/cells.ts`); what is not
 * understood here stays as it is written.
 */
export type Cell =
  | { readonly kind: 'any' }
  | { readonly kind: 'words'; readonly isNot: boolean; readonly values: readonly string[] }
  | { readonly kind: 'amounts'; readonly low: Bound | null; readonly high: Bound | null }
  | { readonly kind: 'written'; readonly text: string };

/** `amount` is decimal text. */
export interface Bound {
  readonly amount: string;
  readonly isIncluded: boolean;
}

const figure = String.raw`\d{1,30}(?:\.\d{1,4})?`;
const interval = new RegExp(String.raw`^([[(])\s*(${figure})\s*\.\.\s*(${figure})\s*([\])])$`);
const comparison = new RegExp(String.raw`^(<=|>=|<|>|==?)?\s*(${figure})$`);
const negated = /^not\s*\(\s*(.+?)\s*\)$/;
const wordList = /^"[^"]+"(\s*,\s*"[^"]+")*$/;

export function readCell(text: string): Cell {
  const cell = text.trim();
  if (cell === '') return { kind: 'any' };
  if (cell === 'true' || cell === 'false') return { kind: 'words', isNot: false, values: [cell] };
  const inner = negated.exec(cell)?.[1];
  const list = inner ?? cell;
  if (wordList.test(list)) {
    return { kind: 'words', isNot: inner !== undefined, values: [...list.matchAll(/"([^"]+)"/g)].map((found) => found[1] ?? '') };
  }
  return readAmounts(cell) ?? { kind: 'written', text: cell };
}

function readAmounts(cell: string): Cell | null {
  const between = interval.exec(cell);
  if (between !== null) {
    const [, open, low = '', high = '', close] = between;
    return {
      kind: 'amounts',
      low: { amount: low, isIncluded: open === '[' },
      high: { amount: high, isIncluded: close === ']' },
    };
  }
  let low: Bound | null = null;
  let high: Bound | null = null;
  for (const part of cell.split(/\s+and\s+/)) {
    const found = comparison.exec(part.trim());
    if (found === null) return null;
    const [, sign = '=', amount = ''] = found;
    const bound = { amount, isIncluded: sign.includes('=') };
    // Two bounds on one side: whoever wrote that sees it as it is written.
    if (sign !== '' && !sign.startsWith('<')) {
      if (low !== null) return null;
      low = bound;
    }
    if (!sign.startsWith('>')) {
      if (high !== null) return null;
      high = bound;
    }
  }
  return { kind: 'amounts', low, high };
}

export function writeCell(cell: Cell): string {
  if (cell.kind === 'any') return '';
  if (cell.kind === 'written') return cell.text;
  if (cell.kind === 'amounts') {
    const low = cell.low === null ? [] : [`${cell.low.isIncluded ? '>=' : '>'} ${cell.low.amount}`];
    const high = cell.high === null ? [] : [`${cell.high.isIncluded ? '<=' : '<'} ${cell.high.amount}`];
    return [...low, ...high].join(' and ');
  }
  if (cell.values.length === 0) return '';
  const list = cell.values.map((value) => `"${value.replaceAll('"', '')}"`).join(', ');
  return cell.isNot ? `not(${list})` : list;
}
