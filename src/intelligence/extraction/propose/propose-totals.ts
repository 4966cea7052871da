import { decimal } from '#domain/money';
import { horizontalOverlap } from '../layout.ts';
import type { Layout, Row } from '../layout.ts';
import type { Label, Labels } from './labels.ts';
import type { LabelKind } from '../text/lexicon.ts';
import type { Numbers, PrintedNumber } from './propose-amounts.ts';
import { looksLikeMoney } from './propose-amounts.ts';
import { isPartOfTotal, paidTotals, receiptTotals } from './receipt-totals.ts';

/** How an amount is labelled: as one of the totals, or as something that explains their difference. */
export interface TotalCandidate {
  /** Where it is printed; several where it is the sum of parts. */
  readonly numbers: readonly PrintedNumber[];
  readonly value: string;
  /** Likelihood of the label alone, 0–1. */
  readonly score: number;
  readonly reason: string;
  readonly labelText: string;
}

export interface TotalCandidates {
  readonly net: readonly TotalCandidate[];
  readonly tax: readonly TotalCandidate[];
  readonly gross: readonly TotalCandidate[];
  /** Signed as they act on the net: discounts negative, charges positive. */
  readonly adjustments: readonly TotalCandidate[];
  readonly tendered: readonly TotalCandidate[];
  readonly prepaid: readonly TotalCandidate[];
  /** Printed rates, percent. */
  readonly rates: readonly string[];
}

type Target = 'net' | 'tax' | 'gross';

/** What each kind of label says about each total. */
const weights: Readonly<Partial<Record<LabelKind, Partial<Record<Target, number>>>>> = {
  net: { net: 0.93 },
  subtotal: { net: 0.66, gross: 0.1 },
  tax: { tax: 0.84 },
  gross: { gross: 0.94 },
  total: { gross: 0.8, net: 0.12 },
  due: { gross: 0.55 },
  taxBase: { net: 0.25 },
};
/** What changes on receipts: nothing is carried over from earlier bills, and the last sum is what was paid. */
const receiptWeights: Readonly<Partial<Record<LabelKind, Partial<Record<Target, number>>>>> = {
  net: { net: 0.75, gross: 0.45 },
  subtotal: { net: 0.66, gross: 0.35 },
  due: { gross: 0.83 },
  gross: { gross: 0.94, net: 0.3 },
  prepaid: { gross: 0.5 },
  tendered: { gross: 0.24 },
};
const totalsKinds: ReadonlySet<LabelKind> = new Set([
  'net',
  'subtotal',
  'tax',
  'gross',
  'total',
  'due',
  'taxBase',
  'notTotal',
  'prepaid',
  'discount',
  'charge',
  'tip',
  'tendered',
]);

/** Suggests amounts for the totals from labels beside and above them; amounts of item lines are left out. */
export function proposeTotals(
  layout: Layout,
  labels: Labels,
  numbers: Numbers,
  itemNumbers: ReadonlySet<PrintedNumber>,
  isReceipt: boolean,
): TotalCandidates {
  const lists = {
    net: [] as TotalCandidate[],
    tax: [] as TotalCandidate[],
    gross: [] as TotalCandidate[],
    adjustments: [] as TotalCandidate[],
    tendered: [] as TotalCandidate[],
    prepaid: [] as TotalCandidate[],
  };
  const hasCents = numbers.all.filter((number) => number.decimals === 2 && looksLikeMoney(number)).length > 2;
  for (const row of layout.rows) {
    const all = numbers.byRow.get(row.index) ?? [];
    const money = all.filter(
      (number) =>
        !itemNumbers.has(number) && !number.isGlued && !number.isPercent && (looksLikeMoney(number) || isWholeAmount(number, row, labels)),
    );
    for (const number of money) enterNumber({ layout, labels, numbers, isReceipt, hasCents }, row, number, money, lists);
  }
  if (isReceipt) {
    lists.gross.push(...receiptTotals(layout, numbers), ...paidTotals(numbers, lists.tendered));
    lists.gross = lists.gross.filter(({ numbers: own }) => !own.some(({ row }) => isPartOfTotal(row)));
  }
  const rates = numbers.all
    .filter((number) => number.isPercent && Number(number.value) > 0 && Number(number.value) <= 30)
    .map((number) => number.value);
  return { ...lists, rates: [...new Set(rates)] };
}

