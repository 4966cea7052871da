import type { GateFinding } from './gate.ts';

/** An office that paid less than this has no suppliers it knows yet. */
const fewestPayments = 20;

/** Nothing was ever paid to this supplier, in an office that has paid many others. */
export function firstPaymentFinding(
  paid: { readonly toSupplier: number; readonly inAll: number },
  supplierName: string,
): GateFinding | null {
  if (paid.toSupplier > 0 || paid.inAll < fewestPayments) return null;
  return {
    gate: 'first-payment',
    severity: 'warn',
    expected: null,
    found: `0 of ${paid.inAll} payments`,
    message: `Nothing was ever paid to ${supplierName}: though ${paid.inAll} payments went to others. Is it a firm that you buy from?`,
  };
}
