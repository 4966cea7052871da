import type { Row } from '../layout.ts';
import type { Labels } from '../propose/labels.ts';
import type { LabelKind } from '../text/lexicon.ts';
import type { Numbers } from '../propose/propose-amounts.ts';
import type { Column } from './table-header.ts';

const endKinds: ReadonlySet<LabelKind> = new Set(['net', 'tax', 'gross', 'total', 'due', 'prepaid', 'taxBase']);
const pauseKinds: ReadonlySet<LabelKind> = new Set(['subtotal', 'discount', 'charge', 'notTotal', 'tendered', 'tip']);

/** What a row that is no item says: `end` that the totals begin, `subtotal` or `pause` that the table goes on after it; null for items. */
export type RowsTotal = 'end' | 'subtotal' | 'pause' | null;

/** Whether a row is a total: its label leads and fills its cell, and it lacks what an item has. */
export function rowsTotal(row: Row, labels: Labels, kinds: ReadonlySet<Column['kind']>, numbers: Numbers): RowsTotal {
  if (kinds.has('quantity') && kinds.has('unitPrice')) return null;
  if (isRowOfTotals(row, labels)) return 'end';
  if (!(numbers.byRow.get(row.index) ?? []).some((number) => !number.isPercent && !number.isGlued)) return null;
  for (const label of labels.get(row.index) ?? []) {
    const isEnd = label.kinds.some((kind) => endKinds.has(kind));
    const isPause = label.kinds.some((kind) => pauseKinds.has(kind));
    if (!isEnd && !isPause) continue;
    const cell = row.cells.findLast((one) => one.start <= label.start);
    if (cell === undefined) continue;
    const lead =
      /^(?:zzgl|zuzuglich|inkl|incl|plus|add|less|abzgl|abzuglich|davon|darin|enthaltene?|dont|of which|di cui|\W|\d)*/.exec(
        row.folded.slice(cell.start, label.start),
      )?.[0] ?? '';
    if (!label.leadsCell && cell.start + lead.length < label.start) continue;
    const isLessening = label.kinds.includes('discount') && label.leadsCell && !kinds.has('quantity');
    if (isLessening && (numbers.byRow.get(row.index) ?? []).at(-1)?.isNegative === true) return 'pause';
    if (lead.length > 0 && cell.start + lead.length >= label.start && isEnd && /%/.test(row.text)) return 'end';
    const letters = cell.text.replaceAll(/[^\p{L}]/gu, '').length;
    const own = label.text.replaceAll(/[^\p{L}]/gu, '').length;
    const fills = own / Math.max(1, letters) >= 0.6 || (label.leadsCell && label.words > 1 && own / Math.max(1, letters) > 0.4);
    if (fills) return isEnd ? 'end' : label.kinds.includes('subtotal') ? 'subtotal' : 'pause';
  }
  return null;
}

/** `Net | VAT | Total` over their figures, or a sentence that names them one after the other. */
function isRowOfTotals(row: Row, labels: Labels): boolean {
  const own = (labels.get(row.index) ?? []).filter(
    (label) => (label.leadsCell || label.hasColon) && label.kinds.some((kind) => endKinds.has(kind)),
  );
  const told = new Set(own.map(({ kinds }) => kinds.find((kind) => endKinds.has(kind))));
  const letters = own.reduce((sum, { text }) => sum + text.replaceAll(/[^\p{L}]/gu, '').length, 0);
  return told.size >= 2 && letters > 0.5 * row.text.replaceAll(/[^\p{L}]/gu, '').length;
}
