import type { Money } from '#domain/money';

/** A party as a bank knows it. */
export interface BankParty {
  readonly name: string;
  /** An IBAN; in the United States `US`, routing number and account number. */
  readonly iban: string;
  readonly bic: string | null;
}

export interface PaymentInstruction {
  /** Ours, unique forever; the bank statement brings it back. At most 35 characters of the SEPA set. */
  readonly endToEndId: string;
  /** Binds it to what was released; the bank may bring it back. At most 35 characters of the SEPA set; null in files without. */
  readonly instructionId: string | null;
  readonly amount: Money;
  readonly creditor: BankParty;
  /** What the supplier reads: invoice numbers, at most 140 characters. */
  readonly remittance: string;
  /** `YYYY-MM-DD`. */
  readonly executeOn: string;
}

export interface PaymentOrder {
  /** At most 35 characters; the same order gives the same file, byte for byte. */
  readonly messageId: string;
  readonly createdAt: Date;
  readonly debtor: BankParty;
  readonly payments: readonly PaymentInstruction[];
}

/** Writes the file a bank takes, valid against its schema. @throws DH_CONNECTORS_PAYMENT_FILE_INVALID naming what the schema refuses. */
export interface PaymentFiles {
  write(order: PaymentOrder): Promise<string>;
}
