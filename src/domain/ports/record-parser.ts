/** A fault in one place of an imported file; nothing is imported while there is one. */
export interface RecordFault {
  /** From 1, the header being line 1 of a CSV; the index of the record in JSON. */
  readonly line: number;
  readonly column: string | null;
  readonly value: string | null;
  readonly message: string;
}

export interface SupplierRecord {
  readonly number: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly vatId: string | null;
  readonly country: string;
  readonly emailDomains: readonly string[];
  readonly currency: string;
  readonly netDays: number;
  readonly discounts: readonly { readonly days: number; readonly basisPoints: number }[];
  readonly iban: string | null;
  /** To call back when something about them changes. */
  readonly phone?: string | null;
  /** Where questions about its invoices go; left out, what is on file stays. */
  readonly email?: string | null;
  readonly bic: string | null;
  /** It charges the tax of its own country, which is borne here; left out, what is on file stays. */
  readonly chargesForeignTax?: boolean | null;
}

export interface PurchaseOrderRecord {
  readonly number: string;
  readonly supplierNumber: string;
  readonly currency: string;
  readonly orderedOn: string;
  readonly requesterEmail: string | null;
  readonly isReceiptRequired: boolean;
  readonly lines: readonly {
    readonly position: number;
    readonly itemCode: string | null;
    readonly description: string;
    readonly unit: string;
    /** Decimal text. */
    readonly quantity: string;
    readonly unitPrice: string;
  }[];
}

export interface GoodsReceiptRecord {
  readonly number: string;
  readonly purchaseOrderNumber: string;
  readonly receivedOn: string;
  readonly lines: readonly { readonly position: number; readonly quantity: string }[];
}

/** One number of a list of the organization: an account, cost centre, project or tax code. */
export interface CodeRecord {
  readonly number: string;
  readonly name: string;
  readonly isActive: boolean;
  /** Percent, of tax codes alone. */
  readonly taxRate: string | null;
}

/** A line as it was booked before there was Deskhand, from which the next ones are coded. */
export interface PastBookingRecord {
  readonly supplierNumber: string;
  readonly invoiceNumber: string;
  /** From 1; 0 is the whole invoice. */
  readonly line: number;
  readonly description: string;
  readonly taxRate: string | null;
  readonly bookedOn: string;
  readonly account: string;
  readonly costCentre: string | null;
  readonly project: string | null;
  readonly taxCode: string | null;
}

/** What is paid without an order, as it is written down; a second person confirms it. Amounts are decimal text, gross. */
export interface AgreementRecord {
  readonly supplierNumber: string;
  readonly kind: 'contract' | 'payment-plan' | 'recurring-bill';
  readonly name: string;
  readonly reference: string | null;
  readonly rhythm: 'months' | 'days' | 'dates';
  /** Of months and days. */
  readonly every: number | null;
  /** Of dates. */
  readonly instalments: readonly { readonly dueOn: string; readonly amount: string }[];
  readonly amount: string | null;
  readonly currency: string;
  readonly bandAmount: string | null;
  readonly bandPercent: string | null;
  readonly total: string | null;
  readonly firstOn: string | null;
  readonly validUntil: string | null;
  readonly graceDays: number | null;
}

export interface RecordsByKind {
  readonly suppliers: SupplierRecord;
  readonly 'purchase-orders': PurchaseOrderRecord;
  readonly 'goods-receipts': GoodsReceiptRecord;
  readonly accounts: CodeRecord;
  readonly 'cost-centres': CodeRecord;
  readonly projects: CodeRecord;
  readonly 'tax-codes': CodeRecord;
  readonly 'past-bookings': PastBookingRecord;
  readonly agreements: AgreementRecord;
}
export type RecordKind = keyof RecordsByKind;

/** Either every record, or every fault. `lines` tells from which line of the file each record came. */
export type ParsedRecords<Kind extends RecordKind> =
  | {
      readonly ok: true;
      readonly records: readonly RecordsByKind[Kind][];
      readonly lines: readonly number[];
      /** Places worth a look that stop nothing, such as a text that begins like a formula. */
      readonly warnings?: readonly RecordFault[];
    }
  | { readonly ok: false; readonly faults: readonly RecordFault[] };

/** Reads each kind of record from CSV or JSON. */
export interface RecordParser {
  parse<Kind extends RecordKind>(kind: Kind, file: { readonly fileName: string; readonly bytes: Uint8Array }): ParsedRecords<Kind>;
}
