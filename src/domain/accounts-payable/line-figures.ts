import { currencyDigits, decimal, roundTo, toDecimal, type Decimal } from '#domain/money';
import type { InvoiceLine, PurchaseOrderLine } from './types.ts';

/** Quantity and unit price of an invoice line, with what the page left out derived from the amount. */
export interface LineFigures {
  readonly quantity: Decimal;
  /** Price really charged: as printed when quantity × price gives the amount, else amount ÷ quantity. */
  readonly unitPrice: Decimal;
  /** Both are printed, but their product is not the amount: a line discount, a price per 100, or a mistake. */
  readonly isContradicted: boolean;
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
  if (quantity !== null) return withQuantity(line, quantity, amount);
  if (line.unitPrice !== null) return withPrice(line, line.unitPrice, QUANTITY_DECIMALS);
  return ordered === null ? null : withPrice(line, ordered.unitPrice, decimalsOf(ordered.quantity));
}

function withQuantity(line: InvoiceLine, quantity: Decimal, amount: Decimal): LineFigures {
  const charged = amount.div(quantity);
  if (line.unitPrice === null) return { quantity, unitPrice: charged, isContradicted: false };
  const isAgreed = quantity
    .times(line.unitPrice)
    .minus(amount)
    .abs()
    .lte(printingSlack(line, quantity, line.unitPrice));
  return { quantity, unitPrice: isAgreed ? line.unitPrice : charged, isContradicted: !isAgreed };
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
