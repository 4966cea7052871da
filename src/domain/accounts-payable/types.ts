import type { Decimal, Money } from '#domain/money';
import type { AccountCall } from './fraud/call-back.ts';

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
  /** On file, to call back; and since when, RFC 3339. */
  readonly phone?: string | null;
  readonly phoneSince?: string | null;
  /** It is known that it charges the tax of its own country, which is borne here. @default false */
  readonly chargesForeignTax?: boolean;
}

/** An account payments may go to, once `verified`; what a document says is only ever `proposed`. */
export interface SupplierBankAccount {
  readonly id: string;
  readonly iban: string;
  readonly bic: string | null;
  readonly status: 'proposed' | 'verified' | 'refused';
  /** Member who typed it in; null for a paper or a file. */
  readonly proposedBy?: string | null;
  /** End of the cooling-off after it was verified, RFC 3339; null where there was none. */
  readonly payableFrom?: string | null;
  /** Calls to the supplier about it since it was refused last, oldest first. */
  readonly calls?: readonly AccountCall[];
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
  /** Day on which the order was closed: nothing may be billed on it since. @default null, open */
  readonly closedOn?: string | null;
  /** Freight, packing, surcharges and discounts agreed besides the lines, each matched on its own. @default none */
  readonly charges?: readonly OrderedCharge[];
  /** Share of the order's net total the supplier may ask before delivery. @default null, nothing was agreed */
  readonly depositBasisPoints?: number | null;
  /** Deposit invoices of this order; null where nobody kept them. @default null */
  readonly deposits?: readonly Deposit[] | null;
}

/** A charge (positive) or discount (negative) agreed with the order as a whole: a fixed amount, or a share of the goods billed. */
export interface OrderedCharge {
  readonly description: string;
  /** Net; null where the share speaks. */
  readonly amount: Money | null;
  /** Share of the net value of the goods billed; negative for a discount. @default null */
  readonly basisPoints?: number | null;
  /** What earlier invoices asked of it. @default zero */
  readonly invoiced?: Money;
}

/** An invoice for money before delivery, which the final invoice takes off again. */
export interface Deposit {
  readonly invoiceId: string;
  readonly number: string;
  readonly net: Money;
  /** What invoices before this one took off. */
  readonly deducted: Money;
}

/** Quantities are cumulative over all goods receipts and all earlier invoices of this line, in the unit of the order line. */
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
  /** The unit price is for this many units (EN 16931 BT-149): 100 for "4.20 per 100". @default 1 */
  readonly priceBase?: Decimal;
  /** Other units the supplier may bill in. @default none but those everybody knows (kg and g, dozen and piece) */
  readonly conversions?: readonly UnitConversion[];
  /** Overrides the order: some articles are counted at the door, others not. @default as the order says */
  readonly isReceiptRequired?: boolean;
  /** Net amount earlier invoices asked for this line; null where nobody kept it. @default null */
  readonly invoicedAmount?: Money | null;
  /** What the organization calls this kind of purchase, for its tolerances. @default null */
  readonly category?: string | null;
  /** Goods receipts, oldest first. @default null, only their sum is known */
  readonly receipts?: readonly ReceiptLine[] | null;
}

/** One unit of the order is so many of this unit: a box is `{ unit: 'pc', perOrderUnit: 12 }`. */
export interface UnitConversion {
  readonly unit: string;
  readonly perOrderUnit: Decimal;
}

/** What arrived of an order line at one time, in the unit of the order line. */
export interface ReceiptLine {
  readonly receiptId: string;
  readonly number: string;
  readonly receivedOn: string;
  readonly quantity: Decimal;
}

export interface InvoiceLine {
  readonly position: number;
  readonly description: string;
  readonly quantity: Decimal | null;
  readonly unitPrice: Decimal | null;
  readonly netAmount: Money;
  /** Percent. */
  readonly taxRate: Decimal | null;
  /** As printed; null or absent means the unit of the order line. */
  readonly unit?: string | null;
  /** The unit price is for this many units. @default null: 1, or the power of ten that explains the amount */
  readonly priceBase?: Decimal | null;
  /** The order this line names, where an invoice bills several. @default null */
  readonly orderNumber?: string | null;
}

