import type { Decimal } from '#domain/money';
import { assignRows } from './assignment.ts';
import { itemText, likenessOf, type ItemText, type Likeness } from './likeness.ts';
import { figuresOf, type LineFigures } from './line-figures.ts';
import type { InvoiceLine, PurchaseOrderLine } from './types.ts';

/** An invoice line and the order line it bills. */
export interface LinePair {
  readonly line: InvoiceLine;
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
/** A second invoice line on the same order line must be named alike, and costs a little, so that a free line goes first. */
const REPEAT_IDENTITY = 0.8;
const REPEAT_COST = 0.05;
/** Columns of repeats in all: keeps 200 × 200 lines of one name under a second. */
const MAX_REPEATS = 2_000;
const FORBIDDEN = 10;
/** Price likeness falls to zero at this relative difference. */
const PRICE_REACH = 0.25;

interface Candidate {
  readonly score: number;
  readonly likeness: Likeness;
}

/**
 * Sets each invoice line against the order line it bills, all at once: the choice with the least cost over item code,
 * description, unit price and quantity. Several invoice lines may bill one order line; a line that fits none stays
 * unpaired.
 *
 * @param isSameCurrency - false leaves prices out of the comparison.
 */
export function pairLines(lines: readonly InvoiceLine[], orderLines: readonly PurchaseOrderLine[], isSameCurrency: boolean): Pairing {
  const candidates = candidatesOf(lines, orderLines, isSameCurrency);
  const columns = columnsOf(candidates, orderLines.length);
  const costs = candidates.map((row, at) => [
    ...columns.map((column) => costOf(row[column.order], column.isRepeat)),
    ...lines.map((_, other) => (other === at ? 1 - BAR : FORBIDDEN)),
  ]);
  const columnOf = assignRows(costs);
  const pairs: LinePair[] = [];
  const unpaired: InvoiceLine[] = [];
  lines.forEach((line, at) => {
    const orderIndex = columns[columnOf[at] ?? -1]?.order ?? -1;
    const [ordered, candidate] = [orderLines[orderIndex], candidates[at]?.[orderIndex]];
    if (ordered === undefined || candidate === undefined || candidate.score < BAR) unpaired.push(line);
    else pairs.push({ line, ordered, figures: figuresOf(line, isSameCurrency ? ordered : null), likeness: candidate.likeness });
  });
  return { pairs, unpaired };
}

/** A line with what is looked at again and again, worked out once: 200 × 200 comparisons stay under half a second. */
interface PreparedLine {
  readonly line: InvoiceLine;
  readonly text: ItemText;
  readonly figures: LineFigures | null;
}

/** Rows are invoice lines, columns order lines. */
function candidatesOf(lines: readonly InvoiceLine[], orderLines: readonly PurchaseOrderLine[], isSameCurrency: boolean): Candidate[][] {
  const orderTexts = orderLines.map((ordered) => ({ ordered, orderText: itemText(ordered.description) }));
  return lines.map((line) => {
    const prepared = { line, text: itemText(line.description), figures: figuresOf(line) };
    return orderTexts.map(({ ordered, orderText }) => scorePair(prepared, ordered, orderText, isSameCurrency));
  });
}

function scorePair(
  { line, text, figures: own }: PreparedLine,
  ordered: PurchaseOrderLine,
  orderText: ItemText,
  isSameCurrency: boolean,
): Candidate {
  const likeness = likenessOf(text, orderText, ordered.itemCode);
  const isChargeForGoods = text.charge !== orderText.charge && likeness.identity < BAR;
  if (isChargeForGoods || !isSameSign(line, text, ordered)) return { score: 0, likeness };
  const figures = own ?? figuresOf(line, isSameCurrency ? ordered : null);
  const price = figures === null || !isSameCurrency ? 0 : priceLikeness(figures.unitPrice, ordered.unitPrice);
  const quantity = figures === null ? 0 : quantityLikeness(figures.quantity, ordered);
  const score = weights.identity * likeness.identity + weights.price * price + weights.quantity * quantity;
  // At most one part in a million, so that equal lines pair in the order they are printed.
  const nearness = 1e-6 * (1 - Math.min(1, Math.abs(line.position - ordered.position) / MAX_REPEATS));
  return { score: round(score) + nearness, likeness };
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
    const alike = candidates.filter((row) => (row[order]?.likeness.identity ?? 0) >= REPEAT_IDENTITY).length;
    for (let copy = 0; copy < Math.max(1, Math.min(alike, most)); copy += 1) columns.push({ order, isRepeat: copy > 0 });
  }
  return columns;
}

function costOf(candidate: Candidate | undefined, isRepeat: boolean): number {
  if (candidate === undefined || candidate.score < BAR) return FORBIDDEN;
  if (!isRepeat) return 1 - candidate.score;
  return candidate.likeness.identity < REPEAT_IDENTITY ? FORBIDDEN : 1 - candidate.score + REPEAT_COST;
}

function round(score: number): number {
  return Math.round(score * 1e9) / 1e9;
}
