import type { Anchor, FieldName, Lesson, Page, Reading, Word } from '#domain/documents';
import type { DateOrder } from '../extraction/text/date-format.ts';
import { bareText, foldText } from '../extraction/text/fold-text.ts';
import { around, horizontalOverlap, layOut } from '../extraction/layout.ts';
import type { Layout, Row } from '../extraction/layout.ts';
import { proposeNumbers } from '../extraction/propose/propose-amounts.ts';
import type { Numbers } from '../extraction/propose/propose-amounts.ts';
import { frameOf, placeIn } from './layout-print.ts';
import { cornerOf, isAmount, isSameValue, valuesIn } from './values.ts';
import type { PlacedValue } from './values.ts';

/** Says the same on every paper of a layout. An account never does: who it is paid to is asked of the master data each time. */
const constants: ReadonlySet<FieldName> = new Set(['supplierName', 'supplierTaxId', 'currency', 'buyerName']);
/** Printed in more places than this, a value is found by none of them. */
const mostPlaces = 6;

/**
 * What a correction teaches: where the page prints what the person said, or that it always says the same. Null where the page does not
 * print it: then nothing on the next page could bear it out.
 *
 * @param wrong - what had been read, null for nothing.
 */
export function learn(reading: Reading, field: FieldName, said: string | null, wrong: string | null): Lesson | null {
  const layout = layOut(reading);
  const marks = field === 'supplierName' ? marksOf(reading) : [];
  const base = { field, marks, dateOrder: null };
  if (said === null) {
    if (wrong === null) return null;
    const anchors = (['day-first', 'month-first'] as const).flatMap((order) => anchorsOf(layout, reading, field, wrong, order).anchors);
    return anchors.length === 0 ? null : { ...base, kind: 'absent', value: wrong, anchors };
  }
  const orders: readonly DateOrder[] = field.endsWith('Date') ? ['day-first', 'month-first'] : ['day-first'];
  const found = orders
    .map((order) => anchorsOf(layout, reading, field, said, order))
    .toSorted((a, b) => b.anchors.length - a.anchors.length)[0];
  const kind = constants.has(field) ? 'constant' : 'anchored';
  const isPrinted = bareText(layout.rows.map((row) => row.text).join('')).includes(bareText(said));
  if (
    found === undefined ||
    (found.anchors.length === 0 && !(kind === 'constant' && (isPrinted || marks.length > 1 || field === 'currency')))
  )
    return null;
  return {
    ...base,
    kind,
    value: kind === 'constant' ? said : null,
    anchors: found.anchors,
    dateOrder: field.endsWith('Date') ? found.order : null,
  };
}

function anchorsOf(
  layout: Layout,
  reading: Reading,
  field: FieldName,
  value: string,
  order: DateOrder,
): { readonly anchors: Anchor[]; readonly order: DateOrder } {
  const anchors: Anchor[] = [];
  let places = 0;
  // Amounts and dates are found wherever they stand in a row; texts are tried from each word on.
  const isFigure = isAmount(field) || field.endsWith('Date');
  for (const numbers of (['.', ','] as const).map((mark) => proposeNumbers(layout, mark))) {
    if (places > 0) break;
    for (const row of endsOf(layout.rows)) {
      const page = reading.pages[row.page - 1];
      for (let words = 1; words <= (isFigure ? 1 : 6) && page !== undefined; words += 1) {
        const there = (isFigure ? [0] : startsIn(row)).flatMap((from) => valuesIn(field, row, from, { numbers, order, words }));
        const own = there.find((one) => isSameValue(field, one.value, value));
        if (own === undefined) continue;
        places += 1;
        anchors.push(...anchorsAt(layout, page, row, own, { field, numbers, order, words }));
        break;
      }
    }
  }
  return { anchors: places > mostPlaces ? anchors.filter(({ label }) => label !== null).slice(0, mostPlaces) : anchors, order };
}

/** Where header fields stand: a paper of a hundred pages is not searched through while a person waits. */
function endsOf(rows: readonly Row[]): readonly Row[] {
  return rows.length <= 400 ? rows : [...rows.slice(0, 200), ...rows.slice(-200)];
}

/** Offsets of the row's words: a value may stand after any of them. */
function startsIn(row: Row): readonly number[] {
  return row.offsets.slice(0, 24);
}

interface Context {
  readonly field: FieldName;
  readonly numbers: Numbers;
  readonly order: DateOrder;
  readonly words: number;
}

function anchorsAt(layout: Layout, page: Page, row: Row, own: PlacedValue, context: Context): Anchor[] {
  const [x, y] = placeIn(frameOf(page), cornerOf(context.field, around(own.words)));
  const base = { x, y, words: context.words };
  const before = row.words.filter((word) => (row.offsets[row.words.indexOf(word)] ?? 0) < own.start);
  const label = labelFrom(before);
  const anchors: Anchor[] = [];
  if (label !== null) anchors.push({ ...base, label, direction: 'right' });
  const above = headAbove(layout, row, own);
  if (above !== null) anchors.push({ ...base, label: above, direction: 'below' });
  if (anchors.length === 0) anchors.push({ ...base, label: null, direction: 'alone' });
  return anchors;
}

/** The words of letters just before a value, at most four. */
function labelFrom(before: readonly Word[]): string | null {
  const last = before.findLastIndex((word) => !/\d/.test(word.text) && /\p{L}{2}/u.test(word.text));
  if (last < 0) return null;
  let first = last;
  while (first > 0 && last - first < 3 && /\p{L}/u.test(before[first - 1]?.text ?? '') && !/\d/.test(before[first - 1]?.text ?? ''))
    first -= 1;
  const text = before
    .slice(first, last + 1)
    .map((word) => foldText(word.text))
    .join(' ')
    .replace(/[\s:.#-]+$/, '');
  return text === '' ? null : text;
}

/** The head of the column that the value stands in: the next words of letters over it. */
function headAbove(layout: Layout, row: Row, own: PlacedValue): string | null {
  const box = around(own.words);
  for (const above of layout.rows.slice(Math.max(0, row.index - 8), row.index).toReversed()) {
    if (above.page !== row.page || box[1] - above.box[3] > 5 * row.height) continue;
    const cell = above.cells.find((one) => horizontalOverlap(one.box, box) > 0.3);
    if (cell === undefined) continue;
    const text = foldText(cell.text).replace(/[\s:.#-]+$/, '');
    return /\p{L}{2}/u.test(text) && !/\d/.test(text) ? text : null;
  }
  return null;
}

/** Long numbers and addresses of the page, bare: tax numbers, telephones, websites. Amounts and dates change and are left out. */
export function marksOf(reading: Reading): string[] {
  const marks = reading.pages.flatMap((page) =>
    page.words.flatMap(({ text }) => {
      const bare = bareText(text);
      const isNumber = (bare.match(/\d/g)?.length ?? 0) >= 6 && !/[.,]\d{2}$|^\d{1,4}[./-]\d{1,2}[./-]/.test(text);
      const isAddress = /@|www\.|\.(?:com|de|fr|es|it|nl|pt|pl|eu|org|net|co)\b/i.test(text);
      return isNumber || isAddress ? [bare] : [];
    }),
  );
  return [...new Set(marks)].slice(0, 24);
}
