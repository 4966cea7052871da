import type { Money } from '#domain/money';
import { chargeKindOf, type ChargeKind } from './charge-lines.ts';
import type { DocumentCharge, InvoiceLine } from '../types.ts';

/** Something the invoice adds or takes off that is no goods: a line that fits no order line, or a charge among the totals. */
export interface ChargeItem {
  /** Position of the line; null for a charge among the totals. */
  readonly line: number | null;
  readonly description: string;
  readonly amount: Money;
  readonly kind: ChargeKind | null;
}

/** @param unpaired - lines that bill no order line; those that name no charge are kept, for the order may know them as one. */
export function chargeItemsOf(unpaired: readonly InvoiceLine[], charges: readonly DocumentCharge[]): ChargeItem[] {
  const lines = unpaired.map(({ position, description, netAmount }) => ({ line: position, description, amount: netAmount }));
  const totals = charges.map(({ description, amount }) => ({ line: null, description, amount }));
  return [...lines, ...totals].map((item) => ({ ...item, kind: chargeKindOf(item.description) }));
}
