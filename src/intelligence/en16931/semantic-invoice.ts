/**
 * The semantic model of EN 16931-1:2017, as far as its rules speak of it. Texts are as written in the file; BT and BG are the
 * standard's numbers of terms and groups. Null: not given.
 */
export interface SemanticInvoice {
  readonly syntax: 'UBL' | 'CII';
  /** BT-24 */
  readonly specification: string | null;
  /** BT-1 */
  readonly number: string | null;
  /** BT-2 */
  readonly issueDate: string | null;
  /** BT-3 */
  readonly typeCode: string | null;
  /** BT-5 */
  readonly currency: string | null;
  /** BT-6 */
  readonly taxCurrency: string | null;
  /** BT-7 */
  readonly taxPointDate: string | null;
  /** BT-8 */
  readonly taxPointCode: string | null;
  /** BT-9 */
  readonly dueDate: string | null;
  /** BT-20 */
  readonly terms: string | null;
  /** BT-10 */
  readonly buyerReference: string | null;
  /** BG-4 */
  readonly seller: Party;
  /** BG-7 */
  readonly buyer: Party;
  /** BG-10 */
  readonly payee: Pick<Party, 'name' | 'legalId'> | null;
  /** BG-11 */
  readonly taxRepresentative: Party | null;
  readonly delivery: {
    /** BT-72 */
    readonly date: string | null;
    /** BG-15 */
    readonly hasAddress: boolean;
    /** BT-80 */
    readonly country: string | null;
  };
  /** BG-14 */
  readonly period: Period | null;
  /** BT-25 of each BG-3 */
  readonly precedingNumbers: readonly (string | null)[];
  /** BT-122 of each BG-24 */
  readonly supportingDocuments: readonly (string | null)[];
  /** BG-16 */
  readonly payments: readonly Payment[];
  /** BG-20 */
  readonly allowances: readonly Adjustment[];
  /** BG-21 */
  readonly charges: readonly Adjustment[];
  /** BG-22 */
  readonly totals: Totals;
  /** BG-23 */
  readonly breakdown: readonly TaxBreakdown[];
  /** BG-25 */
  readonly lines: readonly SemanticLine[];
}

export interface Party {
  readonly name: string | null;
  /** BT-29, BT-46 */
  readonly ids: readonly string[];
  /** BT-30, BT-47, BT-61 */
  readonly legalId: string | null;
  /** BT-31, BT-48, BT-63 */
  readonly vatId: string | null;
  /** BT-32 */
  readonly taxNumber: string | null;
  /** BT-34, BT-49 */
  readonly endpoint: { readonly id: string; readonly scheme: string | null } | null;
  readonly hasAddress: boolean;
  /** BT-40, BT-55, BT-69 */
  readonly country: string | null;
}

export interface Period {
  readonly start: string | null;
  readonly end: string | null;
}

export interface Payment {
  /** BT-81 */
  readonly means: string | null;
  /** BT-84 of each BG-17; null where the group gives none. */
  readonly accounts: readonly (string | null)[];
  /** BT-87; undefined without a card (BG-18). */
  readonly card: string | null | undefined;
}

/** An allowance or a charge, of the document (BG-20, BG-21) or of a line (BG-27, BG-28). */
export interface Adjustment {
  readonly amount: string | null;
  readonly base: string | null;
  readonly category: string | null;
  readonly rate: string | null;
  readonly reason: string | null;
  readonly reasonCode: string | null;
}

export interface Totals {
  /** BT-106 */
  readonly lines: string | null;
  /** BT-107 */
  readonly allowances: string | null;
  /** BT-108 */
  readonly charges: string | null;
  /** BT-109 */
  readonly net: string | null;
  /** BT-110 */
  readonly tax: string | null;
  /** BT-111 */
  readonly taxInTaxCurrency: string | null;
  /** BT-112 */
  readonly gross: string | null;
  /** BT-113 */
  readonly prepaid: string | null;
  /** BT-114 */
  readonly rounding: string | null;
  /** BT-115 */
  readonly payable: string | null;
}

export interface TaxBreakdown {
  /** BT-116 */
  readonly basis: string | null;
  /** BT-117 */
  readonly tax: string | null;
  /** BT-118 */
  readonly category: string | null;
  /** BT-119 */
  readonly rate: string | null;
  /** BT-120 */
  readonly exemptionReason: string | null;
  /** BT-121 */
  readonly exemptionCode: string | null;
}

export interface SemanticLine {
  /** BT-126 */
  readonly id: string | null;
  /** BT-129 */
  readonly quantity: string | null;
  /** BT-130 */
  readonly unit: string | null;
  /** BT-131 */
  readonly net: string | null;
  /** BT-146 */
  readonly price: string | null;
  /** BT-148 */
  readonly grossPrice: string | null;
  /** BT-151 */
  readonly category: string | null;
  /** BT-152 */
  readonly rate: string | null;
  /** BT-153 */
  readonly name: string | null;
  /** BG-26 */
  readonly period: Period | null;
  readonly allowances: readonly Adjustment[];
  readonly charges: readonly Adjustment[];
  /** Whether the standard identifier (BT-157) lacks its scheme. */
  readonly isItemIdWithoutScheme: boolean;
  /** Whether a classification (BT-158) lacks its scheme. */
  readonly isClassWithoutScheme: boolean;
  /** BG-32: name and value. */
  readonly attributes: readonly { readonly name: string | null; readonly value: string | null }[];
}
