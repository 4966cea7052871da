/** Why a document charges no tax, or not its usual one, as it says itself. */
export const taxReasons = [
  'reverse-charge',
  'intra-community',
  'export',
  'small-business',
  'margin-scheme',
  'zero-rated',
  'exempt',
  'outside-scope',
] as const;
export type TaxReason = (typeof taxReasons)[number];

/** One row of a document's tax breakdown (EN 16931 BG-23). Numbers are decimal text, rates in percent. */
export interface TaxShare {
  /** UNCL 5305: S, Z, E, AE, K, G, O, L, M. */
  readonly category: string | null;
  readonly rate: string | null;
  readonly basis: string | null;
  readonly tax: string | null;
}

/** What a document says about its tax besides the total. Absent from extractions made before it was read. */
export interface TaxStatement {
  /** Where it was read: of data, everything is said; on a page, something may have been overlooked. */
  readonly source: 'xml' | 'page';
  /** Empty where no breakdown was read. */
  readonly shares: readonly TaxShare[];
  readonly reasons: readonly { readonly reason: TaxReason; /** As written. */ readonly text: string }[];
  /** Everything on the document that is written like a VAT identifier, whoever's it is, without blanks and dots. */
  readonly vatIds: readonly string[];
  /** Named as the buyer's; known from data only. */
  readonly buyerVatId: string | null;
  /** Days of supply, `YYYY-MM-DD`; null where the document names none. */
  readonly suppliedFrom: string | null;
  readonly suppliedTo: string | null;
}
