import type { Deposit, PurchaseOrder } from '#domain/accounts-payable';
import { decimal, money, toDecimal, type Money } from '#domain/money';
import { amountOf, billAll, type Deal } from '../deal.ts';
import { drawOrder } from '../office.ts';
import type { Base, Trouble } from './trouble.ts';

const one = decimal(1);
const depositWords = ['Anzahlung', 'Deposit', 'Acompte', 'Anticipo', 'Abschlagszahlung'];

/** What one invoice has to do with other documents. */
export const documentTroubles: readonly Trouble[] = [
  { name: 'several orders on one invoice', make: (base) => severalOrders(base, true) },
  { name: 'several orders, lines name none', make: (base) => severalOrders(base, false) },
  {
    name: 'the order is closed',
    make: ({ order, tolerance }) => ({ ...billAll({ ...order, closedOn: '2026-02-20' }, tolerance), reasons: ['order-closed'] }),
  },
  { name: 'credit note within its invoice', make: (base) => credit(base, false) },
  { name: 'credit note above its invoice', make: (base) => credit(base, true) },
  { name: 'deposit as agreed', make: (base) => deposit(base, 3000, []) },
  { name: 'deposit higher than agreed', make: (base) => deposit(base, 4000, ['deposit']) },
  { name: 'final invoice takes the deposit off', make: (base) => final(base, '1', []) },
  { name: 'final invoice forgets the deposit', make: (base) => final(base, '0', ['deposit']) },
  { name: 'final invoice takes off half the deposit', make: (base) => final(base, '0.5', ['deposit']) },
];

function severalOrders({ chance, sources, order, tolerance }: Base, isNamed: boolean): Deal | null {
  const other = drawOrder(chance, sources, `${order.number}-2`);
  const known = new Set(order.lines.map(({ description }) => description));
  if (other.lines.length === 0 || other.lines.some(({ description }) => known.has(description))) return null;
  const named = (from: PurchaseOrder) =>
    billAll(from, tolerance).lines.map((line) => ({ ...line, orderNumber: isNamed ? from.number : null }));
  return { ...billAll(order, tolerance), moreOrders: [other], lines: [...named(order), ...named(other)] };
}

/** Everything was billed before; some of it is given back, or more than the invoice asked. */
function credit({ chance, order, tolerance }: Base, isAbove: boolean): Deal {
  const lines = order.lines.map((line) => ({ ...line, invoicedQuantity: line.quantity }));
  const whole = billAll({ ...order, lines }, tolerance);
  const given = whole.lines.filter(() => chance.isHeads());
  const credited = given.length === 0 ? whole.lines.slice(0, 1) : given;
  const gross = grossOf(credited);
  const share = isAbove ? decimal(chance.whole(50, 99)).div(100) : decimal(1);
  const asked = money(toDecimal(gross).times(share).round(2, 0), 'EUR');
  return {
    ...whole,
    kind: 'credit-note',
    lines: credited,
    credited: { id: 'invoice-earlier', number: 'R-1', gross: asked, credited: { minor: 0n, currency: 'EUR' } },
    reasons: isAbove ? ['credit-note', 'over-credited'] : ['credit-note'],
  };
}

function grossOf(lines: Deal['lines']): Money {
  const net = lines.reduce((minor, line) => minor + amountOf(line, 'EUR').minor, 0n);
  return { minor: net + BigInt(decimal(net).times('0.19').round(0, 1).toFixed()), currency: 'EUR' };
}

function netOf(order: PurchaseOrder): bigint {
  return billAll(order, { priceBasisPoints: 0, priceMinor: 0n, quantityBasisPoints: 0 }).lines.reduce(
    (minor, line) => minor + amountOf(line, 'EUR').minor,
    0n,
  );
}

/** Thirty percent before delivery were agreed; nothing has arrived yet. */
function deposit({ chance, order, tolerance }: Base, basisPoints: number, reasons: Deal['reasons']): Deal | null {
  const lines = order.lines.map((line) => ({ ...line, receivedQuantity: decimal(0) }));
  const agreed: PurchaseOrder = { ...order, lines, depositBasisPoints: 3000, deposits: [] };
  const net = netOf(order);
  if (net < 10_000n) return null;
  const unitPrice = decimal(net).times(basisPoints).div(1_000_000).round(2, 0);
  const description = `${chance.pick(depositWords)} ${basisPoints / 100} % ${order.number}`;
  return { ...billAll(agreed, tolerance), stage: 'deposit', lines: [{ bills: [], description, quantity: one, unitPrice }], reasons };
}

/** All goods, less the deposit that was paid: `share` of it is taken off. */
function final({ chance, order, tolerance }: Base, share: string, reasons: Deal['reasons']): Deal | null {
  const net = netOf(order);
  if (net < 10_000n) return null;
  const paid: Deposit = {
    invoiceId: 'invoice-deposit',
    number: 'A-17',
    net: { minor: (net * 3n) / 10n, currency: 'EUR' },
    deducted: { minor: 0n, currency: 'EUR' },
  };
  const deal = { ...billAll({ ...order, depositBasisPoints: 3000, deposits: [paid] }, tolerance), stage: 'final', reasons } as const;
  const off = toDecimal(paid.net).times(share).round(2);
  if (off.eq(0)) return deal;
  const description = `${chance.pick(['abzüglich', 'less', 'moins'])} ${chance.pick(depositWords)} A-17`;
  return { ...deal, lines: [...deal.lines, { bills: [], description, quantity: one, unitPrice: off.times(-1) }] };
}
