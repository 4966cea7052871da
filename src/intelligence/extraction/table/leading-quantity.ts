import type { PrintedNumber } from '../propose/propose-amounts.ts';
import type { PrintedLine } from './table.ts';

/** `2`, `2x`, `6.` before the name of an item. */
const count = /^(\d{1,2})(?:[x.]|)$/i;
/** `2-Tenderloin`: the count is stuck to the name. */
const stuck = /^(\d{1,2})[-x]\p{L}{2}/u;

/**
 * Where no column holds quantities but the names begin with a small whole number, that is how many: unless the numbers count the
 * lines, or only some names begin so (`5 Roses Tea`).
 */
export function withLeadingQuantities(lines: readonly PrintedLine[]): readonly PrintedLine[] {
  if (lines.some(({ quantity }) => quantity !== null)) return lines;
  const leads = lines.map(leadOf);
  const found = leads.filter((lead) => lead !== null);
  if (found.length * 2 <= lines.length) return lines;
  const isNumbering = lines.length > 1 && leads.every((lead, index) => lead === null || Number(lead.value) === index + 1);
  if (isNumbering) return lines;
  return lines.map((line, index) => {
    const quantity = leads[index] ?? null;
    if (quantity === null) return line;
    const isWord = count.test(line.description[0]?.text ?? '');
    return { ...line, quantity, description: isWord ? line.description.slice(1) : line.description };
  });
}

function leadOf({ description, row, amount }: PrintedLine): PrintedNumber | null {
  const [word, next] = description;
  if (word === undefined || amount === null) return null;
  const match = count.exec(word.text) ?? stuck.exec(word.text);
  const value = match?.[1];
  if (value === undefined || Number(value) === 0) return null;
  // `2 x Tea` has a name after the count; a bare number is one.
  if (count.test(word.text) && (next === undefined || !description.slice(1).some(({ text }) => /\p{L}{2}/u.test(text)))) return null;
  const start = row.offsets[row.words.indexOf(word)] ?? 0;
  return {
    ...amount,
    row,
    words: [word],
    box: word.box,
    start,
    end: start + value.length,
    value,
    decimals: 0,
    isPercent: false,
    currency: null,
    isNegative: false,
    isGlued: false,
  };
}
