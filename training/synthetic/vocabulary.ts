/** What a figure or a date beside its label is. Decoys stand beside the values that are asked for. */
export type LabelName =
  | 'number'
  | 'creditNumber'
  | 'issued'
  | 'due'
  | 'delivered'
  | 'ordered'
  | 'period'
  | 'purchaseOrder'
  | 'salesOrder'
  | 'customer'
  | 'deliveryNote'
  | 'contract'
  | 'project'
  | 'yourReference'
  | 'creditsInvoice'
  | 'contact'
  | 'phone'
  | 'mail'
  | 'web'
  | 'vatId'
  | 'taxNumber'
  | 'buyerVatId'
  | 'iban'
  | 'bic'
  | 'bank'
  | 'holder'
  | 'billTo'
  | 'shipTo'
  | 'seller'
  | 'net'
  | 'tax'
  | 'taxBase'
  | 'gross'
  | 'asked'
  | 'prepaid'
  | 'oldBalance'
  | 'shipping'
  | 'discount'
  | 'subtotal'
  | 'terms'
  | 'carriedOut'
  | 'carriedIn'
  | 'page'
  | 'cash'
  | 'change'
  | 'till';

export type ColumnName =
  | 'position'
  | 'code'
  | 'description'
  | 'quantity'
  | 'unit'
  | 'price'
  | 'discount'
  | 'rate'
  | 'net'
  | 'grossPrice'
  | 'gross'
  | 'date';

/** The words of one language. Every text is a list of synonyms parted by `|`; `{…}` are filled in. */
export interface Vocabulary {
  readonly language: 'en' | 'de' | 'fr' | 'es' | 'it' | 'nl' | 'pt' | 'pl';
  readonly titles: { readonly invoice: string; readonly credit: string; readonly receipt: string };
  readonly labels: Readonly<Record<LabelName, string>>;
  readonly columns: Readonly<Record<ColumnName, string>>;
  /** Head of a letter; may name number and date in a sentence. */
  readonly openings: string;
  /** `{number}` and `{date}`: the sentence that takes the place of a block of labels. */
  readonly sentences: string;
  /** `{due}`: a date. */
  readonly dueSentences: string;
  /** `{days}`: terms without a date. */
  readonly termsSentences: string;
  readonly closings: string;
  readonly months: string;
  readonly shortMonths: string;
  readonly units: string;
  readonly goods: string;
  readonly details: string;
  /** Head of a group of lines. */
  readonly groups: string;
}

/** The synonyms of a list. */
export function synonyms(list: string): string[] {
  return list.split('|');
}
