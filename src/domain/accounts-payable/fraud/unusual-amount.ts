import { describeMoney, type Money } from '#domain/money';
import type { GateFinding } from './gate.ts';
import type { PastInvoice } from './past-invoice.ts';
import { deviationsFrom, median } from './robust.ts';

/** Fewer are no habit. */
const fewestInvoices = 8;
/** Amounts differ by factors, so they are compared as logarithms; a tenth more or less is always usual. */
const leastSpread = Math.log(1.1);
const mostDeviations = 4;

/** Far more than this supplier usually bills in this currency. Less is no danger. */
export function unusualAmountFinding(gross: Money, past: readonly PastInvoice[], supplierName: string): GateFinding | null {
  const amounts = past
    .filter((one) => one.isSettled && one.gross.currency === gross.currency && one.gross.minor > 0n)
    .map((one) => Number(one.gross.minor));
  if (amounts.length < fewestInvoices || gross.minor <= 0n) return null;
  const away = deviationsFrom(
    Math.log(Number(gross.minor)),
    amounts.map((amount) => Math.log(amount)),
    leastSpread,
  );
  const most = Math.max(...amounts);
  if (away <= mostDeviations || Number(gross.minor) <= most) return null;
  const money = (minor: number): string => describeMoney({ minor: BigInt(Math.round(minor)), currency: gross.currency });
  return {
    gate: 'unusual-amount',
    severity: 'warn',
    expected: `${money(median(amounts))} usually, ${money(most)} at most`,
    found: describeMoney(gross),
    message: `${describeMoney(gross)} is far more than ${supplierName} usually bills: ${money(median(amounts))} in the middle of ${amounts.length} invoices, ${money(most)} at most.`,
  };
}
