import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { BankEntriesTable, BankMessagesTable } from './bank-tables.ts';
import type { PolicyTables } from './policy-tables.ts';
import type { AgreementTables } from './agreement-tables.ts';
import type { CodingTables } from './coding-tables.ts';
import type { LlmQuestionsTable } from './llm-tables.ts';
import type { QuestionTables } from './question-tables.ts';
import type { BigInteger, CreatedAt, Day, DefaultJson, Instant, Json, Numeric, OrNull } from './column-types.ts';
import type {
  AuthenticatorSecretsTable,
  ReleaseSignaturesTable,
  SigningCodeAttemptsTable,
  SigningCodeUsesTable,
  SigningKeysTable,
} from './signing-tables.ts';
import type {
  OutboxTable,
  StreamEventsTable,
  EffectsTable,
  IdempotencyKeysTable,
  PipelineStepsTable,
  PausesTable,
  PausedRunsTable,
  RunSuccessorsTable,
} from './work-tables.ts';

/** Tables as Kysely sees them; migrations/ is the truth and a test holds the two together. Numerics arrive as text. */
export interface Tables extends PolicyTables, CodingTables, QuestionTables, AgreementTables {
  organizations: OrganizationsTable;
  members: MembersTable;
  policies: PoliciesTable;
  connections: ConnectionsTable;
  events: EventsTable;
  documents: DocumentsTable;
  suppliers: SuppliersTable;
  supplier_bank_accounts: SupplierBankAccountsTable;
  bank_account_steps: BankAccountStepsTable;
  gate_passes: GatePassesTable;
  purchase_orders: PurchaseOrdersTable;
  purchase_order_lines: PurchaseOrderLinesTable;
  goods_receipts: GoodsReceiptsTable;
  goods_receipt_lines: GoodsReceiptLinesTable;
  invoices: InvoicesTable;
  invoice_lines: InvoiceLinesTable;
  corrections: CorrectionsTable;
  allocations: AllocationsTable;
  tasks: TasksTable;
  approvals: ApprovalsTable;
  payment_runs: PaymentRunsTable;
  payments: PaymentsTable;
  audit_entries: AuditEntriesTable;
  audit_heads: AuditHeadsTable;
  outbox: OutboxTable;
  effects: EffectsTable;
  idempotency_keys: IdempotencyKeysTable;
  pipeline_steps: PipelineStepsTable;
  run_successors: RunSuccessorsTable;
  stream_events: StreamEventsTable;
  delegations: DelegationsTable;
  layout_memories: LayoutMemoriesTable;
  llm_questions: LlmQuestionsTable;
  pauses: PausesTable;
  paused_runs: PausedRunsTable;
  bank_messages: BankMessagesTable;
  signing_keys: SigningKeysTable;
  release_signatures: ReleaseSignaturesTable;
  authenticator_secrets: AuthenticatorSecretsTable;
  signing_code_attempts: SigningCodeAttemptsTable;
  signing_code_uses: SigningCodeUsesTable;
  bank_entries: BankEntriesTable;
}

