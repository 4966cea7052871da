import type { PurchaseOrderLine } from '#domain/accounts-payable';
import { decimal, type Decimal } from '#domain/money';
import { billAll, withLine, withOrdered, type Deal } from '../deal.ts';
import { isWhole } from './prices.ts';
import type { Base, Trouble } from './trouble.ts';

const none = decimal(0);

/** What was billed, delivered and billed before, one against the other. */
export const quantityTroubles: readonly Trouble[] = [
  {
    name: 'more billed than ordered',
    make: (base) => onOneLine(base, ({ ordered, more, deal, at }) => over(withLine(deal, at, { quantity: ordered.quantity.plus(more) }))),
  },
  {
    name: 'fewer billed than ordered',
    make: (base) => onSeveral(base, ({ some, deal, at }) => withLine(deal, at, { quantity: some })),
  },
  {
    name: 'partial delivery, billed as delivered',
    make: (base) =>
      onSeveral(base, ({ some, deal, at }) => withOrdered(withLine(deal, at, { quantity: some }), at, { receivedQuantity: some })),
  },
  {
    name: 'partial delivery, all billed',
    make: (base) => onSeveral(base, ({ some, deal, at }) => unreceived(withOrdered(deal, at, { receivedQuantity: some }))),
  },
  {
    name: 'more delivered than ordered, and billed',
    make: (base) =>
      onOneLine(base, ({ ordered, more, deal, at }) => {
        const quantity = ordered.quantity.plus(more);
        return over(withOrdered(withLine(deal, at, { quantity }), at, { receivedQuantity: quantity }));
      }),
  },
  { name: 'over-delivery at the quantity limit', make: (base) => atLimit(base, false) },
  { name: 'over-delivery beyond the quantity limit', make: (base) => atLimit(base, true) },
  {
    name: 'nothing received yet',
    make: ({ order, tolerance }) => {
      const lines = order.lines.map((line) => ({ ...line, receivedQuantity: none }));
      return unreceived(billAll({ ...order, lines }, tolerance));
    },
  },
  {
    name: 'service, no receipt needed',
    make: ({ order, tolerance }) => {
      const lines = order.lines.map((line) => ({ ...line, receivedQuantity: none }));
      return billAll({ ...order, isReceiptRequired: false, lines }, tolerance);
    },
  },
  {
    name: 'the last of several invoices',
    make: (base) =>
      onSeveral(base, ({ ordered, some, deal, at }) =>
        withOrdered(withLine(deal, at, { quantity: ordered.quantity.minus(some) }), at, { invoicedQuantity: some }),
      ),
  },
  {
    name: 'several invoices, together too many',
    make: (base) =>
      onSeveral(base, ({ ordered, some, deal, at }) =>
        over(withOrdered(withLine(deal, at, { quantity: ordered.quantity.minus(some).plus(1) }), at, { invoicedQuantity: some })),
      ),
  },
];

interface Chosen {
  readonly deal: Deal;
  readonly at: number;
  readonly ordered: PurchaseOrderLine;
  /** One to a third more than ordered, whole. */
  readonly more: Decimal;
}

function onOneLine({ chance, order, tolerance }: Base, change: (chosen: Chosen) => Deal): Deal | null {
  const at = chance.whole(0, order.lines.length - 1);
  const ordered = order.lines[at];
  if (ordered === undefined) return null;
  const more = decimal(chance.whole(1, Math.max(1, Math.floor(ordered.quantity.toNumber() / 3))));
  return change({ deal: billAll(order, tolerance), at, ordered, more });
}

/** On a line of at least two whole units; `some` of them, not all. */
function onSeveral(base: Base, change: (chosen: Chosen & { readonly some: Decimal }) => Deal): Deal | null {
  return onOneLine(base, (chosen) => {
    const { quantity } = chosen.ordered;
    if (!isWhole(quantity) || quantity.lt(2)) return { ...chosen.deal, lines: [] };
    return change({ ...chosen, some: decimal(base.chance.whole(1, quantity.toNumber() - 1)) });
  });
}

/** Two percent more than ordered is allowed: exactly that, or one unit of the last digit more. */
function atLimit(base: Base, isBeyond: boolean): Deal | null {
  return onOneLine({ ...base, tolerance: { ...base.tolerance, quantityBasisPoints: 200 } }, ({ deal, at, ordered }) => {
    const quantity = ordered.quantity.times('1.02').plus(isBeyond ? '0.001' : 0);
    const changed = withOrdered(withLine(deal, at, { quantity }), at, { receivedQuantity: quantity });
    return isBeyond ? over(changed) : changed;
  });
}

function over(deal: Deal): Deal {
  return { ...deal, reasons: ['quantity'] };
}

function unreceived(deal: Deal): Deal {
  return { ...deal, reasons: ['missing-receipt'] };
}