/** A charge (positive) or discount (negative) on the whole document, besides its lines (EN 16931 BG-20, BG-21). */
export interface DocumentCharge {
  readonly description: string;
  readonly amount: Money;
  /** Percent. */
  readonly taxRate: Decimal | null;
}

/** One unit of `from` is `rate` units of `to` on that day. */
export interface ExchangeRate {
  readonly from: string;
  readonly to: string;
  readonly rate: Decimal;
  readonly on: string;
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
  /** Charges and discounts in the totals that are no lines. @default none */
  readonly charges?: readonly DocumentCharge[];
  /** A deposit bills no goods yet; a final invoice takes deposits off. @default null, nothing is said */
  readonly stage?: 'deposit' | 'final' | null;
  /** The rate the document states between its currency and another. @default null */
  readonly statedRate?: ExchangeRate | null;
}

/** The invoice a credit note reduces. */
export interface CreditedInvoice {
  readonly id: string;
  readonly number: string;
  readonly gross: Money;
  /** What other credit notes took off it before. */
  readonly credited: Money;
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
  /**
   * What all invoices of an order line together may exceed its ordered value by, percent and amount: both must hold where
   * both are set. @default not looked at
   */
  readonly totalBasisPoints?: number;
  readonly totalMinor?: bigint;
  /** How far a charge may differ from the agreed one. @default as for prices */
  readonly chargeBasisPoints?: number;
  readonly chargeMinor?: bigint;
  /** Limits for one supplier or one category of purchase: the most specific one wins over the limits above. @default none */
  readonly overrides?: readonly ToleranceOverride[];
  /** Rows of a policy table: the first that applies replaces all limits above, and `overrides` do not count. @default none */
  readonly rules?: readonly ToleranceRule[];
}

/** Values that a rule is about, or all but these; null for any. */
export type ValueSet = { readonly isNot: boolean; readonly values: readonly string[] } | null;

/** One row of a policy table; `supplier` by id. A purchase without a category has `none`. */
export interface ToleranceRule {
  readonly supplier: ValueSet;
  readonly category: ValueSet;
  readonly limits: Limits;
}

/** Limits that replace the organization's where supplier and category are these; null means any. */
export interface ToleranceOverride extends Limits {
  readonly supplierId: string | null;
  readonly category: string | null;
}

/** Limits by name; one that is absent stays as the next more general rule says. */
export type Limits = Partial<Omit<Tolerance, 'overrides' | 'rules' | 'readingErrorBasisPoints'>>;

export const exceptionReasons = [
  'price',
  'quantity',
  'missing-receipt',
  'missing-purchase-order',
  'unordered-item',
  'currency',
  'unknown-supplier',
  'bank-account-changed',
  'bank-account-called',
  'fraud-hold',
  'fraud-second',
  'duplicate',
  'arithmetic',
  'doubtful-value',
  'credit-note',
  'unit',
  'order-closed',
  'deposit',
  'over-credited',
  'tax-rate',
  'tax-treatment',
  'vat-id',
  'coding',
  'agreement-amount',
  'agreement-period',
  'agreement-bill',
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
  /** Which delivery each allocated quantity was; absent where the receipts are not known one by one. */
  readonly receiptAllocations?: readonly ReceiptAllocation[];
  /** What was agreed without an order and covers it, in one plain sentence. @default nothing does */
  readonly coveredBy?: string;
}

/** How much of an invoice line is covered by which goods receipt; `receiptId` null is what none covers. */
export interface ReceiptAllocation {
  readonly invoiceLine: number;
  readonly purchaseOrderLineId: string;
  readonly receiptId: string | null;
  readonly quantity: Decimal;
  /** One plain sentence. */
  readonly reason: string;
}
