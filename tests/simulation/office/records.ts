import type { Payment, Supplier } from '#domain/accounts-payable';
import type { Role } from '#domain/identity';
import type { Paper } from '../plan.ts';

export const organizationId = 'org_1';

export interface EventRow {
  readonly id: string;
  readonly externalId: string;
  readonly papers: readonly Paper[];
  status: 'received' | 'handled';
}

export interface DocumentRow {
  readonly id: string;
  readonly eventId: string;
  readonly paper: Paper;
  status: 'received' | 'read' | 'filed' | 'unreadable';
}

export interface InvoiceRow {
  readonly id: string;
  readonly documentId: string;
  readonly number: string;
  readonly orderNumber: string | null;
  status: 'in-review' | 'awaiting-approval' | 'approved' | 'scheduled' | 'paid' | 'rejected';
  version: number;
  supplierId: string | null;
  grossMinor: number;
  /** Reasons that a person accepted, with the version they accepted them for. */
  readonly accepted: Set<string>;
  readonly correctedBy: Set<string>;
  /** Version that was looked at last. */
  assessed: number;
  hadExceptions: boolean;
  requiredSteps: readonly Role[];
}

export interface TaskRow {
  readonly id: string;
  readonly workflowId: string;
  readonly key: string;
  readonly kind: 'exception' | 'approval' | 'failed' | 'message' | 'unreadable' | 'question';
  readonly reason: string;
  readonly choices: readonly string[];
  readonly invoiceId: string | null;
  readonly documentId: string | null;
  readonly paymentRunId: string | null;
  readonly step: number;
  readonly digest: string;
  role: Role;
  memberId: string | null;
  status: 'open' | 'done' | 'cancelled';
  decision: string | null;
  decidedBy: string | null;
  remindAt: number;
}

/** What an approver had before their eyes. */
export interface SeenFacts {
  readonly grossMinor: number;
  readonly iban: string;
}

export interface ApprovalRow {
  readonly invoiceId: string;
  readonly memberId: string | null;
  readonly decision: 'approved' | 'rejected' | 'automatic';
  readonly digest: string;
  readonly seen: SeenFacts;
}

export interface PaymentRow {
  payment: Payment;
  runId: string | null;
}

export interface RunRow {
  readonly id: string;
  readonly messageId: string;
  readonly createdBy: string;
  status: 'proposed' | 'released' | 'cancelled';
  releasedBy: string | null;
  file: PaymentFile | null;
  submission: 'waiting' | 'sending' | 'unknown' | 'accepted' | 'refused';
  attempts: number;
}

export interface Transfer {
  readonly paymentId: string;
  readonly invoiceId: string;
  readonly iban: string;
  readonly minor: number;
}

export interface PaymentFile {
  readonly messageId: string;
  readonly transfers: readonly Transfer[];
}

export type OutboxRow = { readonly id: number; relayed: boolean } & (
  | { readonly kind: 'start'; readonly workflow: string; readonly workflowId: string; readonly input: Readonly<Record<string, unknown>> }
  | { readonly kind: 'signal'; readonly workflowId: string; readonly signal: string; readonly payload: unknown }
);

/** The office's tables. Every function on them runs in one turn: a transaction. */
export interface Records {
  readonly suppliers: readonly Supplier[];
  readonly orders: Map<string, { readonly grossMinor: number; readonly version: number }>;
  readonly events: Map<string, EventRow>;
  readonly documents: Map<string, DocumentRow>;
  readonly invoices: Map<string, InvoiceRow>;
  readonly tasks: Map<string, TaskRow>;
  readonly approvals: ApprovalRow[];
  readonly payments: Map<string, PaymentRow>;
  readonly runs: Map<string, RunRow>;
  readonly outbox: OutboxRow[];
  /** Results of `once`, by idempotency key. */
  readonly effects: Map<string, string>;
  /** Workflows to be told when the pause is over. */
  readonly heldByPause: Set<string>;
  isPaused: boolean;
  pauses: number;
  /** NOTIFY. */
  wakeRelay: () => void;
}

const supplier = (id: string, iban: string): Supplier => ({
  id,
  number: id,
  name: `Supplier ${id}`,
  aliases: [],
  vatId: null,
  country: 'DE',
  emailDomains: [],
  currency: 'EUR',
  terms: { netDays: 14, discounts: [] },
  bankAccounts: [{ id: `acc_${id}`, iban, bic: null, status: 'verified' }],
});

export function createRecords(): Records {
  return {
    suppliers: [supplier('sup_1', 'DE89370400440532013000'), supplier('sup_2', 'GB82WEST12345698765432')],
    orders: new Map(),
    events: new Map(),
    documents: new Map(),
    invoices: new Map(),
    tasks: new Map(),
    approvals: [],
    payments: new Map(),
    runs: new Map(),
    outbox: [],
    effects: new Map(),
    heldByPause: new Set(),
    isPaused: false,
    pauses: 0,
    wakeRelay: () => undefined,
  };
}

/** Ids by size of the table: the same run gives the same ids. */
export function nextId(prefix: string, table: { readonly size: number }): string {
  return `${prefix}_${table.size + 1}`;
}

type OutboxDraft = OutboxRow extends infer Row ? (Row extends unknown ? Omit<Row, 'id' | 'relayed'> : never) : never;

export function enqueue(records: Records, message: OutboxDraft): void {
  records.outbox.push({ ...message, id: records.outbox.length + 1, relayed: false });
  records.wakeRelay();
}

/** The signal that everything waits for. */
export function tellNews(records: Records, workflowId: string, about: string): void {
  enqueue(records, { kind: 'signal', workflowId, signal: 'news', payload: { about } });
}

export function openTask(
  records: Records,
  now: number,
  draft: Pick<TaskRow, 'workflowId' | 'key' | 'kind' | 'reason' | 'choices' | 'role'> & Partial<TaskRow>,
): TaskRow {
  const known = [...records.tasks.values()].find(({ workflowId, key }) => workflowId === draft.workflowId && key === draft.key);
  if (known !== undefined) return known;
  const task: TaskRow = {
    id: nextId('task', records.tasks),
    invoiceId: null,
    documentId: null,
    paymentRunId: null,
    step: 0,
    digest: '',
    memberId: null,
    status: 'open',
    decision: null,
    decidedBy: null,
    remindAt: now + 86_400_000,
    ...draft,
  };
  records.tasks.set(task.id, task);
  return task;
}

export function openTasks(records: Records, of: (task: TaskRow) => boolean): TaskRow[] {
  return [...records.tasks.values()].filter((task) => task.status === 'open' && of(task));
}

export function cancelTasks(records: Records, of: (task: TaskRow) => boolean): void {
  for (const task of openTasks(records, of)) task.status = 'cancelled';
}

/** A row that must be there. */
export function row<Row>(table: ReadonlyMap<string, Row>, id: string): Row {
  const found = table.get(id);
  if (found === undefined) throw new Error(`The model has no ${id}.`);
  return found;
}

/** The verified account on file; empty where the supplier is not known. */
export function ibanOf(records: Records, { supplierId }: InvoiceRow): string {
  return records.suppliers.find(({ id }) => id === supplierId)?.bankAccounts[0]?.iban ?? '';
}

/** What an approval covers. */
export function digestOf(records: Records, invoice: InvoiceRow): string {
  return JSON.stringify([invoice.id, invoice.number, invoice.supplierId, ibanOf(records, invoice), invoice.grossMinor]);
}
