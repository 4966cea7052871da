import type { Money } from '#domain/money';

/** An earlier invoice of the supplier that was not rejected, as far as gates look at it. */
export interface PastInvoice {
  readonly number: string;
  /** `YYYY-MM-DD`. */
  readonly issuedOn: string;
  readonly gross: Money;
  /** Approved, scheduled or paid: it may be learned from. Others are only counted together with this one. */
  readonly isSettled: boolean;
  /** It names a purchase order, which somebody agreed to before. */
  readonly isOrdered: boolean;
}

const dayMs = 86_400_000;

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}
