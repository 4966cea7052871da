/** What a row of a supplier's statement of account stands for. */
export type StatementRowKind = 'invoice' | 'credit-note' | 'payment' | 'carried';

/** One row of a statement. Amounts are signed decimal text: owed is positive, paid and credited negative. Days `YYYY-MM-DD`. */
export interface StatementRow {
  readonly kind: StatementRowKind;
  /** As printed; null where the row gives none. */
  readonly number: string | null;
  readonly on: string | null;
  /** What was billed, credited or paid; null where only what is open is given. */
  readonly amount: string | null;
  /** What is still open of it; null where no column says so. */
  readonly open: string | null;
  /** The row as printed. */
  readonly text: string;
}

/** The rows of a statement of account, from words on pages or cells of a sheet. */
export interface StatementReading {
  readonly rows: readonly StatementRow[];
  /** What is owed in all, as it says itself. */
  readonly balance: string | null;
  /** Rows with money that could not be understood: a person looks at them. */
  readonly unread: readonly string[];
}
