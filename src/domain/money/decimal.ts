import Big from 'big.js';

// 20 places: more than any unit price or rate on an invoice carries, so a division is exact to the cent afterwards.
Big.DP = 20;
Big.RM = Big.roundHalfUp;

/** An exact decimal number: quantities, unit prices and rates. Never a float. */
export type Decimal = Big;

/** Makes a decimal from text (`"12.50"`), an integer or another decimal. @throws RangeError-like big.js error on text that is no number. */
export function decimal(value: string | number | bigint | Decimal): Decimal {
  return new Big(typeof value === 'bigint' ? value.toString() : value);
}

/** Whether the text is a plain decimal number as our API and tables write it: `-?digits(.digits)?`. */
export function isDecimalText(text: string): boolean {
  return /^-?\d{1,15}(\.\d{1,10})?$/.test(text);
}
