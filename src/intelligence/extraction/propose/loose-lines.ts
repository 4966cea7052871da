import type { Labels } from './labels.ts';
import type { Layout, Row } from '../layout.ts';
import type { LabelKind } from '../text/lexicon.ts';
import type { Numbers, PrintedNumber } from './propose-amounts.ts';
import { looksLikeMoney } from './propose-amounts.ts';
import type { PrintedLine } from '../table/table.ts';

const totals: ReadonlySet<LabelKind> = new Set([
  'net',
  'subtotal',
  'tax',
  'gross',
  'total',
  'due',
  'prepaid',
  'tendered',
  'tip',
  'notTotal',
  'charge',
]);

/** Item lines where no header says what the columns are, as on receipts: a text and, at its right, an amount, above the first total. */
export function readLooseLines(layout: Layout, labels: Labels, numbers: Numbers): PrintedLine[] {
  const lines: PrintedLine[] = [];
  let lead: Row | null = null;
  for (const row of layout.rows) {
    const money = (numbers.byRow.get(row.index) ?? []).filter((number) => looksLikeMoney(number) && number.decimals === 2);
    const last = money.at(-1);
    if (isTotal(row, labels, last)) {
      if (lines.length > 0 && last !== undefined) break;
      lead = null;
      continue;
    }
    if (last === undefined || row.text.length - last.end > 6) {
      lead = /\p{L}{3}/u.test(row.text) ? row : null;
      continue;
    }
    lines.push(lineFrom(row, last, money, lead));
    lead = null;
  }
  return lines.filter((line) => line.description.length > 0);
}

function isTotal(row: Row, labels: Labels, number: PrintedNumber | undefined): boolean {
  return (labels.get(row.index) ?? []).some(
    (label) =>
      label.leadsCell &&
      label.start < 8 &&
      (number === undefined || label.end <= number.start) &&
      label.kinds.some((kind) => totals.has(kind)) &&
      label.text.length > (number === undefined ? 200 : 2),
  );
}

function lineFrom(row: Row, amount: PrintedNumber, money: readonly PrintedNumber[], lead: Row | null): PrintedLine {
  const before = row.text.slice(0, amount.start);
  const own = row.words.filter((word, index) => (row.offsets[index] ?? 0) + word.text.length <= amount.start && !/^[€$£]$/.test(word.text));
  const letters = own
    .map((word) => word.text)
    .join('')
    .replaceAll(/[^\p{L}]/gu, '').length;
  const quantity = quantityIn(row, before, amount);
  const price = money.length > 1 ? (money.at(-2) ?? null) : null;
  const textWords = own.filter(
    (word) => !(price?.words.includes(word) ?? false) && !(quantity?.words.includes(word) ?? false) && !/^[x@*]$/i.test(word.text),
  );
  return {
    row,
    description: letters < 3 && lead !== null ? lead.words : textWords,
    quantity,
    unitPrice: price,
    amount,
    grossAmount: null,
    taxRate: null,
  };
}

/** `2 x 3.50`, `3 @ 1.20`, or a small whole number that opens the row. */
function quantityIn(row: Row, before: string, amount: PrintedNumber): PrintedNumber | null {
  const match = /(?:^|\s)(\d{1,3})\s?(?:[x@*]|pcs?\b|stk\b)/i.exec(before) ?? /^(\d{1,2})\s+(?=\p{L})/u.exec(before);
  if (match === null) return null;
  const start = match.index + match[0].indexOf(match[1] ?? '');
  const words = row.words.filter(
    (word, index) => (row.offsets[index] ?? 0) <= start && (row.offsets[index] ?? 0) + word.text.length > start,
  );
  return {
    ...amount,
    words,
    start,
    end: start + (match[1]?.length ?? 0),
    value: match[1] ?? '',
    decimals: 0,
    currency: null,
    isNegative: false,
  };
}
