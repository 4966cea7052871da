import type { FieldName, Origin, ReadingProblem, Standing } from '#domain/documents';
import type { Role } from '#domain/identity';
import type { LatenessPrediction } from '#domain/tasks';
import type { CodedLineView } from './views-coding.ts';
import type { PaymentRunSummaryView, PaymentView } from './views-payments.ts';

/**
 * What the queries answer, as plain data: amounts and quantities are decimal text, days `YYYY-MM-DD`, instants RFC 3339
 * UTC. The API's contract validates exactly these shapes.
 */
export interface MoneyView {
  readonly amount: string;
  readonly currency: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** One page of a list; `next` is the cursor of the page after it, null at the end. */
export interface PageOf<Item> {
  items: Item[];
  next: string | null;
}

export interface MeView {
  member: Person;
  email: string;
  roles: Role[];
  rights: string[];
  organization: { id: string; name: string; currency: string; isSample: boolean };
}

export interface OverviewView {
  since: string;
  openTasks: { mine: number; all: number };
  messages: { received: number; handled: number };
  documents: { waiting: number; read: number; unreadable: number };
  invoices: Record<string, number>;
  touchless: { automatic: number; decided: number };
  scheduled: MoneyView[];
}

export type InvoiceStatus = 'in-review' | 'awaiting-approval' | 'approved' | 'scheduled' | 'paid' | 'rejected';

export interface InvoiceSummaryView {
  id: string;
  documentId: string;
  kind: 'invoice' | 'credit-note';
  status: InvoiceStatus;
  number: string | null;
  supplierName: string | null;
  supplierId: string | null;
  issuedOn: string | null;
  dueOn: string | null;
  poNumber: string | null;
  gross: MoneyView | null;
  openTasks: number;
  receivedAt: string;
}

export interface DocumentSummaryView {
  id: string;
  eventId: string;
  fileName: string;
  mediaType: string | null;
  status: 'received' | 'read' | 'unreadable' | 'filed';
  documentType: string | null;
  sizeBytes: number;
  path: string[];
  problems: ReadingProblem[];
  invoiceId: string | null;
}

export interface MessageSummaryView {
  id: string;
  source: string;
  kind: 'mail' | 'file';
  subject: string | null;
  sender: string | null;
  receivedAt: string;
  status: 'received' | 'handled';
  classification: string | null;
  documents: DocumentSummaryView[];
  outcome: string;
}

export interface MessageDetailView extends MessageSummaryView {
  body: string | null;
}

export type BoxView = [number, number, number, number];

export interface EvidenceView {
  page: number;
  box: BoxView;
  text: string;
}

export interface FieldView {
  value: string | null;
  confidence: number;
  standing: Standing;
  origin: Origin | null;
  reason: string;
  evidence: EvidenceView | null;
  alternatives: { value: string; confidence: number; reason: string; lost: string; evidence: EvidenceView | null }[];
  correctedBy: Person | null;
}

export interface LineView {
  description: FieldView;
  quantity: FieldView;
  unitPrice: FieldView;
  netAmount: FieldView;
  taxRate: FieldView;
}

export interface MatchExceptionView {
  reason: string;
  line: number | null;
  expected: string | null;
  found: string | null;
  difference: string | null;
  message: string;
  acceptedBy: Person | null;
}

export interface AllocationView {
  invoiceLine: number;
  orderLine: { id: string; position: number; description: string; quantity: string; unitPrice: string; unit: string };
  receivedQuantity: string;
  invoicedQuantity: string;
  quantity: string;
  amount: MoneyView;
  reason: string;
}

export interface MatchView {
  kind: 'two-way' | 'three-way' | 'none';
  outcome: 'matched' | 'exception';
  coveredBy: string | null;
  allocations: AllocationView[];
  exceptions: MatchExceptionView[];
}

export type TaskKind = 'exception' | 'approval' | 'unreadable' | 'message' | 'limit' | 'failed' | 'question';

export interface TaskFacts {
  expected?: string | null;
  found?: string | null;
  difference?: string | null;
  field?: string | null;
  line?: number | null;
  otherInvoiceId?: string | null;
  ifYes?: string | null;
  why?: string[] | null;
  bills?: { agreementId: string; expectedOn: string; label: string }[] | null;
  iban?: string | null;
  phone?: string | null;
  phoneSince?: string | null;
  warnings?: string[] | null;
}

export interface TaskView {
  id: string;
  kind: TaskKind;
  reason: string;
  title: string;
  question: string;
  choices: string[];
  facts: TaskFacts;
  role: Role;
  assignee: Person | null;
  isMine: boolean;
  status: 'open' | 'done' | 'cancelled';
  decision: string | null;
  note: string | null;
  decidedBy: Person | null;
  decidedAt: string | null;
  dueOn: string | null;
  createdAt: string;
  /** Who decides in the assignee's place today. */
  standIn: Person | null;
  /** Taken by, or given to, the assignee: nobody else decides. */
  isTaken: boolean;
  mayClaim: boolean;
  mayRelease: boolean;
  mayAssign: boolean;
  /** Choices that may be given to several tasks at once. */
  togetherChoices: string[];
  time: TaskTimeView | null;
  wait: TaskWaitView | null;
  invoice: InvoiceSummaryView | null;
  document: DocumentSummaryView | null;
  message: { id: string; subject: string | null; sender: string | null } | null;
  /** For a question about a run on its way to the bank. */
  paymentRun: PaymentRunSummaryView | null;
  /** Answers to questions about it that nobody has settled. */
  answers: number;
}

export interface TaskTimeView {
  dueAt: string;
  state: 'running' | 'due-today' | 'overdue' | 'paused';
  /** Negative once it is overdue. */
  businessDaysLeft: number;
  /** How often it was handed up. */
  escalationLevel: number;
  reminders: number;
  /** By the organization's own history; null once it is overdue. */
  lateness: LatenessPrediction | null;
}

export interface TaskWaitView {
  what: string;
  whom: string;
  since: string;
  until: string | null;
  /** What happens then, in words. */
  next: string;
}

export interface MemberView extends Person {
  roles: Role[];
}

export interface DelegationView {
  id: string;
  from: Person;
  to: Person;
  startsOn: string;
  endsOn: string;
  reason: string | null;
  state: 'planned' | 'active' | 'over';
  mayRevoke: boolean;
}

export interface ApprovalView {
  step: number;
  role: Role;
  decision: 'approved' | 'rejected' | 'automatic';
  member: Person | null;
  at: string;
  note: string | null;
  event: number | null;
}

export interface EquationView {
  rule: string;
  text: string;
  holds: boolean;
  fields: string[];
  places: { page: number; box: BoxView }[];
  tolerance: string | null;
}

export interface ConsultationView {
  model: string;
  outcome: 'answered' | 'not-asked' | 'failed';
  reason: string;
  asked: string[];
  tokens: { input: number; output: number };
  cost: { amount: string; currency: string } | null;
  ms: number;
}

export interface InvoiceDetailView extends InvoiceSummaryView {
  version: number;
  fields: Record<FieldName, FieldView>;
  lines: LineView[];
  equations: EquationView[];
  problems: ReadingProblem[];
  language: string | null;
  extractorVersion: string | null;
  /** What a language model was asked about the document; null where none was. */
  consultation: ConsultationView | null;
  supplier: { id: string; name: string; reason: string; confidence: number } | null;
  purchaseOrderId: string | null;
  match: MatchView | null;
  /** Null where the organization keeps no accounts here. */
  coding: CodedLineView[] | null;
  automation: string[];
  approvals: ApprovalView[];
  requiredSteps: Role[];
  payment: PaymentView | null;
  tasks: TaskView[];
  messageId: string;
  seen: { at: string; event: number } | null;
}

export interface TimelineEntryView {
  sequence: number;
  at: string;
  actor: string;
  action: string;
  sentence: string;
  details: Record<string, unknown>;
  hash: string;
}

export interface DocumentDetailView extends DocumentSummaryView {
  pages: { number: number; width: number; height: number; hasPicture: boolean }[];
}

export interface PageWordView {
  id: number;
  text: string;
  box: BoxView;
}

export interface SupplierSummaryView {
  id: string;
  number: string;
  name: string;
  vatId: string | null;
  country: string;
  currency: string;
  terms: string;
  invoices: number;
  openAmount: MoneyView;
}

export interface BankAccountView {
  id: string;
  iban: string;
  bic: string | null;
  status: 'proposed' | 'verified' | 'refused';
  decidedBy: Person | null;
  decidedAt: string | null;
  evidence: string;
  /** End of the cooling-off; null where there was none. */
  payableFrom: string | null;
  history: { at: string; sentence: string }[];
}

export interface SupplierDetailView extends SupplierSummaryView {
  aliases: string[];
  emailDomains: string[];
  email: string | null;
  phone: string | null;
  phoneSince: string | null;
  bankAccounts: BankAccountView[];
  purchaseOrders: PurchaseOrderSummaryView[];
  recentInvoices: InvoiceSummaryView[];
}

export interface PurchaseOrderSummaryView {
  id: string;
  number: string;
  supplier: Person;
  orderedOn: string;
  requester: Person | null;
  total: MoneyView;
  lines: number;
  status: 'open' | 'partly-received' | 'received' | 'partly-invoiced' | 'invoiced';
}

export interface OrderLineView {
  id: string;
  position: number;
  itemCode: string | null;
  description: string;
  unit: string;
  quantity: string;
  unitPrice: string;
  receivedQuantity: string;
  invoicedQuantity: string;
}

export interface PurchaseOrderDetailView extends PurchaseOrderSummaryView {
  isReceiptRequired: boolean;
  orderLines: OrderLineView[];
  receipts: { id: string; number: string; receivedOn: string; lines: { position: number; quantity: string }[] }[];
  invoices: InvoiceSummaryView[];
}

/** `hand-in`: no bank is connected, a person downloads the file. `in-doubt`: it left, and nobody knows whether it arrived. */
/** Where a released run stands with the bank. */
/** Something that people are asked about a run. */
/** One step on a run's way, or the same several times in a row. */
