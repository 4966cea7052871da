import { decimal, describeMoney, roundTo, subtract, toDecimal, type Money } from '#domain/money';
import { addDays, daysBetween, isCalendarDay, weekdayName, weekdayOf, type Weekday } from '#domain/calendar';
import type { PaymentTerms } from '../types.ts';

export interface DueDate {
  readonly dueOn: string;
  readonly basis: 'terms' | 'printed';
  /** One plain sentence. */
  readonly reason: string;
}

/** A discount that can be taken until the deadline, that day included. */
export interface DiscountWindow {
  readonly deadline: string;
  readonly basisPoints: number;
  readonly saved: Money;
  readonly amountToPay: Money;
}

export interface PaymentDateInput {
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly terms: PaymentTerms;
  readonly gross: Money;
  readonly today: string;
  /** Weekdays on which payments leave. */
  readonly paymentDays: readonly [Weekday, ...Weekday[]];
  /** Days without bank work, `YYYY-MM-DD`. @default none */
  readonly holidays?: readonly string[];
}

export interface PaymentDate {
  readonly payOn: string;
  /** What is paid on that day, after the discount. */
  readonly amount: Money;
  readonly discount: DiscountWindow | null;
  /** One plain sentence or two. */
  readonly reason: string;
}

/** A printed date later than the terms by more than half a year is more likely misread than generous. */
const MAX_EXTRA_DAYS = 183;
/** No calendar closes banks for longer; ends the search when holidays leave no payment day. */
const MAX_SEARCH_DAYS = 31;

/** Monday to Friday. */
export const workingDays: readonly [Weekday, ...Weekday[]] = [1, 2, 3, 4, 5];

/**
 * When an invoice is due: as agreed in the terms, or later when the page grants more time. A printed date earlier than
 * the terms does not shorten them.
 *
 * @throws DH_DOMAIN_DATE_INVALID when `issuedOn` is no calendar day.
 */
export function resolveDueDate(input: {
  readonly issuedOn: string;
  readonly printedDueOn: string | null;
  readonly terms: PaymentTerms;
}): DueDate {
  const { issuedOn, printedDueOn: printed, terms } = input;
  const byTerms = addDays(issuedOn, terms.netDays);
  const agreed = `${terms.netDays} days from ${issuedOn}`;
  if (printed === null) return { dueOn: byTerms, basis: 'terms', reason: `Due on ${byTerms}, ${agreed}, as agreed.` };
  if (!isCalendarDay(printed))
    return { dueOn: byTerms, basis: 'terms', reason: `Due on ${byTerms}, ${agreed}: the printed due date cannot be read as a day.` };
  const extraDays = daysBetween(byTerms, printed);
  if (extraDays === 0) return { dueOn: byTerms, basis: 'printed', reason: `Due on ${byTerms}, as printed and as agreed (${agreed}).` };
  if (extraDays < 0) {
    return {
      dueOn: byTerms,
      basis: 'terms',
      reason: `Due on ${byTerms}, ${agreed}, as agreed; the invoice asks for it by ${printed}, ${days(-extraDays)} earlier.`,
    };
  }
  if (extraDays > MAX_EXTRA_DAYS) {
    return {
      dueOn: byTerms,
      basis: 'terms',
      reason: `Due on ${byTerms}, ${agreed}, as agreed; the printed date ${printed} is ${days(extraDays)} later and may be misread.`,
    };
  }
  return { dueOn: printed, basis: 'printed', reason: `Due on ${printed}, as printed: ${days(extraDays)} more than agreed.` };
}

/** The discounts of the terms, earliest deadline first, with what each saves. @throws DH_DOMAIN_DATE_INVALID */
export function discountWindows(input: {
  readonly issuedOn: string;
  readonly terms: PaymentTerms;
  readonly gross: Money;
}): DiscountWindow[] {
  return input.terms.discounts
    .filter((step) => step.basisPoints > 0 && step.basisPoints <= 10_000 && step.days >= 0)
    .map((step) => {
      const saved = roundTo(toDecimal(input.gross).times(step.basisPoints).div(10_000), input.gross.currency);
      return {
        deadline: addDays(input.issuedOn, step.days),
        basisPoints: step.basisPoints,
        saved,
        amountToPay: subtract(input.gross, saved),
      };
    })
    .toSorted((left, right) => left.deadline.localeCompare(right.deadline));
}

