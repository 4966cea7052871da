import type { PurchaseOrderLine, Tolerance } from '#domain/accounts-payable';
import { decimal, type Decimal } from '#domain/money';
import { amountOf, billAll, withLine, type Deal } from '../deal.ts';
import type { Base, Trouble } from './trouble.ts';

/** One line's price moved to the last cent that is allowed, and to the first that is not. */
export const priceTroubles: readonly Trouble[] = [
  { name: 'price up, just inside', make: (base) => movedPrice(base, { sign: 1, beyond: 0 }) },
  { name: 'price up, just outside', make: (base) => movedPrice(base, { sign: 1, beyond: 1 }) },
  { name: 'price down, just inside', make: (base) => movedPrice(base, { sign: -1, beyond: 0 }) },
  { name: 'price down, just outside', make: (base) => movedPrice(base, { sign: -1, beyond: 1 }) },
  { name: 'price a fifth up', make: (base) => scaledPrice(base, '1.2') },
  { name: 'limits of the supplier, inside', make: (base) => ownLimits(base, 0) },
  { name: 'limits of the supplier, outside', make: (base) => ownLimits(base, 1) },
];

function movedPrice(base: Base, move: { readonly sign: 1 | -1; readonly beyond: 0 | 1 }): Deal | null {
  const deal = billAll(base.order, base.tolerance);
  const at = base.chance.whole(0, base.order.lines.length - 1);
  const ordered = base.order.lines[at];
  const most = ordered === undefined ? null : mostCents(ordered, base.tolerance);
  if (ordered === undefined || most === null) return null;
  const unitPrice = ordered.unitPrice.plus(decimal(move.sign * (most + move.beyond)).div(100));
  if (unitPrice.lte(0)) return null;
  return { ...withLine(deal, at, { unitPrice }), reasons: move.beyond === 0 ? [] : ['price'] };
}

/**
 * How many cents a whole-cent price of a whole quantity may differ: percent and amount hold for one unit and for all.
 * Null where not even one cent may, or where rounding would blur the limit.
 */
function mostCents({ quantity, unitPrice }: PurchaseOrderLine, { priceBasisPoints, priceMinor }: Tolerance): number | null {
  if (!isWhole(quantity) || !isWhole(unitPrice.times(100))) return null;
  const byPercent = unitPrice.times(priceBasisPoints).div(100);
  const byAmount = decimal(priceMinor).div(quantity);
  const most = Math.floor(Math.min(byPercent.toNumber() + 1e-9, byAmount.toNumber() + 1e-9));
  return most < 1 ? null : most;
}

function scaledPrice({ chance, order, tolerance }: Base, factor: string): Deal | null {
  const at = chance.whole(0, order.lines.length - 1);
  const deal = billAll(order, tolerance);
  const line = deal.lines[at];
  // Under half a coin in all the difference vanishes in rounding.
  if (line === undefined || amountOf(line, 'EUR').minor < 100n) return null;
  return { ...withLine(deal, at, { unitPrice: line.unitPrice.times(factor) }), reasons: ['price'] };
}

/** The supplier has limits of its own, tighter or wider than the organization's. */
function ownLimits({ chance, order, tolerance }: Base, beyond: 0 | 1): Deal | null {
  const own = chance.pick([
    { priceBasisPoints: 50, priceMinor: 200n },
    { priceBasisPoints: 800, priceMinor: 5_000n },
  ]);
  const effective = { ...tolerance, ...own };
  const overrides = [{ supplierId: order.supplierId, category: null, ...own }];
  const deal = movedPrice({ chance, sources: [], order, tolerance: effective }, { sign: 1, beyond });
  return deal === null ? null : { ...deal, tolerance: { ...tolerance, overrides } };
}

export function isWhole(value: Decimal): boolean {
  return value.eq(value.round(0));
}
