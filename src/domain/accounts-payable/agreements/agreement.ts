import type { Money } from '#domain/money';

/** What the office agreed to pay without an order: a contract, a plan of payments, a bill that comes again and again. */
export interface Agreement {
  readonly id: string;
  readonly supplierId: string;
  readonly kind: AgreementKind;
  /** As people call it: `Office rent`. */
  readonly name: string;
  /** Number of the contract or customer as the paper prints it; null where it prints none. */
  readonly reference: string | null;
  readonly rhythm: Rhythm;
  /** Gross of one bill. Dated instalments say their own. */
  readonly amount: Money;
  readonly band: Band;
  /** Day on which the first bill is expected. */
  readonly firstOn: string;
  /** Nothing that is expected later is owed; null while it runs on. */
  readonly validUntil: string | null;
  /** Gross that all bills together never exceed; null for no limit. */
  readonly total: Money | null;
  /** What was expected before this day was paid without us: it is neither missing nor late. */
  readonly countsFrom: string;
}

export type AgreementKind = 'contract' | 'payment-plan' | 'recurring-bill';

export type Rhythm =
  /** Every so many calendar months: 1, 3 and 12 are monthly, quarterly and yearly. */
  | { readonly unit: 'months'; readonly every: number }
  | { readonly unit: 'days'; readonly every: number }
  /** In rising order of their days. */
  | { readonly unit: 'dates'; readonly instalments: readonly Instalment[] };

export interface Instalment {
  readonly dueOn: string;
  readonly amount: Money;
}

/** How far a bill may lie from the expected amount, up or down; both hold where both are set, and none means to the cent. */
export interface Band {
  readonly minor: bigint | null;
  readonly basisPoints: number | null;
}

/** A bill of an agreement: it took its place, because it went through or waits while nothing about it is in question, or it came. */
export interface AgreementClaim {
  readonly agreementId: string;
  readonly invoiceId: string;
  readonly number: string;
  /** Which bill of the agreement it was. */
  readonly expectedOn: string;
  readonly gross: Money;
  /** It came, but something about it is in question: it took no place yet, and its bill is not missing either. @default false */
  readonly isAsked?: boolean;
  /** First day of what the paper says it is for. @default null, it says nothing */
  readonly servedFrom?: string | null;
}

/** One bill of one agreement, as a person chooses it or an invoice holds it. */
export interface AgreementBill {
  readonly agreementId: string;
  readonly expectedOn: string;
}

/** Lowest and highest amount that is as agreed, inclusive. */
export function bandAround(amount: Money, { minor, basisPoints }: Band): { readonly lowest: Money; readonly highest: Money } {
  const share = basisPoints === null ? null : (amount.minor * BigInt(basisPoints)) / 10_000n;
  const limits = [minor, share].filter((limit) => limit !== null);
  const width = limits.reduce((least, limit) => (limit < least ? limit : least), limits[0] ?? 0n);
  const { currency } = amount;
  return { lowest: { minor: amount.minor - width, currency }, highest: { minor: amount.minor + width, currency } };
}

/** Whether an amount is as agreed; one of another currency never is. */
export function isWithinBand({ band }: Pick<Agreement, 'band'>, expected: Money, amount: Money): boolean {
  const { lowest, highest } = bandAround(expected, band);
  return amount.currency === expected.currency && amount.minor >= lowest.minor && amount.minor <= highest.minor;
}
