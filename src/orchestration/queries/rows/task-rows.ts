import { mayDo, type Actor, type Role } from '#domain/identity';
import type { Tables } from '#platform';
import { sql, type RawBuilder, type Selectable, type SqlBool } from 'kysely';
import type { Office } from '../../tasks/office.ts';
import { togetherChoices } from '../../tasks/tasks.ts';
import { loadTeam, type Team } from '../../tasks/team.ts';
import type { OfficeTransaction } from '../ask.ts';
import { findDocuments } from './document-rows.ts';
import { findInvoices } from './invoice-rows.ts';
import { toPaymentRuns } from './payment-run-rows.ts';
import { personOf } from './people.ts';
import { findDecisionTimes, toTime, toWait } from './task-time.ts';
import type { TaskFacts, TaskView } from '../views.ts';
import type { PaymentRunSummaryView } from '../views-payments.ts';

export type TaskRow = Selectable<Tables['tasks']>;

/** A task is mine when it names me, or nobody and a role I have; and so is the task of whom I stand in for today. */
export function isMineInSql(actor: Actor, team: Team): RawBuilder<SqlBool> {
  const { memberIds, roles } = whoseTasks(actor, team);
  return sql<SqlBool>`(tasks.member_id = any(${memberIds}::text[]) or (tasks.member_id is null and tasks.role = any(${roles}::text[])))`;
}

function whoseTasks(actor: Actor, team: Team): { readonly memberIds: string[]; readonly roles: string[] } {
  const absent = team.standsInFor(actor.memberId);
  return {
    memberIds: [actor.memberId, ...absent.map((member) => member.id)],
    roles: [...new Set([...actor.roles, ...absent.flatMap((member) => member.roles)])],
  };
}

function isMine(row: TaskRow, { memberIds, roles }: ReturnType<typeof whoseTasks>): boolean {
  if (row.status !== 'open') return false;
  return row.member_id === null ? roles.includes(row.role) : memberIds.includes(row.member_id);
}

/** Tasks with all that they name, in a few queries however long the list is. */
export async function toTasks(
  office: Office,
  transaction: OfficeTransaction,
  actor: Actor,
  rows: readonly TaskRow[],
  known?: Team,
): Promise<TaskView[]> {
  if (rows.length === 0) return [];
  const team = known ?? (await loadTeam(office, transaction));
  const whose = whoseTasks(actor, team);
  const mayDecide = mayDo(actor, 'tasks:decide');
  const times = await findDecisionTimes(
    transaction,
    rows.filter((row) => row.status === 'open').map((row) => row.kind),
  );
  const invoices = await findInvoices(
    transaction,
    rows.map((row) => row.invoice_id),
  );
  const documents = await findDocuments(
    transaction,
    rows.map((row) => row.document_id),
  );
  const messages = await findMessages(
    transaction,
    rows.map((row) => row.event_id),
  );
  const runs = await findRuns(transaction, rows.map(runIdOf));
  const answers = await countAnswers(
    transaction,
    rows.filter((row) => row.status === 'open' && row.kind === 'exception').map((row) => row.id),
  );
  return rows.map((row) => ({
    ...holdingOf(team, actor, row, mayDecide && isMine(row, whose)),
    time: toTime(team, times, row),
    wait: toWait(team, row, holderOf(team, row)),
    togetherChoices: row.choices.filter((choice) => togetherChoices.has(choice)),
    id: row.id,
    kind: row.kind,
    reason: row.reason,
    title: row.title,
    question: row.question,
    choices: row.choices,
    facts: toFacts(row.facts),
    role: row.role as Role,
    assignee: personOf(team.members, row.member_id),
    status: row.status,
    decision: row.decision,
    note: row.note,
    decidedBy: personOf(team.members, row.decided_by),
    decidedAt: row.decided_at?.toISOString() ?? null,
    dueOn: row.due_on,
    createdAt: row.created_at.toISOString(),
    invoice: row.invoice_id === null ? null : (invoices.get(row.invoice_id) ?? null),
    document: row.document_id === null ? null : (documents.get(row.document_id) ?? null),
    message: row.event_id === null ? null : (messages.get(row.event_id) ?? null),
    paymentRun: runs.get(runIdOf(row) ?? '') ?? null,
    answers: answers.get(row.id) ?? 0,
  }));
}

/** Answers to questions about these tasks that nobody has settled; what a machine wrote is none. */
async function countAnswers(transaction: OfficeTransaction, taskIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (taskIds.length === 0) return new Map();
  const counted = await transaction
    .selectFrom('question_mails')
    .innerJoin('questions', 'questions.id', 'question_mails.question_id')
    .select(['questions.task_id', (select) => select.fn.countAll<string>().as('answers')])
    .where('questions.task_id', 'in', [...taskIds])
    .where('question_mails.direction', '=', 'in')
    .where('question_mails.settled', 'is', null)
    .where(sql<string>`question_mails.answer ->> 'kind'`, '<>', 'automatic')
    .groupBy('questions.task_id')
    .execute();
  return new Map(counted.map((row) => [row.task_id, Number(row.answers)]));
}

function runIdOf({ facts }: TaskRow): string | null {
  return (facts as { readonly paymentRunId?: string } | null)?.paymentRunId ?? null;
}

async function findRuns(
  transaction: OfficeTransaction,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, PaymentRunSummaryView>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await transaction.selectFrom('payment_runs').selectAll().where('id', 'in', wanted).execute();
  return new Map((await toPaymentRuns(transaction, rows)).map((run) => [run.id, run]));
}

type Holding = Pick<TaskView, 'isMine' | 'standIn' | 'isTaken' | 'mayClaim' | 'mayRelease' | 'mayAssign'>;

/** Who has it, and what the one who asks may do about that. */
function holdingOf(team: Team, actor: Actor, row: TaskRow, mine: boolean): Holding {
  const isOpen = row.status === 'open';
  const standInId = row.member_id === null || !isOpen ? null : team.standInOf(row.member_id);
  const isTaken = isOpen && row.member_id !== null && row.claimed_at !== null;
  const isHolder = row.member_id !== null && (row.member_id === actor.memberId || standInId === actor.memberId);
  const mayAssign = isOpen && (mayDo(actor, 'tasks:assign') || isHolder);
  return {
    isMine: mine,
    standIn: personOf(team.members, standInId),
    isTaken,
    mayClaim: isOpen && mine && !(isTaken && row.member_id === actor.memberId),
    mayRelease: isOpen && row.member_id !== null && (isHolder || mayDo(actor, 'tasks:assign')),
    mayAssign,
  };
}

/** Whom it waits for, in words. */
function holderOf(team: Team, row: TaskRow): string {
  if (row.member_id === null) return `the ${row.role.replace('-', ' ')}`;
  const name = team.members.get(row.member_id)?.name ?? 'somebody';
  const standInId = team.standInOf(row.member_id);
  return standInId === null ? name : `${team.members.get(standInId)?.name ?? 'somebody'} (for ${name})`;
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
  const { expected, found, difference, field, line, otherInvoiceId, ifYes, why, bills, iban, phone, phoneSince, warnings } = (stored ??
    {}) as TaskFacts;
  return { expected, found, difference, field, line, otherInvoiceId, ifYes, why, bills, iban, phone, phoneSince, warnings };
}
