import { decimal, formatMoney, roundTo } from '#domain/money';
import type { MoneyView } from './views.ts';

/** `numeric` text of a table as money with the currency's digits: `"1190.0000"` becomes `"1190.00"`. */
export function moneyView(amount: string, currency: string): MoneyView {
  return { amount: formatMoney(roundTo(decimal(amount), currency)), currency };
}

export function moneyOrNull(amount: string | null, currency: string | null): MoneyView | null {
  return amount === null || currency === null ? null : moneyView(amount, currency);
}

/** `numeric` text without the zeros of its column: `"3.0000"` becomes `"3"`. */
export function plainDecimal(amount: string): string {
  return decimal(amount).toFixed();
}
