import { mayDo, type Actor, type Role } from '#domain/identity';
import type { Tables } from '#platform';
import { sql, type RawBuilder, type Selectable, type SqlBool } from 'kysely';
import type { OfficeTransaction } from './ask.ts';
import { findDocuments } from './document-rows.ts';
import { findInvoices } from './invoice-rows.ts';
import { findPeople, personOf } from './people.ts';
import type { TaskFacts, TaskView } from './views.ts';

export type TaskRow = Selectable<Tables['tasks']>;

/** A task is mine when it names me, or when it names nobody and asks for a role I have. */
export function isMineInSql(actor: Actor): RawBuilder<SqlBool> {
  return sql<SqlBool>`(tasks.member_id = ${actor.memberId} or (tasks.member_id is null and tasks.role = any(${[...actor.roles]}::text[])))`;
}

function isMine(row: TaskRow, actor: Actor): boolean {
  if (row.status !== 'open' || !mayDo(actor, 'tasks:decide')) return false;
  return row.member_id === null ? actor.roles.some((role) => role === row.role) : row.member_id === actor.memberId;
}

/** Tasks with all that they name, in four queries however long the list is. */
export async function toTasks(transaction: OfficeTransaction, actor: Actor, rows: readonly TaskRow[]): Promise<TaskView[]> {
  const invoices = await findInvoices(
    transaction,
    rows.map((row) => row.invoice_id),
  );
  const documents = await findDocuments(
    transaction,
    rows.map((row) => row.document_id),
  );
  const people = await findPeople(
    transaction,
    rows.flatMap((row) => [row.member_id, row.decided_by]),
  );
  const messages = await findMessages(
    transaction,
    rows.map((row) => row.event_id),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    reason: row.reason,
    title: row.title,
    question: row.question,
    choices: row.choices,
    facts: toFacts(row.facts),
    role: row.role as Role,
    assignee: personOf(people, row.member_id),
    isMine: isMine(row, actor),
    status: row.status,
    decision: row.decision,
    note: row.note,
    decidedBy: personOf(people, row.decided_by),
    decidedAt: row.decided_at?.toISOString() ?? null,
    dueOn: row.due_on,
    createdAt: row.created_at.toISOString(),
    invoice: row.invoice_id === null ? null : (invoices.get(row.invoice_id) ?? null),
    document: row.document_id === null ? null : (documents.get(row.document_id) ?? null),
    message: row.event_id === null ? null : (messages.get(row.event_id) ?? null),
  }));
}

async function findMessages(
  transaction: OfficeTransaction,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, { id: string; subject: string | null; sender: string | null }>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await transaction
    .selectFrom('events')
    .select(['id', 'subject', 'sender_name', 'sender_address'])
    .where('id', 'in', wanted)
    .execute();
  return new Map(rows.map(({ id, subject, sender_name, sender_address }) => [id, { id, subject, sender: sender_name ?? sender_address }]));
}

/** Only the facts that the contract names: a workflow may keep more for itself. */
function toFacts(stored: unknown): TaskFacts {
  const { expected, found, difference, field, line, otherInvoiceId, ifYes, why } = (stored ?? {}) as TaskFacts;
  return { expected, found, difference, field, line, otherInvoiceId, ifYes, why };
}