/** `Grand Total | Rs 1939`, `Total HT 0 €`: whole amounts count only at the end of a row that a total leads. */
function isWholeAmount(number: PrintedNumber, row: Row, labels: Labels): boolean {
  if (number.decimals > 1 || Number(number.value) > 9_999_999 || row.text.length - number.end > 4) return false;
  const lead = rowLabel(labels, row, number);
  return (
    lead !== null &&
    row.cells.length <= 3 &&
    lead.kinds.some(
      (kind) => kind === 'gross' || kind === 'total' || kind === 'net' || kind === 'subtotal' || kind === 'tax' || kind === 'due',
    )
  );
}

type Lists = Record<'net' | 'tax' | 'gross' | 'adjustments' | 'tendered' | 'prepaid', TotalCandidate[]>;

interface Setting {
  readonly layout: Layout;
  readonly labels: Labels;
  readonly numbers: Numbers;
  readonly isReceipt: boolean;
  /** Where amounts have cents, a whole number is hardly one. */
  readonly hasCents: boolean;
}

function enterNumber(setting: Setting, row: Row, number: PrintedNumber, money: readonly PrintedNumber[], lists: Lists): void {
  const { layout, labels, numbers } = setting;
  const beside = rowLabel(labels, row, number, money);
  const sameLabel = money.filter((other) => rowLabel(labels, row, other, money) === beside);
  const fromRight = sameLabel.length - 1 - sameLabel.indexOf(number);
  // A text of its own in front makes the row an item, not a value under a head.
  const isItem = beside === null && sameLabel.length < 2 && /\p{L}{3}/u.test(row.text.slice(0, number.start));
  const above =
    !isItem && (sameLabel.length > 1 || beside === null || beside.kinds.includes('total'))
      ? columnLabel(layout, labels, numbers, row, number)
      : null;
  const isBase = /(?:^|\s)(?:on|of|sur|aus|von|auf|su|sobre|over|from|de|op|at)\s?[€$£]?\s?$/.test(row.folded.slice(0, number.start));
  const placed = depthFactor(layout, row);
  const label = pickLabel(beside, above, sameLabel.length);
  const isWhole = setting.hasCents && number.decimals < 2 && number.currency === null && Number(number.value) !== 0;
  if (label === null) {
    if (setting.isReceipt && row.cells.length === 1 && lists.gross.length + lists.net.length > 0 && !isWhole)
      lists.gross.push({
        numbers: [number],
        value: number.value,
        score: 0.28,
        reason: 'An amount without a label below the total.',
        labelText: '',
      });
    return;
  }
  const rank = label === above && label !== beside ? 1 : fromRight === 0 ? 1 : 0.45;
  const reason = `${label === above && label !== beside ? 'Stands below' : 'Stands beside'} “${label.text}”.`;
  // What a till calls the net total is the sum to pay, after tax and rounding.
  if (setting.isReceipt && /nett? ?total/i.test(label.text))
    lists.gross.push({ numbers: [number], value: number.value, score: 0.78 * rank, reason, labelText: label.text });
  for (const kind of label.kinds) {
    // A column called “amount” holds items as a rule; only beside it the word means a total.
    const isColumnOnly = label === above && label !== beside && kind === 'total';
    const factor = (isColumnOnly ? 0.6 : 1) * (isWhole ? 0.35 : 1) * placed * rank * (isBase ? 0.25 : 1) * emphasis(label, kind);
    for (const [target, weight] of Object.entries({ ...weights[kind], ...(setting.isReceipt ? receiptWeights[kind] : {}) })) {
      lists[target as Target].push({
        numbers: [number],
        value: number.value,
        score: Math.min(0.97, weight * factor),
        reason,
        labelText: label.text,
      });
    }
    const plain = { numbers: [number], value: number.value, score: 0.6 * rank, reason, labelText: label.text };
    if (kind === 'discount' && fromRight === 0)
      lists.adjustments.push({ ...plain, value: number.isNegative ? number.value : negated(number.value) });
    if ((kind === 'charge' || kind === 'tip') && fromRight === 0) lists.adjustments.push(plain);
    if (kind === 'tendered') lists.tendered.push(plain);
    if (kind === 'prepaid' && fromRight === 0) lists.prepaid.push(plain);
  }
}

function negated(value: string): string {
  return decimal(value).times(-1).toFixed();
}