/**
 * Chooses the day to pay: the last payment day on which the largest discount still holds, else the last payment day
 * before or on the due date. Never later than due, unless that day has passed already: then as soon as possible.
 *
 * @throws DH_DOMAIN_DATE_INVALID
 */
export function choosePaymentDate(input: PaymentDateInput): PaymentDate {
  const open = discountWindows(input)
    .filter((window) => window.saved.minor > 0n)
    .map((window) => ({ window, payOn: paymentDayUntil(window.deadline, input) }))
    .filter((choice): choice is { window: DiscountWindow; payOn: string } => choice.payOn !== null)
    .toSorted((left, right) => right.window.basisPoints - left.window.basisPoints || right.payOn.localeCompare(left.payOn));
  const [best] = open;
  if (best !== undefined) return withDiscount(best.window, best.payOn);
  const missed = missedDiscount(input);
  const payOn = paymentDayUntil(input.dueOn, input);
  if (payOn !== null) return { payOn, amount: input.gross, discount: null, reason: `${onTime(payOn, input)}${missed}` };
  const next = nextPaymentDay(input);
  const late = daysBetween(input.dueOn, next);
  const lateness = late > 0 ? `${days(late)} after it was due on ${input.dueOn}` : `due on ${input.dueOn}`;
  return {
    payOn: next,
    amount: input.gross,
    discount: null,
    reason: `Pay ${describeMoney(input.gross)} on ${next}, the next payment day, ${lateness}.${missed}`,
  };
}

function withDiscount(window: DiscountWindow, payOn: string): PaymentDate {
  const percent = decimal(window.basisPoints).div(100).toFixed();
  const moved =
    payOn === window.deadline
      ? `the last day of the discount`
      : `the last payment day before the discount ends on ${weekdayName(window.deadline)} ${window.deadline}`;
  return {
    payOn,
    amount: window.amountToPay,
    discount: window,
    reason: `Pay ${describeMoney(window.amountToPay)} on ${payOn}, ${moved}: ${percent} % discount saves ${describeMoney(window.saved)}.`,
  };
}

function onTime(payOn: string, input: PaymentDateInput): string {
  const amount = describeMoney(input.gross);
  if (payOn === input.dueOn) return `Pay ${amount} on ${payOn}, the due date.`;
  return `Pay ${amount} on ${payOn}, the last payment day before the due date, ${weekdayName(input.dueOn)} ${input.dueOn}.`;
}

function missedDiscount(input: PaymentDateInput): string {
  const last = discountWindows(input).findLast((window) => window.saved.minor > 0n);
  return last === undefined ? '' : ` The discount of ${describeMoney(last.saved)} ended on ${last.deadline}.`;
}

/** The latest payment day from today up to the day; null when there is none. */
function paymentDayUntil(day: string, input: PaymentDateInput): string | null {
  for (let candidate = day; candidate >= input.today; candidate = addDays(candidate, -1)) {
    if (isPaymentDay(candidate, input)) return candidate;
  }
  return null;
}

function nextPaymentDay(input: PaymentDateInput): string {
  for (let ahead = 0; ahead < MAX_SEARCH_DAYS; ahead += 1) {
    const candidate = addDays(input.today, ahead);
    if (isPaymentDay(candidate, input)) return candidate;
  }
  return input.today;
}

function isPaymentDay(day: string, { paymentDays, holidays = [] }: PaymentDateInput): boolean {
  return paymentDays.includes(weekdayOf(day)) && !holidays.includes(day);
}

function days(count: number): string {
  return `${count} ${count === 1 ? 'day' : 'days'}`;
}
