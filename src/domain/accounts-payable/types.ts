import type { Decimal, Money } from '#domain/money';

/** Who sends invoices (EN 16931 Seller). */
export interface Supplier {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly vatId: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly emailDomains: readonly string[];
  readonly currency: string;
  readonly terms: PaymentTerms;
  readonly bankAccounts: readonly SupplierBankAccount[];
}

/** An account payments may go to, once `verified`; what a document says is only ever `proposed`. */
export interface SupplierBankAccount {
  readonly id: string;
  readonly iban: string;
  readonly bic: string | null;
  readonly status: 'proposed' | 'verified' | 'refused';
}

/** `2/10 net 30` is `{ netDays: 30, discounts: [{ days: 10, basisPoints: 200 }] }`. Days count from the issue date. */
export interface PaymentTerms {
  readonly netDays: number;
  readonly discounts: readonly DiscountStep[];
}

export interface DiscountStep {
  readonly days: number;
  readonly basisPoints: number;
}

export interface PurchaseOrder {
  readonly id: string;
  readonly number: string;
  readonly supplierId: string;
  readonly currency: string;
  readonly orderedOn: string;
  /** Member who ordered and can say whether a difference is right. */
  readonly requesterId: string | null;
  readonly isReceiptRequired: boolean;
  readonly lines: readonly PurchaseOrderLine[];
}

/** Quantities are cumulative over all goods receipts and all earlier invoices of this line. */
export interface PurchaseOrderLine {
  readonly id: string;
  readonly position: number;
  readonly itemCode: string | null;
  readonly description: string;
  readonly unit: string;
  readonly quantity: Decimal;
  readonly unitPrice: Decimal;
  readonly receivedQuantity: Decimal;
  readonly invoicedQuantity: Decimal;
}

export interface InvoiceLine {
  readonly position: number;
  readonly description: string;
  readonly quantity: Decimal | null;
  readonly unitPrice: Decimal | null;
  readonly netAmount: Money;
  /** Percent. */
  readonly taxRate: Decimal | null;
}

/** An invoice or credit note as the page or a person says it; amounts of a credit note are positive, `kind` carries the sign. */
export interface Invoice {
  readonly id: string;
  readonly kind: 'invoice' | 'credit-note';
  readonly number: string;
  readonly issuedOn: string;
  readonly dueOn: string | null;
  readonly supplierId: string | null;
  readonly supplierName: string;
  readonly iban: string | null;
  readonly poNumber: string | null;
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
  readonly lines: readonly InvoiceLine[];
}

/** Both limits must hold: percent in basis points of the ordered value, and an absolute amount in minor units of the document's currency. */
export interface Tolerance {
  readonly priceBasisPoints: number;
  readonly priceMinor: bigint;
  readonly quantityBasisPoints: number;
  /**
   * How many documents of ten thousand may be booked with a value that was read wrong. Where it is set, a document for which that was
   * not shown is looked at by a person; where it is not, the usual 100 are aimed at, and only values in doubt are shown.
   */
  readonly readingErrorBasisPoints?: number;
}

export const exceptionReasons = [
  'price',
  'quantity',
  'missing-receipt',
  'missing-purchase-order',
  'unordered-item',
  'currency',
  'unknown-supplier',
  'bank-account-changed',
  'duplicate',
  'arithmetic',
  'doubtful-value',
  'credit-note',
] as const;
export type ExceptionReason = (typeof exceptionReasons)[number];

/** What a person must decide: what was expected, what was found, by how much they differ, in words. */
export interface MatchException {
  readonly reason: ExceptionReason;
  /** Position of the invoice line it is about; null for the whole document. */
  readonly line: number | null;
  readonly expected: string | null;
  readonly found: string | null;
  readonly difference: string | null;
  /** One plain sentence. */
  readonly message: string;
}

/** How much of an invoice line was set against which order line. */
export interface Allocation {
  readonly invoiceLine: number;
  readonly purchaseOrderLineId: string;
  readonly quantity: Decimal;
  readonly amount: Money;
  /** Why these two belong together, e.g. `same item code`, `description 92 % alike`. */
  readonly reason: string;
}

export interface MatchResult {
  readonly kind: 'two-way' | 'three-way' | 'none';
  readonly outcome: 'matched' | 'exception';
  readonly allocations: readonly Allocation[];
  readonly exceptions: readonly MatchException[];
}
