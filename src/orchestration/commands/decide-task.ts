import { createHash } from 'node:crypto';
import type { Actor } from '#domain/identity';
import { DeskhandError } from '#domain/errors';
import { appendAudit, enqueue, type Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { isDeadLetter, replayDeadLetter } from '../intake/dead-letters.ts';
import { lockInvoice } from '../locks.ts';
import { workedMs } from '../tasks/task-clock.ts';
import type { TaskFacts } from '../tasks/tasks.ts';
import { loadTeam, type Team } from '../tasks/team.ts';
import { isAboutBank } from '../payments/bank-tasks.ts';
import { decideApproval } from './decide-approval.ts';
import { decideBankTask } from './decide-bank-task.ts';
import { confirmAccount, recordCall, refuseAccount } from './decide-bank-account.ts';
import { assignBill, assignPurchaseOrder, assignSupplier, createSupplier } from './decide-exception.ts';
import { decideSubmission, isAboutSubmission } from './decide-submission.ts';
import { passGate } from './pass-gate.ts';
import { rejectInvoice } from './reject-invoice.ts';
import { refuseTaken } from './held-task.ts';
import { requireRight } from './require-right.ts';
import type { TaskDecision, TaskRow } from './task-decision.ts';

const open: ReadonlySet<string> = new Set(['in-review', 'awaiting-approval']);

/**
 * Records what a person decided about a task and wakes the workflow that waits for it. Called by page, API, CLI and MCP
 * alike. Deciding the same way twice is harmless.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_NOT_ALLOWED when the task is another role's,
 *   DH_ORCHESTRATION_TASK_TAKEN when another person has it, DH_ORCHESTRATION_ALREADY_DECIDED,
 *   DH_ORCHESTRATION_DECISION_UNKNOWN, DH_ORCHESTRATION_FOUR_EYES.
 */
export async function decideTask(office: Office, actor: Actor, input: TaskDecision): Promise<void> {
  await office.database.inOrganization(actor.organizationId, (transaction) => decideTaskIn(office, transaction, actor, input));
}

/** The same within a transaction that decides several. */
export async function decideTaskIn(office: Office, transaction: Transaction, actor: Actor, input: TaskDecision): Promise<void> {
  requireRight(actor, 'tasks:decide');
  const task = await lockTask(transaction, input.taskId);
  if (task.status !== 'open') {
    if (task.decision === input.decision && task.decided_by === actor.memberId) return;
    throw new DeskhandError(
      orchestrationErrors.alreadyDecided,
      `This was already settled (${task.decision ?? task.status}). Reload to see by whom.`,
      {
        details: { taskId: task.id },
      },
    );
  }
  const team = await loadTeam(office, transaction);
  refuseTaken(team, task, actor);
  refuseOthers(team, task, actor);
  if (!task.choices.includes(input.decision)) {
    throw new DeskhandError(
      orchestrationErrors.decisionUnknown,
      `"${input.decision}" is no answer to this. Choose one of: ${task.choices.join(', ')}.`,
    );
  }
  await applyDecision(office, transaction, actor, task, input);
  await closeTask(transaction, team, actor, task, input);
}

async function lockTask(transaction: Transaction, taskId: string): Promise<TaskRow> {
  const about = await transaction.selectFrom('tasks').select('invoice_id').where('id', '=', taskId).executeTakeFirst();
  if (about?.invoice_id != null) await lockInvoice(transaction, about.invoice_id);
  const task = await transaction.selectFrom('tasks').selectAll().where('id', '=', taskId).forUpdate().executeTakeFirst();
  if (task === undefined) throw new DeskhandError(orchestrationErrors.notFound, `There is no task ${taskId}.`, { details: { taskId } });
  return { ...task, facts: task.facts as TaskFacts };
}

function refuseOthers(team: Team, task: TaskRow, actor: Actor): void {
  // Who may take an approval step, stand-ins included, is the approval policy's to say.
  if (task.kind === 'approval') return;
  if (task.member_id === actor.memberId || actor.roles.some((role) => role === task.role)) return;
  if (team.standsInFor(actor.memberId).some((absent) => absent.id === task.member_id || absent.roles.some((role) => role === task.role)))
    return;
  throw new DeskhandError(
    orchestrationErrors.notAllowed,
    `This is for the ${task.role.replace('-', ' ')}; your role is ${actor.roles.join(', ')}.`,
    {
      details: { taskId: task.id },
    },
  );
}

async function applyDecision(office: Office, transaction: Transaction, actor: Actor, task: TaskRow, input: TaskDecision): Promise<void> {
  await refuseClosed(transaction, task);
  if (task.kind === 'approval') return decideApproval(office, transaction, actor, task, input);
  if (isDeadLetter(task) && input.decision === 'retry') return replayDeadLetter(transaction, task);
  if (task.kind === 'failed' && input.decision === 'dismiss') return setAside(transaction, actor, task);
  if (isAboutBank(task)) return decideBankTask(office, transaction, actor, task, input);
  if (isAboutSubmission(task)) return decideSubmission(office, transaction, actor, task, input);
  if (task.invoice_id === null) return undefined;
  if (input.decision === 'reject')
    return rejectInvoice(transaction, { organizationId: actor.organizationId, invoiceId: task.invoice_id }, task.id);
  if (task.kind !== 'exception') return undefined;
  if (input.decision === 'assign' && task.reason === 'unknown-supplier')
    return assignSupplier(transaction, actor, task.invoice_id, input.supplierId);
  if (input.decision === 'assign' && task.reason === 'agreement-bill') return assignBill(transaction, actor, task, input.bill);
  if (input.decision === 'create') return createSupplier(transaction, actor, task.invoice_id, input.newSupplier);
  if (input.decision === 'assign') return assignPurchaseOrder(transaction, actor, task.invoice_id, input.purchaseOrderId);
  if (input.decision === 'pass') return passGate(transaction, actor, task, input.note);
  if (input.decision === 'called') return recordCall(office, transaction, actor, task, input.call);
  if (input.decision === 'verify') return confirmAccount(office, transaction, actor, task, input.note);
  if (input.decision === 'refuse') return refuseAccount(office, transaction, actor, task, input.note);
  return undefined;
}

/** Whatever is still asked about an invoice that is decided, its answer changes nothing any more. */
async function refuseClosed(transaction: Transaction, task: TaskRow): Promise<void> {
  if (task.invoice_id === null) return;
  const { status } = await transaction.selectFrom('invoices').select('status').where('id', '=', task.invoice_id).executeTakeFirstOrThrow();
  if (open.has(status)) return;
  throw new DeskhandError(orchestrationErrors.invoiceClosed, `This invoice is ${status}; nothing is left to decide about it.`, {
    details: { taskId: task.id, invoiceId: task.invoice_id },
  });
}

/** Work that gave up and is set aside ends: nothing it asked stays open, and what was not scheduled is not paid. */
async function setAside(transaction: Transaction, actor: Actor, task: TaskRow): Promise<void> {
  await transaction
    .updateTable('tasks')
    .set({ status: 'cancelled' })
    .where('workflow_id', '=', task.workflow_id)
    .where('id', '<>', task.id)
    .where('status', '=', 'open')
    .execute();
  await fileWhatNeverBegan(transaction, task);
  if (task.document_id === null) return;
  const invoice = await transaction
    .selectFrom('invoices')
    .select(['id', 'status'])
    .where('document_id', '=', task.document_id)
    .forUpdate()
    .executeTakeFirst();
  if (invoice === undefined || (!open.has(invoice.status) && invoice.status !== 'approved')) return;
  await rejectInvoice(transaction, { organizationId: actor.organizationId, invoiceId: invoice.id }, task.id);
}

/** A message that was never opened, or a document never read, is not on its way any more. */
async function fileWhatNeverBegan(transaction: Transaction, { event_id: eventId, document_id: documentId }: TaskRow): Promise<void> {
  if (documentId !== null) {
    const unread = transaction.updateTable('documents').set({ status: 'filed' }).where('id', '=', documentId);
    await unread.where('status', '=', 'received').execute();
  } else if (eventId !== null) {
    const unopened = transaction.updateTable('events').set({ status: 'handled', classification: 'set-aside' }).where('id', '=', eventId);
    await unopened.where('status', '=', 'received').execute();
  }
}

async function closeTask(transaction: Transaction, team: Team, actor: Actor, task: TaskRow, input: TaskDecision): Promise<void> {
  const { now } = team;
  await transaction
    .updateTable('tasks')
    .set({
      status: 'done',
      decision: input.decision,
      note: input.note ?? null,
      decided_by: actor.memberId,
      decided_at: now,
      decided_in_ms: workedMs(team, task),
    })
    .where('id', '=', task.id)
    .execute();
  // What never reached the engine, or came from the bank, has no workflow that waits for the answer.
  if (!isDeadLetter(task) && !isAboutBank(task)) {
    await enqueue(transaction, actor.organizationId, {
      kind: 'signal',
      workflowId: task.workflow_id,
      signal: 'news',
      payload: { about: task.id },
    });
  }
  await appendAudit(transaction, actor.organizationId, now, {
    actor: actor.memberId,
    action: 'task.decided',
    subjects: [task.id, task.invoice_id, task.document_id, task.event_id].filter((id) => id !== null),
    details: {
      kind: task.kind,
      reason: task.reason,
      decision: input.decision,
      hasNote: input.note !== undefined,
      // The reason for which a gate was passed: an auditor's folder is checked against it.
      ...(input.decision === 'pass'
        ? {
            noteSha256: createHash('sha256')
              .update(input.note?.trim() ?? '')
              .digest('hex'),
          }
        : {}),
      title: task.title,
      ...onBehalf(team, task, actor),
    },
  });
}

/** In whose place a stand-in decided. */
function onBehalf(team: Team, task: TaskRow, actor: Actor): { readonly inPlaceOf?: string } {
  if (task.member_id === actor.memberId || (task.member_id === null && actor.roles.some((role) => role === task.role))) return {};
  const absent = team
    .standsInFor(actor.memberId)
    .find((member) => (task.member_id === null ? member.roles.some((role) => role === task.role) : member.id === task.member_id));
  return absent === undefined ? {} : { inPlaceOf: absent.id };
}
