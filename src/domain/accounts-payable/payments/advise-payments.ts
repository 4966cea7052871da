import { addDays, daysBetween } from '#domain/calendar';
import { decimal, describeMoney, roundTo, subtract, toDecimal, type Decimal, type Money } from '#domain/money';
import type { Optimizer, Option } from '#domain/ports';

/** An invoice that may be paid: in full by its due date, or less by an earlier day. */
export interface PayableInvoice {
  readonly id: string;
  readonly gross: Money;
  /** The last payment day on which it is not late. */
  readonly dueOn: string;
  /** The last payment day of the best discount that still holds. */
  readonly discount: { readonly payOn: string; readonly saved: Money } | null;
}

/** Until that day, it included, no more than this may leave. */
export interface CashLimit {
  readonly until: string;
  readonly amount: Money;
}

export interface AdviceInput {
  /** All in one currency. */
  readonly invoices: readonly PayableInvoice[];
  readonly today: string;
  /** What money costs or earns the office in a year: 500 is 5 %. */
  readonly costBasisPoints: number;
  readonly limits: readonly CashLimit[];
}

/** Of one way to pay: when, how much, and what it earns beside paying in full on the due date; negative costs. */
export interface PaymentOption {
  readonly kind: 'now' | 'discount' | 'due' | 'late';
  readonly payOn: string;
  readonly amount: Money;
  readonly earns: Money;
}

export interface PaymentAdvice {
  readonly id: string;
  readonly options: readonly PaymentOption[];
  readonly chosen: PaymentOption;
  /** What the discount returns in a year, in basis points: 2/10 net 30 is 3,724. Null without a discount. */
  readonly returnBasisPoints: number | null;
  /** One plain sentence. */
  readonly reason: string;
}

export interface CashAdvice {
  readonly payments: readonly PaymentAdvice[];
  /** False where the time to compute ran out and a better plan may exist. */
  readonly isBest: boolean;
}

/**
 * Interest that a business owes from the day after the due date: eight points above the reference rate (Directive
 * 2011/7/EU, art. 2(6)), which the European Central Bank has kept at 2.15 % since June 2025. In basis points.
 */
export const lateBasisPoints = 1_015;
/** The least that a creditor may ask for collecting, in euro (art. 6(1) of the same). */
const collectingMinor = 4_000n;
/** Where an invoice fits under no limit, it is put off by at least this long. */
const putOffDays = 1;

/**
 * When to pay each invoice so that discounts, less what the money costs until the due date, are worth the most and no more
 * leaves than the limits allow. What does not fit is paid late, which is said and never done: a person chooses.
 *
 * @throws RangeError when a solver's answer breaks a limit; the limits are added up exactly, apart from the solver.
 */
export async function advisePayments(input: AdviceInput, optimizer: Optimizer): Promise<CashAdvice> {
  const limits = input.limits.toSorted((left, right) => left.until.localeCompare(right.until));
  const options = input.invoices.map((invoice) => optionsOf(invoice, input, limits));
  const groups = options.map((group) =>
    group.map((option): Option => ({ worth: Number(option.earns.minor), uses: usesOf(option, limits) })),
  );
  const capacities = limits.map(({ amount }) => Number(amount.minor));
  const found = await optimizer.choose({ groups, capacities });
  // Everything may be put off, so that only a limit below zero leaves nothing to choose.
  if (found === null) throw new RangeError('No plan keeps within these limits.');
  const payments = input.invoices.map((invoice, place): PaymentAdvice => {
    const own = options[place] ?? [];
    const chosen = own[found.chosen[place] ?? -1];
    if (chosen === undefined) throw new RangeError(`The plan leaves ${invoice.id} out.`);
    return {
      id: invoice.id,
      options: [...nowOption(invoice, input), ...own],
      chosen,
      returnBasisPoints: yearlyReturn(invoice),
      reason: reasonFor(invoice, own, chosen, input),
    };
  });
  for (const { until, amount } of limits) {
    const leaving = payments.reduce((sum, { chosen }) => (chosen.payOn <= until ? sum + chosen.amount.minor : sum), 0n);
    if (leaving > amount.minor) throw new RangeError(`The plan breaks the limit until ${until}.`);
  }
  return { payments, isBest: found.isBest };
}

