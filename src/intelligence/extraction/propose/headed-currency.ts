import { horizontalOverlap } from '../layout.ts';
import type { Layout, Row } from '../layout.ts';
import type { Numbers, PrintedNumber } from './propose-amounts.ts';

/**
 * Leaves out the amounts that stand under the head of another currency: where columns are headed `USD | EUR`, the second only says
 * what the first would be elsewhere. Without two such heads side by side nothing is left out.
 */
export function inCurrency(layout: Layout, numbers: Numbers, currency: string | null): Numbers {
  const heads = layout.rows.filter((row) => codesOf(row).length > 1 && codesOf(row).some(({ code }) => code === currency));
  if (heads.length === 0) return numbers;
  const isForeign = (number: PrintedNumber): boolean => {
    const head = heads.findLast((row) => row.page === number.row.page && row.index < number.row.index);
    const own = head === undefined ? undefined : codesOf(head).find(({ box }) => horizontalOverlap(box, number.box) > 0.25);
    return own !== undefined && own.code !== currency;
  };
  const all = numbers.all.filter((number) => !isForeign(number));
  return { ...numbers, all, byRow: Map.groupBy(all, ({ row }) => row.index) };
}

function codesOf(row: Row): { readonly code: string; readonly box: Row['box'] }[] {
  return row.cells
    .filter(({ text }) => /^\(?[A-Z]{3}\)?$/.test(text.trim()))
    .map(({ text, box }) => ({ code: text.replaceAll(/[^A-Z]/g, ''), box }));
}
