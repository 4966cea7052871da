import type { Decimal } from '#domain/money';
import { assignRows } from './assignment.ts';
import { itemText, likenessOf, type ItemText, type Likeness } from './likeness.ts';
import { foldIdentifier } from './text-similarity.ts';
import { figuresInOrderUnits, figuresOf, type LineFigures } from './line-figures.ts';
import type { OpenLine } from './open-lines.ts';
import type { InvoiceLine, PurchaseOrderLine } from '../types.ts';

/** An invoice line and the order line it bills. */
export interface LinePair {
  readonly line: InvoiceLine;
  readonly open: OpenLine;
  /** Of `open`. */
  readonly ordered: PurchaseOrderLine;
  /** Null when the page says neither quantity nor price and the amount does not give them. */
  readonly figures: LineFigures | null;
  readonly likeness: Likeness;
}

export interface Pairing {
  readonly pairs: readonly LinePair[];
  readonly unpaired: readonly InvoiceLine[];
}

/**
 * Words decide, price and quantity break ties. Exact price and quantity alone (0.40) just reach the bar, so a line in
 * another language still finds its order line; the match then asks whether it is the same thing.
 */
const weights = { identity: 0.6, price: 0.25, quantity: 0.15 } as const;
const BAR = 0.4;
/**
 * A second invoice line on the same order line must be named alike, or nearly and at the very price; it costs a little,
 * so that a free line goes first.
 */
const REPEAT_IDENTITY = 0.8;
const REPEAT_IDENTITY_AT_PRICE = 0.6;
const REPEAT_COST = 0.05;
/** Columns of repeats in all: keeps 200 × 200 lines of one name under a second. */
const MAX_REPEATS = 2_000;
const FORBIDDEN = 10;
/** Price likeness falls to zero at this relative difference. */
const PRICE_REACH = 0.25;

interface Candidate {
  readonly score: number;
  /** May bill an order line that another invoice line bills as well. */
  readonly isRepeatable: boolean;
  readonly figures: LineFigures | null;
  readonly likeness: Likeness;
}

/**
 * Sets each invoice line against the order line it bills, all at once: the choice with the least cost over item code,
 * description, unit price and quantity. Several invoice lines may bill one order line; a line that fits none stays
 * unpaired. A line that names its order is held against that one alone.
 */
export function pairLines(lines: readonly InvoiceLine[], openLines: readonly OpenLine[]): Pairing {
  const candidates = candidatesOf(lines, openLines);
  const columns = columnsOf(candidates, openLines.length);
  const costs = candidates.map((row, at) => [
    ...columns.map((column) => costOf(row[column.order], column.isRepeat)),
    ...lines.map((_, other) => (other === at ? 1 - BAR : FORBIDDEN)),
  ]);
  const columnOf = assignRows(costs);
  const pairs: LinePair[] = [];
  const unpaired: InvoiceLine[] = [];
  lines.forEach((line, at) => {
    const orderIndex = columns[columnOf[at] ?? -1]?.order ?? -1;
    const [open, candidate] = [openLines[orderIndex], candidates[at]?.[orderIndex]];
    if (open === undefined || candidate === undefined || candidate.score < BAR) unpaired.push(line);
    else pairs.push({ line, open, ordered: open.ordered, figures: candidate.figures, likeness: candidate.likeness });
  });
  return { pairs, unpaired };
}

/** A line with what is looked at again and again, worked out once: 200 × 200 comparisons stay under half a second. */
interface PreparedLine {
  readonly line: InvoiceLine;
  readonly text: ItemText;
  readonly own: LineFigures | null;
  /** Folded number of the order it names, where that is one of the orders at hand. */
  readonly orderNumber: string | null;
}

interface PreparedOrder {
  readonly open: OpenLine;
  readonly text: ItemText;
  readonly orderNumber: string;
}

