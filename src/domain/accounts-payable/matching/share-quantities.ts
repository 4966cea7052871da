import { decimal, type Decimal } from '#domain/money';
import { itemText, likenessOf } from './likeness.ts';
import type { OpenLine } from './open-lines.ts';
import type { LinePair } from './pair-lines.ts';
import type { InvoiceLine } from '../types.ts';

/** How much of an invoice line bills one order line. */
export interface Share {
  readonly line: InvoiceLine;
  readonly open: OpenLine;
  /** In the unit of the order line. */
  readonly quantity: Decimal;
  /** Of the line's whole quantity: 1 unless the line bills several order lines. */
  readonly part: Decimal;
  readonly reason: string;
  /** Worked out from another unit: a third of a box has no last digit. */
  readonly isConverted: boolean;
}

/** Words this much alike, at one price, are one article ordered twice. */
const SAME_ARTICLE = 0.95;
const none = decimal(0);

/**
 * Shares out what each invoice line bills. Where it is more than its order line still takes (of what was received, then
 * of what was ordered), the rest goes to other order lines of the same article and price: two dates of delivery, or two
 * orders, billed as one.
 */
export function shareQuantities(pairs: readonly LinePair[], openLines: readonly OpenLine[]): Share[] {
  let shares = pairs.flatMap(wholeLine);
  for (const limitOf of [receivedLimit, orderedLimit]) shares = shares.flatMap((share) => passOn(share, shares, openLines, limitOf));
  return shares;
}

function wholeLine({ line, open, figures, likeness }: LinePair): Share[] {
  if (figures === null) return [];
  const reason = likeness.identity >= 0.4 ? likeness.reason : 'same quantity and price, other words';
  const { quantity, perOrderUnit } = figures;
  return [{ line, open, quantity, part: decimal(1), reason, isConverted: perOrderUnit !== undefined }];
}

type LimitOf = (open: OpenLine) => Decimal;

function orderedLimit({ ordered }: OpenLine): Decimal {
  return ordered.quantity;
}

function receivedLimit({ ordered, isThreeWay }: OpenLine): Decimal {
  return isThreeWay && ordered.receivedQuantity.lt(ordered.quantity) ? ordered.receivedQuantity : ordered.quantity;
}

/** The share as it is, or cut to what its order line takes, with the rest on sister lines. */
function passOn(share: Share, shares: readonly Share[], openLines: readonly OpenLine[], limitOf: LimitOf): Share[] {
  const own = openRoom(share.open, shares, limitOf);
  const excess = own.gte(0) || share.quantity.lte(0) ? none : minimum(own.times(-1), share.quantity);
  // Only the last line of an order line goes over: those before it took their room.
  const isLast = shares.findLast(({ open }) => open === share.open) === share;
  if (excess.eq(0) || !isLast) return [share];
  const moved: Share[] = [];
  let rest = excess;
  for (const open of openLines) {
    if (rest.lte(0) || open === share.open || !isSameArticle(open, share.open)) continue;
    const quantity = minimum(rest, openRoom(open, shares, limitOf));
    if (quantity.lte(0)) continue;
    rest = rest.minus(quantity);
    moved.push(partOf(share, open, quantity));
  }
  const kept = share.quantity.minus(excess).plus(rest);
  return kept.eq(0) ? moved : [partOf(share, share.open, kept), ...moved];
}

function partOf(share: Share, open: OpenLine, quantity: Decimal): Share {
  const reason = open === share.open ? share.reason : `${share.reason}; same article, of which the other line takes no more`;
  return { ...share, open, quantity, part: share.part.times(quantity).div(share.quantity), reason };
}

/** What the order line still takes after all shares; negative where they are too many. */
function openRoom(open: OpenLine, shares: readonly Share[], limitOf: LimitOf): Decimal {
  const billed = shares.filter((share) => share.open === open).reduce((total, { quantity }) => total.plus(quantity), none);
  return limitOf(open).minus(open.ordered.invoicedQuantity).minus(billed);
}

function isSameArticle(left: OpenLine, right: OpenLine): boolean {
  if (!left.ordered.unitPrice.eq(right.ordered.unitPrice)) return false;
  const [here, there] = [left.ordered, right.ordered];
  if (here.itemCode !== null && there.itemCode !== null && here.itemCode !== there.itemCode) return false;
  const { identity, conflict } = likenessOf(itemText(here.description), itemText(there.description));
  return conflict === null && identity >= SAME_ARTICLE;
}

function minimum(left: Decimal, right: Decimal): Decimal {
  return left.lt(right) ? left : right;
}
