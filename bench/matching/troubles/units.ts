import type { PurchaseOrderLine } from '#domain/accounts-payable';
import { decimal, type Decimal } from '#domain/money';
import { billAll, withLine, withOrdered, type Deal } from '../deal.ts';
import { isWhole } from './prices.ts';
import type { Base, Trouble } from './trouble.ts';

/** The same goods counted or priced otherwise. */
export const unitTroubles: readonly Trouble[] = [
  { name: 'boxes billed by the piece', make: (base) => byThePiece(base, 'conversion', 0) },
  { name: 'boxes billed by the piece, too many', make: (base) => byThePiece(base, 'conversion', 1) },
  { name: 'boxes billed by the piece, size in the words', isAboutWords: true, make: (base) => byThePiece(base, 'words', 0) },
  { name: 'boxes billed by the piece, size unknown', make: (base) => byThePiece(base, 'nowhere', 0) },
  { name: 'kilograms billed in grams', make: (base) => measured(base, 'KGM', 'GRM', '1000') },
  { name: 'dozens billed by the piece', make: (base) => measured(base, 'DZN', 'C62', '12') },
  { name: 'priced per 100', make: (base) => perHundred(base, 'stated') },
  { name: 'priced per 100, not said on the invoice', make: (base) => perHundred(base, 'silent') },
  { name: 'priced per 100, charged per piece', make: (base) => perHundred(base, 'forgotten') },
];

/** A line whose price in the smaller unit has at most four decimals: nobody prints more. */
function chooseLine({ chance, order }: Base, size: Decimal): { at: number; ordered: PurchaseOrderLine } | null {
  const fitting = order.lines.flatMap((ordered, at) => {
    const price = ordered.unitPrice.div(size);
    return isWhole(ordered.quantity) && isWhole(price.times(10_000)) ? [{ at, ordered }] : [];
  });
  return fitting.length === 0 ? null : chance.pick(fitting);
}

function byThePiece(base: Base, known: 'conversion' | 'words' | 'nowhere', extra: 0 | 1): Deal | null {
  const size = base.chance.pick([10, 12, 20, 24, 50]);
  const chosen = chooseLine(base, decimal(size));
  if (chosen === null) return null;
  const { at, ordered } = chosen;
  // "1000 Stück" in the words would be a size, and the label wrong.
  if (known === 'nowhere' && /\d/.test(ordered.description)) return null;
  const sized = base.chance.pick([`box of ${size}`, `${size} Stück`, `VE ${size}`, `${size} pcs/box`, `boîte de ${size}`]);
  const description = known === 'words' ? `${ordered.description}, ${sized}` : ordered.description;
  const conversions = known === 'conversion' ? [{ unit: 'C62', perOrderUnit: decimal(size) }] : [];
  const quantity = ordered.quantity.times(size).plus(extra);
  const deal = withOrdered(billAll(base.order, base.tolerance), at, { unit: 'BX', description, conversions });
  const changed = withLine(deal, at, { description, unit: 'C62', quantity, unitPrice: ordered.unitPrice.div(size) });
  return { ...changed, reasons: extra === 1 ? ['quantity'] : known === 'nowhere' ? ['unit'] : [] };
}

function measured(base: Base, orderUnit: string, unit: string, perOrderUnit: string): Deal | null {
  const chosen = chooseLine(base, decimal(perOrderUnit));
  if (chosen === null) return null;
  const { at, ordered } = chosen;
  const deal = withOrdered(billAll(base.order, base.tolerance), at, { unit: orderUnit });
  return withLine(deal, at, { unit, quantity: ordered.quantity.times(perOrderUnit), unitPrice: ordered.unitPrice.div(perOrderUnit) });
}

/** Ordered by the hundred pieces; `forgotten`: the invoice takes the price of a hundred for that of a piece. */
function perHundred(base: Base, how: 'stated' | 'silent' | 'forgotten'): Deal | null {
  const at = base.chance.whole(0, base.order.lines.length - 1);
  const ordered = base.order.lines[at];
  if (ordered === undefined || !isWhole(ordered.quantity)) return null;
  const hundred = decimal(100);
  const quantity = ordered.quantity.times(100);
  const deal = withOrdered(billAll(base.order, base.tolerance), at, { quantity, receivedQuantity: quantity, priceBase: hundred });
  if (how === 'forgotten') return { ...withLine(deal, at, { quantity }), reasons: ['price'] };
  const changed = withLine(deal, at, { quantity, priceBase: hundred });
  return how === 'stated' ? changed : { ...changed, isPriceBaseSilent: true };
}
