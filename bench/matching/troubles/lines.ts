import type { DocumentCharge, OrderedCharge, PurchaseOrderLine } from '#domain/accounts-payable';
import { decimal, money, sum, type Decimal } from '#domain/money';
import { amountOf, billAll, billed, withOrdered, type BilledLine, type Deal } from '../deal.ts';
import { isWhole } from './prices.ts';
import type { Base, Trouble } from './trouble.ts';

const freightWords = ['Freight', 'Versandkosten', 'Frais de port', 'Gastos de envío', 'Shipping and handling', 'Frachtkosten'];
const surchargeWords = ['Mindermengenzuschlag', 'Energy surcharge', 'Supplément carburant', 'Recargo de combustible', 'Dieselzuschlag'];
const discountWords = ['Rabatt', 'Discount', 'Remise', 'Descuento', 'Treuerabatt'];
const one = decimal(1);

/** Lines that are more, fewer, elsewhere or something else than ordered. */
export const lineTroubles: readonly Trouble[] = [
  { name: 'as ordered', make: ({ order, tolerance }) => billAll(order, tolerance) },
  {
    name: 'a line left out',
    make: ({ chance, order, tolerance }) => {
      const at = chance.whole(0, order.lines.length - 1);
      return order.lines.length < 2 ? null : dropLine(billAll(order, tolerance), at);
    },
  },
  { name: 'a line that was not ordered', make: stranger },
  {
    name: 'lines in another order',
    make: ({ chance, order, tolerance }) => {
      const deal = billAll(order, tolerance);
      return order.lines.length < 2 ? null : { ...deal, lines: chance.shuffled(deal.lines) };
    },
  },
  {
    name: 'a line billed twice',
    make: ({ chance, order, tolerance }) => {
      const deal = billAll(order, tolerance);
      return { ...deal, lines: [...deal.lines, chance.pick(deal.lines)], reasons: ['quantity'] };
    },
  },
  { name: 'one line split in two', make: split },
  { name: 'two lines of one article as one', make: merged },
  { name: 'the whole order in one line', make: lumpSum },
  { name: 'freight that was not agreed', make: (base) => added(base, freightWords, ['unordered-item']) },
  { name: 'surcharge that was not agreed', make: (base) => added(base, surchargeWords, ['unordered-item']) },
  { name: 'freight as agreed', make: (base) => agreedFreight(base, '1', []) },
  { name: 'freight higher than agreed', make: (base) => agreedFreight(base, '1.6', ['price']) },
  { name: 'a discount line', make: (base) => added(base, discountWords, [], '-0.05') },
  { name: 'a discount on the whole document', make: documentDiscount },
  { name: 'a discount agreed and not given', make: (base) => agreedDiscount(base, false) },
  { name: 'a discount agreed and given', make: (base) => agreedDiscount(base, true) },
  { name: 'a return among the lines', make: returned },
  { name: 'a negative line without a reason', make: (base) => added(base, ['Sonstiges', 'Other', 'Divers'], ['unordered-item'], '-0.1') },
];

function dropLine(deal: Deal, at: number): Deal {
  return { ...deal, lines: deal.lines.filter((_, index) => index !== at) };
}

/** An article of another document, at its own price, anywhere among the lines. */
function stranger({ chance, sources, order, tolerance }: Base): Deal | null {
  const source = chance.pick(chance.pick(sources).lines);
  const words = wordsOf(source.description);
  if (words.size < 2 || order.lines.some(({ description }) => [...wordsOf(description)].some((word) => words.has(word)))) return null;
  const line: BilledLine = { bills: [], description: source.description, quantity: source.quantity, unitPrice: source.unitPrice };
  if (amountOf(line, 'EUR').minor === 0n || order.lines.some(({ unitPrice }) => unitPrice.eq(line.unitPrice))) return null;
  return insert(chance.whole(0, order.lines.length), { ...billAll(order, tolerance), reasons: ['unordered-item'] }, line);
}

function insert(at: number, deal: Deal, line: BilledLine): Deal {
  return { ...deal, lines: deal.lines.toSpliced(at, 0, line) };
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}

function split({ chance, order, tolerance }: Base): Deal | null {
  const at = chance.whole(0, order.lines.length - 1);
  const ordered = order.lines[at];
  if (ordered === undefined || !isWhole(ordered.quantity) || ordered.quantity.lt(2)) return null;
  const first = decimal(chance.whole(1, ordered.quantity.toNumber() - 1));
  const parts = [first, ordered.quantity.minus(first)].map((quantity) => billed(ordered, { quantity }));
  const deal = billAll(order, tolerance);
  return { ...deal, lines: deal.lines.toSpliced(at, 1, ...parts) };
}

