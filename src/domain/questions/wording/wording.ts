/** What a question is about; several reasons of exceptions ask the same. */
export type Topic = 'price' | 'quantity' | 'receipt' | 'item' | 'order' | 'duplicate' | 'total';

/** Whose answer it is: the supplier's, or somebody's of the own house. */
export type Side = 'supplier' | 'inside';

/** Figures of the salutation and of the first sentence, as the language writes them. */
export interface Opening {
  readonly name: string;
  readonly invoice: string;
  readonly issuedOn: string | null;
  readonly order: string | null;
  readonly supplier: string;
}

/** One language of questions. */
export interface Wording {
  readonly subject: (opening: Opening) => string;
  readonly greeting: (name: string) => string;
  readonly opening: Readonly<Record<Side, (opening: Opening) => string>>;
  readonly line: (position: number) => string;
  readonly expected: Readonly<Record<Topic, string>>;
  readonly found: string;
  readonly difference: string;
  readonly asks: Readonly<Record<Topic, Readonly<Record<Side, string>>>>;
  readonly closing: string;
  readonly reminder: (askedOn: string) => string;
  readonly signOff: string;
  /** Stands where a name would: nobody wrote it. */
  readonly byItself: string;
  readonly day: (day: string) => string;
  /** Groups thousands, and stands before decimals. */
  readonly thousands: string;
  readonly point: string;
  /** Units as `unitName` writes them in English, in this language. */
  readonly units: Readonly<Record<string, string>>;
}
