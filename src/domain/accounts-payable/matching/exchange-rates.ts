import { daysBetween, isCalendarDay } from '#domain/calendar';
import { decimal, type Decimal } from '#domain/money';
import type { ExchangeRate, Invoice, MatchException, PurchaseOrder, Tolerance } from '../types.ts';
import { describeDecimal, describeShare } from '../wording.ts';

/** A rate older than this says nothing any more: the longest that banks publish none is over Easter or the turn of the year. */
const MAX_AGE_DAYS = 7;

/** The rate by which an order's prices are held against an invoice, and what must be asked about it. */
export interface RateAnswer {
  /** Units of the invoice's currency for one of the order's; null where none is known. */
  readonly rate: Decimal | null;
  readonly exception: MatchException | null;
}

/**
 * Finds the rate between an order and an invoice. Nothing is asked where both are in one currency, or where the document
 * states a rate that the office's own confirms within the price percentage. A rate that only one side knows is used for
 * the comparison, and asked about.
 */
export function rateBetween(
  invoice: Pick<Invoice, 'net' | 'issuedOn' | 'statedRate'>,
  order: Pick<PurchaseOrder, 'currency' | 'number'>,
  rates: readonly ExchangeRate[],
  tolerance: Pick<Tolerance, 'priceBasisPoints'>,
): RateAnswer {
  const [from, to] = [order.currency, invoice.net.currency];
  if (from === to) return { rate: decimal(1), exception: null };
  const stated = inDirection(invoice.statedRate ?? null, from, to);
  const own = rateOn(rates, from, to, invoice.issuedOn);
  const ask = (message: string): MatchException => asked(from, to, message);
  const begin = `The invoice is in ${to}, order ${order.number} is in ${from}`;
  if (stated === null && own === null) {
    const advice = `Enter the rate of ${invoice.issuedOn}, or ask for an invoice in ${from}.`;
    return {
      rate: null,
      exception: ask(`${begin}, and no exchange rate is known: prices cannot be compared. ${advice} Was ${to} agreed?`),
    };
  }
  if (stated === null) {
    const text = `${begin} and the invoice states no rate; prices are compared at ${said(own, from, to)}. Was ${to} agreed?`;
    return { rate: own, exception: ask(text) };
  }
  if (own === null) {
    const text = `${begin}. It states ${said(stated, from, to)}, and the office has no rate of that day to hold against it. Is the rate right?`;
    return { rate: stated, exception: ask(text) };
  }
  if (isNear(stated, own, tolerance)) return { rate: stated, exception: null };
  const share = describeShare(stated.minus(own), own) ?? '';
  const text = `${begin}. It states ${said(stated, from, to)}, but the rate of the day is ${said(own, from, to)}: ${share} apart. Is the rate right?`;
  return { rate: stated, exception: ask(text) };
}

/** The newest rate that is no older than seven days, in either direction; null when there is none. */
export function rateOn(rates: readonly ExchangeRate[], from: string, to: string, day: string): Decimal | null {
  const usable = rates.filter(({ on }) => isFresh(on, day)).toSorted((left, right) => right.on.localeCompare(left.on));
  return usable.map((rate) => inDirection(rate, from, to)).find((rate) => rate !== null) ?? null;
}

function isFresh(on: string, day: string): boolean {
  if (!isCalendarDay(on) || !isCalendarDay(day)) return false;
  const age = daysBetween(on, day);
  return age >= 0 && age <= MAX_AGE_DAYS;
}

function inDirection(stated: ExchangeRate | null, from: string, to: string): Decimal | null {
  if (stated === null || stated.rate.lte(0)) return null;
  if (stated.from === from && stated.to === to) return stated.rate;
  return stated.from === to && stated.to === from ? decimal(1).div(stated.rate) : null;
}

function isNear(stated: Decimal, own: Decimal, { priceBasisPoints }: Pick<Tolerance, 'priceBasisPoints'>): boolean {
  return stated.minus(own).abs().times(10_000).lte(own.times(priceBasisPoints));
}

function said(rate: Decimal | null, from: string, to: string): string {
  return `1 ${from} = ${rate === null ? '?' : describeDecimal(rate)} ${to}`;
}

function asked(from: string, to: string, message: string): MatchException {
  return { reason: 'currency', line: null, expected: from, found: to, difference: null, message };
}
