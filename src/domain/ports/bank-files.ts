import type { Money } from '#domain/money';

/** Why a bank refused or sent back, as it says it: a code of ISO 20022's external code sets and its own words. */
export interface BankReason {
  /** `AC04`; null when the bank used none of ISO's. */
  readonly code: string | null;
  readonly text: string | null;
}

/** `accepted`: taken for execution, or executed. `pending`: not decided yet. `partly`: look at the parts. */
export type BankStatus = 'accepted' | 'rejected' | 'pending' | 'partly';

export interface PaymentStatus {
  readonly endToEndId: string | null;
  readonly instructionId: string | null;
  readonly status: BankStatus;
  readonly reasons: readonly BankReason[];
}

/** What a pain.002 says of one of our files. A part without a status follows the whole. */
export interface OrderStatus {
  /** Of our file (`OrgnlMsgId`). */
  readonly originalMessageId: string;
  readonly status: BankStatus | null;
  readonly reasons: readonly BankReason[];
  readonly batches: readonly {
    readonly paymentInformationId: string;
    readonly status: BankStatus;
    readonly reasons: readonly BankReason[];
  }[];
  readonly payments: readonly PaymentStatus[];
}

/** One movement that the bank booked; of a collective booking with details, one for each detail. */
export interface BookedEntry {
  /** From 1, in the order of the file. */
  readonly position: number;
  /** `debit`: money left the account. */
  readonly direction: 'debit' | 'credit';
  /** Marked by the bank as a return or a reversal. */
  readonly isReturn: boolean;
  /** In the account's currency, never negative. */
  readonly amount: Money;
  /** What was ordered, where it was in another currency. */
  readonly instructed: Money | null;
  /** `YYYY-MM-DD`. */
  readonly bookedOn: string;
  /** The bank's own for this movement (`AcctSvcrRef`); the same in statement and notification. */
  readonly bankReference: string | null;
  /** Of the entry within its statement. */
  readonly entryReference: string | null;
  readonly endToEndId: string | null;
  readonly instructionId: string | null;
  /** `MsgId` of our file, where the bank says it. */
  readonly messageId: string | null;
  readonly paymentInformationId: string | null;
  readonly counterpartyName: string | null;
  /** IBAN or other number of the other side. */
  readonly counterpartyAccount: string | null;
  readonly remittance: string;
  readonly reason: BankReason | null;
  /** How many transactions it stands for; 1 but for a collective booking without details. */
  readonly count: number;
}

/** Movements of one account in one message. */
export interface AccountReport {
  readonly account: string;
  readonly entries: readonly BookedEntry[];
  /** Movements that are announced and not booked; they decide nothing. */
  readonly pending: number;
  /** What does not add up in it, in sentences. */
  readonly problems: readonly string[];
}

export interface StatusReport {
  readonly kind: 'payment-status';
  /** `pain.002.001.10`. */
  readonly format: string;
  readonly messageId: string;
  readonly orders: readonly OrderStatus[];
}

export interface BookedReport {
  readonly kind: 'statement' | 'notification';
  /** `camt.053.001.08`. */
  readonly format: string;
  readonly messageId: string;
  readonly accounts: readonly AccountReport[];
}

export type BankFile = StatusReport | BookedReport;

/** Reads what a bank sends. */
export interface BankFiles {
  /**
   * A pain.002, camt.053 or camt.054 file.
   *
   * @throws DH_CONNECTORS_BANK_FILE_INVALID for everything else, hostile XML included, saying what is wrong with it.
   */
  read(bytes: Uint8Array): BankFile;
}
