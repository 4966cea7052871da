import type { Tables } from '#platform';
import type { Insertable, Updateable } from 'kysely';

/** What an event carries for a column: the same text that Postgres would read or print. */
type Columns<Name extends keyof Tables> = Omit<Updateable<Tables[Name]>, 'id' | 'organization_id' | 'created_at'>;
type StoredRow = Readonly<Record<string, unknown>>;

/** Values of the invoice's own columns, as corrected or recognised. */
export type InvoiceColumns = Omit<Columns<'invoices'>, 'document_id' | 'version' | 'updated_at' | 'assessment' | 'status'>;
export type InvoiceLineRow = Omit<Insertable<Tables['invoice_lines']>, 'invoice_id' | 'organization_id'>;
export type AllocationRow = Omit<Insertable<Tables['allocations']>, 'invoice_id' | 'organization_id'>;
export interface RecordedCorrection {
  /** From `reserveIds`. */
  readonly id: string;
  readonly field: string;
  readonly previous: unknown;
  readonly value: unknown;
}
export interface RecordedApproval {
  /** From `reserveIds`. */
  readonly id: string;
  readonly step: number;
  readonly role: string;
  readonly member_id: string | null;
  readonly decision: 'approved' | 'rejected' | 'automatic';
  readonly digest: string;
  readonly policy_version: number;
  readonly note: string | null;
}
export type PlannedColumns = Required<
  Pick<
    Columns<'payments'>,
    | 'supplier_id'
    | 'bank_account_id'
    | 'amount'
    | 'discount'
    | 'currency'
    | 'execute_on'
    | 'valid_until'
    | 'reason'
    | 'reference'
    | 'digest'
  >
>;
/** What a bank's file says of a payment: the day, a sentence, and which file (`bank_messages`). */
export interface BankNews {
  readonly on: string;
  readonly note: string;
  readonly bank_message_id: string;
}
/** Where a released run stands with the bank. */
export type SubmissionColumns = Pick<Columns<'payment_runs'>, 'submission' | 'submission_attempts' | 'submission_note' | 'bank_reference'>;

/**
 * Everything that happens to an invoice, a payment and a payment run. Stored for ever: add types and optional parts,
 * never rename. `imported` is a row as it was before there were streams.
 */
export interface EventData {
  'invoice.imported': {
    readonly invoice: StoredRow;
    readonly lines: readonly StoredRow[];
    readonly corrections: readonly StoredRow[];
    readonly allocations: readonly StoredRow[];
    readonly approvals: readonly StoredRow[];
  };
  'invoice.recorded': {
    readonly document_id: string;
    readonly columns: InvoiceColumns;
    readonly lines: readonly InvoiceLineRow[];
  };
  'invoice.assessed': {
    readonly assessment: unknown;
    readonly supplier_id: string | null;
    readonly purchase_order_id: string | null;
    readonly allocations: readonly AllocationRow[];
    /** A person has to look: it is in review again, whatever it was. */
    readonly isInQuestion: boolean;
  };
  'invoice.corrected': {
    readonly corrections: readonly RecordedCorrection[];
    readonly columns: InvoiceColumns;
    /** Null leaves them as they are. */
    readonly lines: readonly InvoiceLineRow[] | null;
  };
  'approval.asked': { readonly assessment: unknown };
  'approval.decided': RecordedApproval;
  'invoice.approved': { readonly assessment: unknown };
  'invoice.rejected': Record<string, never>;
  'invoice.scheduled': Record<string, never>;
  /** Its payment was cancelled: it is approved, as before. */
  'invoice.unscheduled': Record<string, never>;
  'invoice.paid': Record<string, never>;
  'payment.imported': { readonly payment: StoredRow };
  'payment.scheduled': PlannedColumns & { readonly invoice_id: string };
  /** Planned anew: a discount ended, or it was cancelled before. */
  'payment.rescheduled': PlannedColumns;
  'payment.proposed': { readonly payment_run_id: string };
  'payment.released': Record<string, never>;
  /** Its run was taken apart. */
  'payment.returned': Record<string, never>;
  'payment.cancelled': Record<string, never>;
  /** The bank took it for execution. */
  'payment.bank-accepted': BankNews;
  /** The bank does not carry it out. */
  'payment.bank-rejected': BankNews;
  /** The bank booked exactly what was released. */
  'payment.settled': BankNews;
  /** It was booked, and came back whole. */
  'payment.bank-returned': BankNews;
  'payment-run.imported': { readonly payment_run: StoredRow };
  'payment-run.proposed': { readonly created_by: string; readonly message_id: string };
  'payment-run.released': {
    readonly released_by: string;
    /** Of the office's clock: the bank file says this day. */
    readonly released_at: string;
    readonly file_sha256: string;
    readonly submission: 'waiting' | null;
    /** Of what was shown; runs released before there was one have none. */
    readonly release_digest?: string;
  };
  'payment-run.submission-changed': SubmissionColumns & { readonly answered_at?: string | null };
  /** `reason`: why a released run was taken back. */
  'payment-run.cancelled': { readonly reason?: string };
}

export type EventType = keyof EventData;
export type StreamKind = 'invoice' | 'payment' | 'payment-run';

/** What a writer hands in; append adds the rest. */
export type NewEvent = { readonly [Type in EventType]: { readonly type: Type; readonly data: EventData[Type] } }[EventType];

/** An event as it is stored. `at` is ISO 8601 in UTC. */
export type StoredEvent = NewEvent & {
  readonly organizationId: string;
  readonly streamKind: StreamKind;
  readonly streamId: string;
  readonly version: number;
  readonly actor: string;
  readonly at: string;
};