interface OrganizationsTable {
  id: string;
  name: string;
  currency: string;
  iban: string | null;
  bic: string | null;
  address: Generated<string>;
  is_sample: Generated<boolean>;
  country: OrNull<string>;
  region: OrNull<string>;
  time_zone: OrNull<string>;
  vat_id: OrNull<string>;
  created_at: CreatedAt;
}
interface MembersTable {
  id: string;
  organization_id: string;
  auth_user_id: string | null;
  name: string;
  email: string;
  roles: string[];
  country: OrNull<string>;
  region: OrNull<string>;
  time_zone: OrNull<string>;
  created_at: CreatedAt;
}
interface PoliciesTable {
  organization_id: string;
  kind: 'tolerance' | 'approval' | 'admission' | 'tasks' | 'fraud' | 'language-model';
  version: number;
  content: Json<unknown>;
  created_by: string | null;
  created_at: CreatedAt;
}
interface ConnectionsTable {
  id: string;
  organization_id: string;
  kind: 'upload' | 'folder' | 'imap' | 'sample' | 'pipeline';
  name: string;
  cursor: Json<unknown> | null;
  status: Generated<'running' | 'failing' | 'stopped'>;
  last_error: string | null;
  last_seen_at: Instant | null;
}
interface EventsTable {
  id: string;
  organization_id: string;
  connection_id: string;
  external_id: string;
  content_sha256: string;
  kind: 'mail' | 'file';
  file_name: string;
  size_bytes: BigInteger;
  sequence: BigInteger | null;
  received_at: Instant;
  trace_parent: string | null;
  status: Generated<'received' | 'handled'>;
  message_id: string | null;
  subject: string | null;
  sender_name: string | null;
  sender_address: string | null;
  reply_to: OrNull<string>;
  /** The topmost header of that name, as it came. */
  authentication_results: OrNull<string>;
  body: string | null;
  classification: string | null;
  created_at: CreatedAt;
}
interface DocumentsTable {
  id: string;
  organization_id: string;
  event_id: string;
  position: number;
  sha256: string;
  file_name: string;
  path: Generated<string[]>;
  size_bytes: BigInteger;
  status: Generated<'received' | 'read' | 'unreadable' | 'filed'>;
  media_type: string | null;
  page_count: number | null;
  document_type: string | null;
  reading_sha256: string | null;
  extraction: Json<unknown> | null;
  problems: DefaultJson<unknown>;
  read_ms: number | null;
  created_at: CreatedAt;
}
interface SuppliersTable {
  id: string;
  organization_id: string;
  number: string;
  name: string;
  aliases: Generated<string[]>;
  vat_id: string | null;
  country: string;
  email_domains: Generated<string[]>;
  currency: string;
  terms: Json<unknown>;
  phone: OrNull<string>;
  phone_since: OrNull<Date>;
  email: OrNull<string>;
  charges_foreign_tax: Generated<boolean>;
  created_at: CreatedAt;
}
interface SupplierBankAccountsTable {
  id: string;
  organization_id: string;
  supplier_id: string;
  iban: string;
  bic: string | null;
  status: 'proposed' | 'verified' | 'refused';
  decided_by: string | null;
  decided_at: Instant | null;
  evidence: Generated<string>;
  /** Who typed it in; null for a paper or a file. */
  proposed_by: OrNull<string>;
  /** Set by the database when it is verified. */
  payable_from: ColumnType<Date | null, never, never>;
  created_at: CreatedAt;
}
interface BankAccountStepsTable {
  id: Generated<string>;
  organization_id: string;
  bank_account_id: string;
  step: 'proposed' | 'called' | 'verified' | 'refused';
  member_id: string | null;
  phone: OrNull<string>;
  phone_source: OrNull<string>;
  spoke_with: OrNull<string>;
  outcome: OrNull<'confirmed' | 'denied' | 'not-reached'>;
  called_at: OrNull<Date>;
  note: Generated<string>;
  recorded_at: CreatedAt;
}
interface GatePassesTable {
  id: Generated<string>;
  organization_id: string;
  invoice_id: string;
  exception_key: string;
  member_id: string;
  reason: string;
  created_at: CreatedAt;
}
interface PurchaseOrdersTable {
  id: string;
  organization_id: string;
  number: string;
  supplier_id: string;
  currency: string;
  ordered_on: Day;
  requester_id: string | null;
  is_receipt_required: boolean;
  created_at: CreatedAt;
}
interface PurchaseOrderLinesTable {
  id: string;
  organization_id: string;
  purchase_order_id: string;
  position: number;
  item_code: string | null;
  description: string;
  unit: string;
  quantity: Numeric;
  unit_price: Numeric;
}
interface GoodsReceiptsTable {
  id: string;
  organization_id: string;
  number: string;
  purchase_order_id: string;
  received_on: Day;
  created_at: CreatedAt;
}
interface GoodsReceiptLinesTable {
  goods_receipt_id: string;
  purchase_order_line_id: string;
  organization_id: string;
  quantity: Numeric;
}
interface InvoicesTable {
  id: string;
  organization_id: string;
  document_id: string;
  kind: 'invoice' | 'credit-note';
  status: 'in-review' | 'awaiting-approval' | 'approved' | 'scheduled' | 'paid' | 'rejected';
  version: Generated<number>;
  number: string | null;
  issued_on: Day | null;
  due_on: Day | null;
  supplier_id: string | null;
  supplier_name: string | null;
  supplier_tax_id: string | null;
  iban: string | null;
  buyer_name: string | null;
  po_number: string | null;
  purchase_order_id: string | null;
  currency: string | null;
  net: Numeric | null;
  tax: Numeric | null;
  gross: Numeric | null;
  assessment: Json<unknown> | null;
  created_at: CreatedAt;
  updated_at: Generated<Date>;
  /** `gross` in 1/10000, for an index; the database keeps it. */
  gross_units: GeneratedAlways<string | null>;
}
interface InvoiceLinesTable {
  invoice_id: string;
  position: number;
  organization_id: string;
  description: string | null;
  quantity: Numeric | null;
  unit_price: Numeric | null;
  net_amount: Numeric | null;
  tax_rate: Numeric | null;
}
interface CorrectionsTable {
  id: Generated<string>;
  organization_id: string;
  invoice_id: string;
  field: string;
  previous: Json<unknown> | null;
  value: Json<unknown> | null;
  member_id: string;
  created_at: CreatedAt;
}
interface LayoutMemoriesTable {
  id: string;
  organization_id: string;
  field: string;
  version: number;
  print: Json<unknown>;
  lesson: Json<unknown>;
  supplier_name: string | null;
  invoice_id: string;
  learned_by: string;
  status: Generated<'active' | 'replaced' | 'set-aside' | 'revoked'>;
  ended_because: OrNull<string>;
  uses: Generated<number>;
  learned_at: CreatedAt;
  ended_at: OrNull<Date>;
}
interface AllocationsTable {
  invoice_id: string;
  invoice_line: number;
  purchase_order_line_id: string;
  organization_id: string;
  quantity: Numeric;
  amount: Numeric;
  reason: string;
}
interface TasksTable {
  id: string;
  organization_id: string;
  workflow_id: string;
  key: string;
  kind: 'exception' | 'approval' | 'unreadable' | 'message' | 'limit' | 'failed' | 'question';
  reason: string;
  title: string;
  question: string;
  facts: DefaultJson<unknown>;
  choices: string[];
  role: string;
  member_id: string | null;
  event_id: string | null;
  document_id: string | null;
  invoice_id: string | null;
  status: Generated<'open' | 'done' | 'cancelled'>;
  decision: string | null;
  note: string | null;
  decided_by: string | null;
  decided_at: Instant | null;
  reminded_at: Instant | null;
  due_on: Day | null;
  created_at: CreatedAt;
  clock_started_at: OrNull<Date>;
  due_at: OrNull<Date>;
  remind_at: OrNull<Date>;
  reminders: Generated<number>;
  escalate_at: OrNull<Date>;
  escalation_level: Generated<number>;
  claimed_at: OrNull<Date>;
  assigned_by: OrNull<string>;
  waiting_for: OrNull<string>;
  waiting_reason: OrNull<string>;
  waiting_since: OrNull<Date>;
  waiting_until: OrNull<Date>;
  paused_ms: ColumnType<string, number | undefined, number>;
  decided_in_ms: OrNull<string, number>;
}
interface DelegationsTable {
  id: string;
  organization_id: string;
  from_member_id: string;
  to_member_id: string;
  starts_on: Day;
  ends_on: Day;
  reason: string | null;
  created_by: string;
  created_at: Instant;
  revoked_by: OrNull<string>;
  revoked_at: OrNull<Date>;
}
interface ApprovalsTable {
  id: Generated<string>;
  organization_id: string;
  invoice_id: string;
  step: number;
  role: string;
  member_id: string | null;
  decision: 'approved' | 'rejected' | 'automatic';
  digest: string;
  policy_version: number;
  note: string | null;
  created_at: CreatedAt;
}
/** Where a released run stands with the bank; null where no way to it is set up. */
type SubmissionState = 'waiting' | 'sending' | 'unknown' | 'accepted' | 'refused';
interface PaymentRunsTable {
  id: string;
  organization_id: string;
  status: 'proposed' | 'released' | 'cancelled';
  created_by: string;
  released_by: string | null;
  created_at: CreatedAt;
  released_at: Instant | null;
  file_sha256: string | null;
  message_id: string;
  submission: Generated<SubmissionState | null>;
  submission_attempts: Generated<number>;
  bank_reference: Generated<string | null>;
  submission_note: Generated<string | null>;
  answered_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  release_digest: OrNull<string>;
}
interface PaymentsTable {
  id: string;
  organization_id: string;
  invoice_id: string;
  supplier_id: string;
  bank_account_id: string;
  amount: Numeric;
  discount: Generated<Numeric>;
  currency: string;
  execute_on: Day;
  valid_until: Day | null;
  reason: string;
  reference: string;
  digest: string;
  status: 'scheduled' | 'in-run' | 'released' | 'cancelled';
  payment_run_id: string | null;
  bank_state: OrNull<'accepted' | 'rejected' | 'settled' | 'returned'>;
  bank_state_on: OrNull<Day>;
  settled_on: OrNull<Day>;
  bank_note: OrNull<string>;
  created_at: CreatedAt;
}
interface AuditEntriesTable {
  organization_id: string;
  sequence: BigInteger;
  at: Instant;
  actor: string;
  action: string;
  subjects: string[];
  details: Json<Record<string, unknown>>;
  previous_hash: string;
  hash: string;
}
interface AuditHeadsTable {
  organization_id: string;
  sequence: BigInteger;
  hash: string;
}