/** A generic row label yields to a telling column head: `Total facture | 24.99 | 5.00 | 29.99` under HT, TVA, TTC. */
function pickLabel(beside: Label | null, above: Label | null, many: number): Label | null {
  if (beside === null) return above;
  const isTelling =
    above !== null && above.kinds.some((kind) => kind === 'net' || kind === 'tax' || kind === 'gross' || kind === 'taxBase');
  if (!isTelling) return beside;
  const isGeneric =
    beside.kinds.includes('total') || beside.kinds.includes('gross') || beside.kinds.includes('subtotal') || beside.kinds.includes('tax');
  return many > 1 && isGeneric ? above : beside;
}

/** Words such as `total` before `tax` mean the sum over rates; one rate's row is only a part. */
function emphasis(label: Label, kind: LabelKind): number {
  if (kind === 'tax')
    return /total|summe|gesamt|totaal|razem|montant|amount|betrag/i.test(label.text)
      ? 1.08
      : label.kinds.includes('taxId') && label.words > 1
        ? 0.3
        : 1;
  return label.leadsCell ? 1 : 0.8;
}

/** The label that leads the nearest cell to the left (or the number's own cell). */
function rowLabel(labels: Labels, row: Row, number: PrintedNumber, money: readonly PrintedNumber[] = []): Label | null {
  const before = (labels.get(row.index) ?? []).filter(
    (label) => label.end <= number.start && label.kinds.some((kind) => totalsKinds.has(kind)),
  );
  // `Net: 100.00, VAT 20 %: 20.00, Total: 120.00`: each amount has the label that follows the amount before it.
  const after = Math.max(0, ...money.map(({ end }) => end).filter((end) => end <= number.start));
  const between = before.filter((label) => label.start >= after);
  const said = between.find(({ hasColon }) => hasColon) ?? between[0];
  if (after > 0 && said !== undefined) return said;
  const own = before;
  for (const cell of row.cells.toReversed()) {
    if (cell.start > number.start) continue;
    const inCell = own.filter((label) => label.start >= cell.start && label.start < cell.start + cell.text.length);
    const leading =
      inCell.find((label) => label.leadsCell && label.kinds.some((kind) => kind !== 'taxBase')) ??
      inCell.find(
        (label) =>
          /^(?:zzgl|zuzugl|inkl|incl|plus|add|abz|less|davon|darin|enth|dont|di cui|\d|\W|[a-z]{1,3}\b)/.test(
            row.folded.slice(cell.start),
          ) ||
          label.words > 1 ||
          label.start - cell.start < 14,
      );
    if (leading !== undefined) return leading;
    if (inCell.length > 0) return inCell[0] ?? null;
  }
  return null;
}

/** A label above in the same column, up to eight rows up, in a row of heads or directly above. */
function columnLabel(layout: Layout, labels: Labels, numbers: Numbers, row: Row, number: PrintedNumber): Label | null {
  for (let index = row.index - 1; index >= Math.max(0, row.index - 8); index -= 1) {
    const upper = layout.rows[index];
    if (upper === undefined || upper.page !== row.page || row.box[1] - upper.box[3] > 14 * row.height) return null;
    const hit = (labels.get(index) ?? []).find(
      (label) =>
        label.kinds.some((kind) => totalsKinds.has(kind)) && horizontalOverlap(label.box, number.box) > 0.25 && isAboveAlone(upper, label),
    );
    if (hit !== undefined) return hit;
    const over = (numbers.byRow.get(index) ?? []).some((other) => looksLikeMoney(other) && horizontalOverlap(other.box, number.box) > 0.25);
    const text = upper.cells.some((cell) => horizontalOverlap(cell.box, number.box) > 0.25 && /\p{L}{3}/u.test(cell.text));
    if (text && !over) return null;
  }
  return null;
}

/** A head stands alone in its cell and has no amount after it in its row. */
function isAboveAlone(row: Row, label: Label): boolean {
  const cell = row.cells.findLast((one) => one.start <= label.start);
  if (cell === undefined || label.words + 2 < cell.words.length) return false;
  return !row.cells.some((other) => other.box[0] > cell.box[2] && /\d[.,]\d\d/.test(other.text) && row.cells.length <= 2);
}

function depthFactor(layout: Layout, row: Row): number {
  if (layout.pages.length === 1) return 1;
  return row.page === layout.pages.length || row.page === layout.pages.length - 1 ? 1 : 0.96;
}
