import { DeskhandError, domainErrors } from '#domain/errors';
import { currencyDigits } from './currencies.ts';
import { decimal, type Decimal } from './decimal.ts';

/** An amount in the smallest unit of its currency: 12.34 EUR is `{ minor: 1234n, currency: 'EUR' }`. */
export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

/**
 * Makes money from a decimal amount.
 *
 * @param amount - e.g. `"1234.50"`; more digits than the currency has are refused, never rounded away unseen.
 * @throws DH_DOMAIN_MONEY_INVALID when it is no number or has too many digits.
 */
export function money(amount: string | number | Decimal, currency: string): Money {
  let scaled: Decimal;
  try {
    scaled = decimal(amount).times(decimal(10).pow(currencyDigits(currency)));
  } catch (cause) {
    throw new DeskhandError(domainErrors.moneyInvalid, `"${String(amount)}" is not an amount. Write it like 1234.50.`, { cause });
  }
  if (!scaled.eq(scaled.round(0))) {
    throw new DeskhandError(
      domainErrors.moneyInvalid,
      `${String(amount)} has more decimals than ${currency} (${currencyDigits(currency)}). Round it first.`,
    );
  }
  return { minor: BigInt(scaled.toFixed(0)), currency };
}

/** Rounds half away from zero to the currency's digits, as invoices do (EN 16931 §6.4: half up). */
export function roundTo(amount: Decimal, currency: string): Money {
  return money(amount.round(currencyDigits(currency), 1), currency);
}

export function toDecimal(value: Money): Decimal {
  return decimal(value.minor).div(decimal(10).pow(currencyDigits(value.currency)));
}

/** Plain decimal text with the currency's digits: `"1234.50"`. */
export function formatMoney(value: Money): string {
  return toDecimal(value).toFixed(currencyDigits(value.currency));
}

/** For sentences people read: `"1,234.50 EUR"`. */
export function describeMoney(value: Money): string {
  return `${groupThousands(formatMoney(value))} ${value.currency}`;
}

/** Commas between thousands of plain decimal text: `"-1234.5"` becomes `"-1,234.5"`. */
export function groupThousands(decimalText: string): string {
  const [whole = '', fraction] = decimalText.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

export function absolute(value: Money): Money {
  return { minor: value.minor < 0n ? -value.minor : value.minor, currency: value.currency };
}

export function add(left: Money, right: Money): Money {
  return { minor: left.minor + sameCurrency(left, right).minor, currency: left.currency };
}

export function subtract(left: Money, right: Money): Money {
  return { minor: left.minor - sameCurrency(left, right).minor, currency: left.currency };
}

export function negate(value: Money): Money {
  return { minor: -value.minor, currency: value.currency };
}

export function sum(values: readonly Money[], currency: string): Money {
  return values.reduce(add, { minor: 0n, currency });
}

export function isZero(value: Money): boolean {
  return value.minor === 0n;
}

/** Negative, zero or positive, as a sort needs it. */
export function compareMoney(left: Money, right: Money): number {
  const difference = left.minor - sameCurrency(left, right).minor;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function sameCurrency(left: Money, right: Money): Money {
  if (left.currency !== right.currency) {
    throw new DeskhandError(domainErrors.currencyMismatch, `Cannot combine ${left.currency} with ${right.currency}.`);
  }
  return right;
}