/** Rows are invoice lines, columns order lines. */
function candidatesOf(lines: readonly InvoiceLine[], openLines: readonly OpenLine[]): Candidate[][] {
  const prepared = openLines.map((open) => ({
    open,
    text: itemText(open.ordered.description, open.ordered.itemCode),
    orderNumber: foldIdentifier(open.order.number),
  }));
  const numbers = new Set(prepared.map(({ orderNumber }) => orderNumber));
  return lines.map((line) => {
    const named = foldIdentifier(line.orderNumber ?? '');
    const row = { line, text: itemText(line.description), own: figuresOf(line), orderNumber: numbers.has(named) ? named : null };
    return prepared.map((column) => scorePair(row, column));
  });
}

function scorePair(
  { line, text, own, orderNumber }: PreparedLine,
  { open, text: orderText, orderNumber: ownNumber }: PreparedOrder,
): Candidate {
  const { ordered, isPriceCompared } = open;
  const likeness = likenessOf(text, orderText);
  const isChargeForGoods = text.charge !== orderText.charge && likeness.identity < BAR;
  const isOtherOrder = orderNumber !== null && orderNumber !== ownNumber;
  if (isChargeForGoods || isOtherOrder || !isSameSign(line, text, ordered))
    return { score: 0, isRepeatable: false, likeness, figures: null };
  const figures = figuresInOrderUnits({ line, own }, ordered, isPriceCompared);
  const price = figures === null || !isPriceCompared ? 0 : priceLikeness(figures.unitPrice, ordered.unitPrice);
  const quantity = figures === null ? 0 : quantityLikeness(figures.quantity, ordered);
  const score = weights.identity * likeness.identity + weights.price * price + weights.quantity * quantity;
  // At most one part in a million, so that equal lines pair in the order they are printed.
  const nearness = 1e-6 * (1 - Math.min(1, Math.abs(line.position - ordered.position) / MAX_REPEATS));
  const { identity, conflict } = likeness;
  const isRepeatable = identity >= REPEAT_IDENTITY || (identity >= REPEAT_IDENTITY_AT_PRICE && price === 1 && conflict === null);
  return { score: round(score) + nearness, isRepeatable, likeness, figures };
}

/** A discount on an article names the article, yet it bills none of it. */
function isSameSign(line: InvoiceLine, text: ItemText, ordered: PurchaseOrderLine): boolean {
  const isOrderedCredit = ordered.unitPrice.lt(0);
  if (line.netAmount.minor >= 0n) return line.netAmount.minor === 0n || !isOrderedCredit;
  const isReturn = line.quantity?.lt(0) === true && text.charge !== 'discount';
  return isReturn ? !isOrderedCredit : isOrderedCredit;
}

function priceLikeness(charged: Decimal, ordered: Decimal): number {
  if (ordered.eq(0)) return charged.eq(0) ? 1 : 0;
  return Math.max(0, 1 - Math.abs(charged.toNumber() / ordered.toNumber() - 1) / PRICE_REACH);
}

function quantityLikeness(quantity: Decimal, ordered: PurchaseOrderLine): number {
  const open = ordered.quantity.minus(ordered.invoicedQuantity);
  const received = ordered.receivedQuantity.minus(ordered.invoicedQuantity);
  if ([ordered.quantity, open, received].some((expected) => expected.eq(quantity))) return 1;
  return quantity.lte(open) ? 0.7 : 0;
}

function columnsOf(candidates: readonly (readonly Candidate[])[], orderCount: number): { order: number; isRepeat: boolean }[] {
  const most = Math.max(2, Math.floor(MAX_REPEATS / Math.max(1, orderCount)));
  const columns: { order: number; isRepeat: boolean }[] = [];
  for (let order = 0; order < orderCount; order += 1) {
    const alike = candidates.filter((row) => row[order]?.isRepeatable === true).length;
    for (let copy = 0; copy < Math.max(1, Math.min(alike, most)); copy += 1) columns.push({ order, isRepeat: copy > 0 });
  }
  return columns;
}

function costOf(candidate: Candidate | undefined, isRepeat: boolean): number {
  if (candidate === undefined || candidate.score < BAR) return FORBIDDEN;
  if (!isRepeat) return 1 - candidate.score;
  return candidate.isRepeatable ? 1 - candidate.score + REPEAT_COST : FORBIDDEN;
}

function round(score: number): number {
  return Math.round(score * 1e9) / 1e9;
}