/** The order has the article twice (two dates of delivery), the invoice once with both quantities. */
function merged({ chance, order, tolerance }: Base): Deal | null {
  const at = chance.whole(0, order.lines.length - 1);
  const ordered = order.lines[at];
  if (ordered === undefined) return null;
  const again: PurchaseOrderLine = { ...ordered, id: `${ordered.id}b`, position: order.lines.length + 1 };
  const whole = billAll({ ...order, lines: [...order.lines, again] }, tolerance);
  const lines = whole.lines.slice(0, -1);
  const both = billed(ordered, { bills: [ordered, again], quantity: ordered.quantity.times(2) });
  return { ...whole, lines: lines.toSpliced(at, 1, both) };
}

function lumpSum({ chance, order, tolerance }: Base): Deal | null {
  if (order.lines.length < 2) return null;
  const deal = billAll(order, tolerance);
  const description = chance.pick(['Lieferung laut Bestellung', 'Goods as per order', 'Livraison selon commande', 'Auftrag komplett']);
  const unitPrice = decimal(
    sum(
      deal.lines.map((line) => amountOf(line, 'EUR')),
      'EUR',
    ).minor,
  ).div(100);
  return { ...deal, lines: [{ bills: order.lines, description, quantity: one, unitPrice }], reasons: ['doubtful-value'] };
}

/** A line of its own for a charge or a discount; `share` of the goods, at least a euro. */
function added({ chance, order, tolerance }: Base, words: readonly string[], reasons: Deal['reasons'], share = '0.03'): Deal | null {
  const deal = billAll(order, tolerance);
  const unitPrice = shareOf(deal, share);
  if (unitPrice === null) return null;
  return { ...deal, lines: [...deal.lines, { bills: [], description: chance.pick(words), quantity: one, unitPrice }], reasons };
}

function shareOf(deal: Deal, share: string): Decimal | null {
  const goods = deal.lines.reduce((minor, line) => minor + amountOf(line, 'EUR').minor, 0n);
  const amount = decimal(goods).times(share).div(100).round(2);
  return amount.abs().lt(1) ? null : amount;
}

/** Freight agreed with the order, on the invoice as a line or among the totals. */
function agreedFreight({ chance, order, tolerance }: Base, factor: string, reasons: Deal['reasons']): Deal {
  const agreed = decimal(chance.whole(1200, 9000)).div(100);
  const charge: OrderedCharge = { description: chance.pick(freightWords), amount: money(agreed, 'EUR') };
  const deal = { ...billAll({ ...order, charges: [charge] }, tolerance), reasons };
  const unitPrice = agreed.times(factor).round(2);
  const description = chance.pick(freightWords);
  if (chance.isHeads()) return { ...deal, lines: [...deal.lines, { bills: [], description, quantity: one, unitPrice }] };
  return { ...deal, charges: [{ description, amount: money(unitPrice, 'EUR'), taxRate: decimal(19) }] };
}

function documentDiscount({ chance, order, tolerance }: Base): Deal | null {
  const deal = billAll(order, tolerance);
  const amount = shareOf(deal, '-0.04');
  return amount === null ? null : { ...deal, charges: [discount(chance.pick(discountWords), amount)] };
}

function discount(description: string, amount: Decimal): DocumentCharge {
  return { description, amount: money(amount, 'EUR'), taxRate: decimal(19) };
}

function agreedDiscount({ chance, order, tolerance }: Base, isGiven: boolean): Deal | null {
  const charges: OrderedCharge[] = [{ description: chance.pick(discountWords), amount: null, basisPoints: -500 }];
  const deal = billAll({ ...order, charges }, tolerance);
  const amount = shareOf(deal, '-0.05');
  if (amount === null) return null;
  return isGiven ? { ...deal, charges: [discount(chance.pick(discountWords), amount)] } : { ...deal, reasons: ['price'] };
}

/** Some of the goods of an earlier invoice come back and are taken off this one. */
function returned({ chance, order, tolerance }: Base): Deal | null {
  const at = chance.whole(0, order.lines.length - 1);
  const ordered = order.lines[at];
  if (ordered === undefined || !isWhole(ordered.quantity)) return null;
  const billedBefore = withOrdered(billAll(order, tolerance), at, { invoicedQuantity: ordered.quantity });
  const back = decimal(-chance.whole(1, ordered.quantity.toNumber()));
  return {
    ...billedBefore,
    lines: billedBefore.lines.map((line, index) => (index === at ? { ...line, quantity: back } : line)),
  };
}
