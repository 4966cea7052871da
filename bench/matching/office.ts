import type { PurchaseOrder, PurchaseOrderLine, Tolerance } from '#domain/accounts-payable';
import type { Chance } from './chance.ts';
import type { SourceLine, SourceOrder } from './orders.ts';

/** Words that would make an ordered line a charge; troubles that add a charge take orders without. */
const chargeWords =
  /fracht|versand|porto|frais de port|zustellung|maut|gebühr|shipping|freight|transport|livraison|zuschlag|rabatt|discount|remise|skonto|gutschrift|anzahlung|deposit|acompte/i;
const MAX_LINES = 20;

export const tolerances: readonly Tolerance[] = [
  { priceBasisPoints: 200, priceMinor: 500n, quantityBasisPoints: 0 },
  { priceBasisPoints: 500, priceMinor: 1_000n, quantityBasisPoints: 0 },
  { priceBasisPoints: 100, priceMinor: 10_000n, quantityBasisPoints: 0 },
];

/**
 * An open order, everything received and nothing billed: half of the time the lines of one real document, else up to
 * eight lines of several, so that orders of many articles occur as well.
 */
export function drawOrder(chance: Chance, sources: readonly SourceOrder[], number = `PO-${chance.whole(1000, 9999)}`): PurchaseOrder {
  const lines = chance.isHeads() ? chance.pick(sources).lines : mixed(chance, sources);
  return orderOf(chance, number, lines.filter(isGoods).slice(0, MAX_LINES));
}

export function orderOf(chance: Chance, number: string, lines: readonly SourceLine[]): PurchaseOrder {
  return {
    id: `order-${number}`,
    number,
    supplierId: 'supplier-1',
    currency: 'EUR',
    orderedOn: '2026-02-02',
    requesterId: null,
    isReceiptRequired: true,
    lines: lines.map((line, at) => orderLine(chance, number, line, at + 1)),
  };
}

/** Where the data has no item codes, a third of the articles get one. */
function orderLine(chance: Chance, number: string, line: SourceLine, position: number): PurchaseOrderLine {
  const { description, quantity, unitPrice } = line;
  const itemCode = line.itemCode ?? (chance.isHeads(1 / 3) ? codeOf(chance) : null);
  return {
    id: `${number}/${position}`,
    position,
    itemCode,
    description,
    unit: 'C62',
    quantity,
    unitPrice,
    receivedQuantity: quantity,
    invoicedQuantity: quantity.minus(quantity),
  };
}

export function codeOf(chance: Chance): string {
  const letter = (): string => chance.pick([...'ABCDEFGHKLMNPRSTUVWX']);
  return `${letter()}${letter()}-${chance.whole(10_000, 99_999)}`;
}

function mixed(chance: Chance, sources: readonly SourceOrder[]): SourceLine[] {
  const wanted = chance.whole(2, 8);
  const drawn = Array.from({ length: wanted * 2 }, () => chance.pick(chance.pick(sources).lines)).filter(isGoods);
  const seen = new Set<string>();
  return drawn.filter(({ description }) => !seen.has(description) && seen.add(description)).slice(0, wanted);
}

function isGoods({ description }: SourceLine): boolean {
  return !chargeWords.test(description);
}
