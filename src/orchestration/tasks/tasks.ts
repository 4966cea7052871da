import type { AgreementCoverage } from '#domain/accounts-payable';
import type { Role } from '#domain/identity';
import { newId, type Transaction } from '#platform';
import { sql } from 'kysely';

/** What Deskhand asks a person. `key` names the question within its workflow: while it is open, asking again opens nothing new. */
export interface TaskDraft {
  readonly workflowId: string;
  readonly key: string;
  readonly kind: 'exception' | 'approval' | 'unreadable' | 'message' | 'limit' | 'failed' | 'question';
  readonly reason: string;
  readonly title: string;
  readonly question: string;
  readonly choices: readonly string[];
  readonly role: Role;
  readonly facts?: TaskFacts;
  readonly memberId?: string | null;
  readonly eventId?: string | null;
  readonly documentId?: string | null;
  readonly invoiceId?: string | null;
  readonly dueOn?: string | null;
}

/** Figures and ids that the page shows beside the question. */
export interface TaskFacts {
  readonly expected?: string | null;
  readonly found?: string | null;
  readonly difference?: string | null;
  readonly field?: string | null;
  readonly line?: number | null;
  readonly otherInvoiceId?: string | null;
  readonly ifYes?: string | null;
  readonly why?: readonly string[];
  /** Exceptions that a yes accepts, by key. */
  readonly exceptionKeys?: readonly string[];
  /** Bills under agreements that it could be. */
  readonly bills?: NonNullable<AgreementCoverage['bills']>;
  readonly iban?: string | null;
  /** On file of the supplier, and since when; never what the paper prints. */
  readonly phone?: string | null;
  readonly phoneSince?: string | null;
  /** What fraud gates found: a yes over them needs a reason. */
  readonly warnings?: readonly string[];
  readonly step?: number;
  readonly digest?: string;
  /** Of an approval: the policy version it was asked under, which decides it. */
  readonly policyVersion?: number;
  readonly paymentRunId?: string;
  /** Payments that an answer is about. */
  readonly paymentIds?: readonly string[];
  /** The task that a question was asked about which nobody answered. */
  readonly aboutTaskId?: string;
  /** A booking of `bank_entries` that it is about: when, as `YYYY-MM-DD`. */
  readonly bookedOn?: string;
}

/** Answers that say the same of several tasks at once; the others need something said for each: which supplier, whom you called. */
export const togetherChoices: ReadonlySet<string> = new Set(['approve', 'reject', 'accept', 'dismiss', 'retry', 'done', 'keep-on-file']);

/** A question that was settled or taken back, and stands again, is asked again; of the others each is asked once. */
const asksAgain: ReadonlySet<TaskDraft['kind']> = new Set(['exception', 'approval']);

/** Opens a task, or finds the one that is open under its key. @returns its id and whether it is new. */
export async function openTask(
  transaction: Transaction,
  organizationId: string,
  draft: TaskDraft,
): Promise<{ readonly taskId: string; readonly isNew: boolean }> {
  const earlier = await transaction
    .selectFrom('tasks')
    .select(['id', 'status'])
    .where('workflow_id', '=', draft.workflowId)
    .where((where) => where.or([where('key', '=', draft.key), where(sql<string>`split_part(key, '~', 1)`, '=', draft.key)]))
    .orderBy('created_at')
    .execute();
  const known = earlier.find((task) => task.status === 'open') ?? (asksAgain.has(draft.kind) ? undefined : earlier.at(-1));
  if (known !== undefined) return { taskId: known.id, isNew: false };
  const taskId = newId('tsk');
  await transaction
    .insertInto('tasks')
    .values({
      id: taskId,
      organization_id: organizationId,
      workflow_id: draft.workflowId,
      key: earlier.length === 0 ? draft.key : `${draft.key}~${earlier.length + 1}`,
      kind: draft.kind,
      reason: draft.reason,
      title: draft.title,
      question: draft.question,
      choices: [...draft.choices],
      role: draft.role,
      facts: JSON.stringify(draft.facts ?? {}),
      member_id: draft.memberId ?? null,
      event_id: draft.eventId ?? null,
      document_id: draft.documentId ?? null,
      invoice_id: draft.invoiceId ?? null,
      due_on: draft.dueOn ?? null,
      decision: null,
      note: null,
      decided_by: null,
      decided_at: null,
      reminded_at: null,
    })
    .execute();
  return { taskId, isNew: true };
}

/** Takes back questions about an invoice that no longer stand; those in `keep` (by id) stay open. */
export async function cancelOpenTasks(transaction: Transaction, invoiceId: string, keep: readonly string[] = []): Promise<number> {
  let query = transaction
    .updateTable('tasks')
    .set({ status: 'cancelled' })
    .where('invoice_id', '=', invoiceId)
    .where('status', '=', 'open');
  if (keep.length > 0) query = query.where('id', 'not in', [...keep]);
  const result = await query.executeTakeFirst();
  return Number(result.numUpdatedRows);
}