/** Late ones only where a limit ends on or after the due date: without it there is always money. */
function optionsOf(invoice: PayableInvoice, input: AdviceInput, limits: readonly CashLimit[]): PaymentOption[] {
  const { gross, dueOn, discount } = invoice;
  const dueDay = dueOn < input.today ? input.today : dueOn;
  const due: PaymentOption = { kind: 'due', payOn: dueDay, amount: gross, earns: { minor: 0n, currency: gross.currency } };
  const lastLimit = limits.at(-1)?.until ?? null;
  const early = discount === null ? [] : [discountOption(invoice, discount, input)];
  if (lastLimit === null || lastLimit < dueDay) return [...early, due];
  const payOn = addDays(lastLimit, putOffDays);
  const interest = share(gross, lateBasisPoints, daysBetween(dueDay, payOn));
  const collecting = gross.currency === 'EUR' ? collectingMinor : 0n;
  const late: PaymentOption = {
    kind: 'late',
    payOn,
    amount: gross,
    earns: { minor: -interest.minor - collecting, currency: gross.currency },
  };
  return [...early, due, late];
}

function discountOption(
  { gross, dueOn }: PayableInvoice,
  { payOn, saved }: NonNullable<PayableInvoice['discount']>,
  { costBasisPoints }: AdviceInput,
): PaymentOption {
  const amount = subtract(gross, saved);
  return {
    kind: 'discount',
    payOn,
    amount,
    earns: subtract(saved, share(amount, costBasisPoints, Math.max(0, daysBetween(payOn, dueOn)))),
  };
}

/** Shown beside the others and never the best: the same money, earlier. */
function nowOption({ gross, dueOn, discount }: PayableInvoice, { today, costBasisPoints }: AdviceInput): PaymentOption[] {
  if (today >= (discount?.payOn ?? dueOn)) return [];
  const saved = discount?.saved ?? { minor: 0n, currency: gross.currency };
  const amount = subtract(gross, saved);
  return [{ kind: 'now', payOn: today, amount, earns: subtract(saved, share(amount, costBasisPoints, daysBetween(today, dueOn))) }];
}

function usesOf({ payOn, amount }: PaymentOption, limits: readonly CashLimit[]): number[] {
  return limits.map(({ until }) => (payOn <= until ? Number(amount.minor) : 0));
}

/** Interest without compounding over 365 days. */
function share(amount: Money, basisPoints: number, days: number): Money {
  return roundTo(toDecimal(amount).times(basisPoints).times(days).div(3_650_000), amount.currency);
}

/** `d / (1 - d) x 365 / days`, the usual figure for trade discounts; null where both days are one. */
function yearlyReturn({ gross, dueOn, discount }: PayableInvoice): number | null {
  if (discount === null) return null;
  const days = daysBetween(discount.payOn, dueOn);
  const paid: Decimal = toDecimal(subtract(gross, discount.saved));
  if (days <= 0 || paid.lte(decimal('0'))) return null;
  return Number(toDecimal(discount.saved).div(paid).times(3_650_000).div(days).toFixed(0));
}

function reasonFor(invoice: PayableInvoice, options: readonly PaymentOption[], chosen: PaymentOption, input: AdviceInput): string {
  const { discount, dueOn } = invoice;
  const rate = percent(input.costBasisPoints);
  const yearly = yearlyReturn(invoice);
  const worth = yearly === null ? '' : `, worth ${percent(yearly)} a year where money costs ${rate}`;
  if (chosen.kind === 'discount') {
    return `Pay ${describeMoney(chosen.amount)} on ${chosen.payOn}: the discount saves ${describeMoney(discount?.saved ?? chosen.earns)}${worth}.`;
  }
  if (chosen.kind === 'late') {
    return `The limit leaves no money for it until ${dueOn}, when it is due; paid on ${chosen.payOn} it may cost ${describeMoney(negated(chosen.earns))} in interest and fees.`;
  }
  const early = options.find(({ kind }) => kind === 'discount');
  if (early === undefined || discount === null) return `Pay ${describeMoney(chosen.amount)} on ${chosen.payOn}: earlier earns nothing.`;
  if (early.earns.minor <= 0n)
    return `Pay ${describeMoney(chosen.amount)} on ${chosen.payOn}: the discount of ${describeMoney(discount.saved)} is less than the money costs until then.`;
  return `Let the discount of ${describeMoney(discount.saved)} go and pay ${describeMoney(chosen.amount)} on ${chosen.payOn}: within the limit, the money does more for other invoices.`;
}

function negated({ minor, currency }: Money): Money {
  return { minor: -minor, currency };
}

function percent(basisPoints: number): string {
  return `${decimal(basisPoints).div(100).toFixed(1)} %`;
}
