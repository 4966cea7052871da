import type { Day, Instant, Json, Numeric } from './column-types.ts';

/** A file of the bank that was taken in. */
export interface BankMessagesTable {
  id: string;
  organization_id: string;
  kind: 'payment-status' | 'statement' | 'notification';
  format: string;
  message_id: string;
  sha256: string;
  file_name: string;
  summary: Json<unknown>;
  imported_by: string;
  imported_at: Instant;
}
/** One movement that the bank booked, and what was found of it. */
export interface BankEntriesTable {
  id: string;
  organization_id: string;
  bank_message_id: string;
  identity: string;
  position: number;
  direction: 'debit' | 'credit';
  amount: Numeric;
  currency: string;
  booked_on: Day;
  end_to_end_id: string | null;
  bank_reference: string | null;
  counterparty_name: string | null;
  counterparty_account: string | null;
  remittance: string;
  reason_code: string | null;
  outcome: string;
  finding: string;
  payment_ids: string[];
}
