import type { StatementReading } from '#domain/documents';
import type { Money } from '#domain/money';

/** An invoice or credit note of the supplier as it stands here; `gross` is positive, `kind` carries the sign. */
export interface OwnItem {
  readonly invoiceId: string;
  readonly kind: 'invoice' | 'credit-note';
  readonly number: string;
  readonly issuedOn: string;
  readonly gross: Money;
  readonly isRejected: boolean;
  /** Day on which it was paid; null while it is open. */
  readonly paidOn: string | null;
}

export interface OwnPayment {
  readonly invoiceNumber: string;
  readonly amount: Money;
  readonly paidOn: string;
}

export interface StatementQuestion {
  readonly supplierName: string;
  readonly currency: string;
  /** Day of the statement: what happened later is not on it. */
  readonly statedOn: string;
  readonly reading: StatementReading;
  readonly items: readonly OwnItem[];
  readonly payments: readonly OwnPayment[];
}

export type StatementFindingKind =
  | 'agrees-open'
  | 'agrees-paid'
  | 'other-amount'
  | 'unknown-here'
  | 'listed-twice'
  | 'rejected-here'
  | 'payment-not-booked'
  | 'paid-there-only'
  | 'missing-there'
  | 'copy-here'
  | 'payment-agrees'
  | 'payment-unknown-here'
  | 'not-compared';

/** What one row, or one item of ours without a row, came to. `theirs` less `ours` is its share of the difference of the balances. */
export interface StatementFinding {
  readonly kind: StatementFindingKind;
  /** From 1, as on the statement; null for what it lacks. */
  readonly row: number | null;
  readonly number: string | null;
  readonly on: string | null;
  readonly theirs: Money;
  readonly ours: Money;
  readonly invoiceId: string | null;
  /** One plain sentence. */
  readonly message: string;
}
