import { currencyDigits, decimal, roundTo, toDecimal, type Decimal } from '#domain/money';
import type { InvoiceLine, PurchaseOrderLine } from '../types.ts';
import { relateUnits } from './units.ts';

/** Quantity and unit price of an invoice line, with what the page left out derived from the amount. */
export interface LineFigures {
  readonly quantity: Decimal;
  /** Price really charged: as printed when quantity × price gives the amount, else amount ÷ quantity. */
  readonly unitPrice: Decimal;
  /** Both are printed, but their product is not the amount: a line discount, a price per 100, or a mistake. */
  readonly isContradicted: boolean;
  /** How many of the printed unit make one of the order, where they differ. */
  readonly perOrderUnit?: Decimal;
}

/** Quantities of goods sold by weight or time carry up to three decimals; more would let any amount divide. */
const QUANTITY_DECIMALS = 3;

/**
 * Quantity and price of a line as charged.
 *
 * @param ordered - the order line it belongs to, when known: its price then gives the quantity where the line
 *   prints an amount only, provided the amount is a whole multiple (to the decimals of the ordered quantity).
 * @returns null when the page does not say enough; a person must be asked.
 */
export function figuresOf(line: InvoiceLine, ordered: PurchaseOrderLine | null = null): LineFigures | null {
  const amount = toDecimal(line.netAmount);
  const quantity = line.quantity === null || line.quantity.eq(0) ? null : line.quantity;
  const unitPrice = perUnit(line);
  if (quantity !== null) return withQuantity(line, quantity, unitPrice, amount);
  if (unitPrice !== null) return withPrice(line, unitPrice, QUANTITY_DECIMALS);
  return ordered === null ? null : withPrice(line, ordered.unitPrice, decimalsOf(ordered.quantity));
}

/** "4.20 per 100" is 0.042 a piece. */
function perUnit({ unitPrice, priceBase = null }: InvoiceLine): Decimal | null {
  return unitPrice === null || priceBase === null || priceBase.lte(0) ? unitPrice : unitPrice.div(priceBase);
}

function withQuantity(line: InvoiceLine, quantity: Decimal, unitPrice: Decimal | null, amount: Decimal): LineFigures {
  const charged = amount.div(quantity);
  if (unitPrice === null) return { quantity, unitPrice: charged, isContradicted: false };
  const isAgreed = quantity
    .times(unitPrice)
    .minus(amount)
    .abs()
    .lte(printingSlack(line, quantity, unitPrice));
  return { quantity, unitPrice: isAgreed ? unitPrice : charged, isContradicted: !isAgreed };
}

/**
 * Quantity and price of a line in the unit of its order line. Where the page names no unit, or a pack of which only the
 * size is known, the unit is the one whose price is nearest to the ordered price.
 *
 * @param own - `figuresOf` the line alone, worked out once for all order lines.
 * @param isPriceCompared - false where the order's prices say nothing about this line (another currency without a rate).
 */
export function figuresInOrderUnits(
  { line, own }: { readonly line: InvoiceLine; readonly own: LineFigures | null },
  ordered: PurchaseOrderLine,
  isPriceCompared: boolean,
): LineFigures | null {
  const figures = own ?? figuresOf(line, isPriceCompared ? ordered : null);
  const relation = relateUnits(line, ordered);
  if (figures === null || relation.kind === 'same' || relation.kind === 'unknown') return figures;
  if (relation.kind === 'known') return inUnitsOf(figures, relation.perOrderUnit);
  if (!isPriceCompared) return figures;
  const ways = [figures, ...relation.sizes.map((size) => inUnitsOf(figures, size))];
  const distance = ({ unitPrice }: LineFigures): number => Math.abs(unitPrice.toNumber() - ordered.unitPrice.toNumber());
  return ways.toSorted((left, right) => distance(left) - distance(right))[0] ?? figures;
}

function inUnitsOf({ quantity, unitPrice, isContradicted }: LineFigures, perOrderUnit: Decimal): LineFigures {
  return { quantity: quantity.div(perOrderUnit), unitPrice: unitPrice.times(perOrderUnit), isContradicted, perOrderUnit };
}

/** A printed price is rounded to its last digit; that, times the quantity, plus one smallest coin, explains a difference. */
function printingSlack(line: InvoiceLine, quantity: Decimal, price: Decimal): Decimal {
  const digits = Math.max(decimalsOf(price), currencyDigits(line.netAmount.currency));
  const halfOfLastDigit = decimal(5).div(decimal(10).pow(digits + 1));
  const coin = decimal(1).div(decimal(10).pow(currencyDigits(line.netAmount.currency)));
  return quantity.abs().times(halfOfLastDigit).plus(coin);
}

function withPrice(line: InvoiceLine, unitPrice: Decimal, decimals: number): LineFigures | null {
  if (unitPrice.eq(0)) return null;
  const quantity = toDecimal(line.netAmount).div(unitPrice).round(decimals);
  if (quantity.eq(0)) return null;
  const again = roundTo(quantity.times(unitPrice), line.netAmount.currency);
  return again.minor === line.netAmount.minor ? { quantity, unitPrice, isContradicted: false } : null;
}

function decimalsOf(value: Decimal): number {
  return value.toFixed().split('.')[1]?.length ?? 0;
}
