export {
  absolute,
  add,
  compareMoney,
  describeMoney,
  formatMoney,
  groupThousands,
  isZero,
  money,
  negate,
  roundTo,
  subtract,
  sum,
  toDecimal,
} from './money.ts';
export type { Money } from './money.ts';
export { currencyDigits, isCurrency } from './currencies.ts';
export { decimal, isDecimalText } from './decimal.ts';
export type { Decimal } from './decimal.ts';
