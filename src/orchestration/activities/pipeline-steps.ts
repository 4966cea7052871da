import { appendAudit, type Transaction } from '#platform';
import type { Callback } from '#domain/ports';
import type { ActivityContext } from '../flow.ts';
import type { Office } from '../tasks/office.ts';
import { questionKey, type PipelineRequest, type PipelineStepRow } from '../upkeep/pipeline-steps.ts';
import { openTask } from '../tasks/tasks.ts';
import { once } from './once.ts';

interface Input {
  readonly organizationId: string;
  readonly stepId: string;
}

// A decision wakes its step. A document's rest does not: the step looks again after a quarter of its age, within these.
const soonestLookMs = 2000;
const latestLookMs = 900_000;

/** Puts the pipeline's question before a person; a document is on its way already, as any other. */
export async function openPipelineStep(
  office: Office,
  context: ActivityContext,
  { organizationId, stepId }: Input,
): Promise<{ readonly taskId: string | null }> {
  return once(office, context, organizationId, async (transaction) => {
    const step = await loadStep(transaction, stepId);
    const request = step.request as PipelineRequest;
    if (request.kind !== 'decision' || step.status === 'ended') return { taskId: null };
    const { taskId } = await openTask(transaction, organizationId, {
      workflowId: context.workflowId,
      key: questionKey,
      kind: 'question',
      reason: 'pipeline',
      title: request.title,
      question: request.question,
      choices: request.choices,
      role: request.role,
      facts: { why: [...request.facts] },
      dueOn: step.deadline?.toISOString().slice(0, 10) ?? null,
    });
    return { taskId };
  });
}

/** Whether the step has come to its end, and records how when it has. */
export async function readPipelineStep(
  office: Office,
  context: ActivityContext,
  { organizationId, stepId }: Input,
): Promise<{ readonly isEnded: boolean; readonly lookAgainInMs: number }> {
  return office.database.inOrganization(organizationId, async (transaction) => {
    const step = await loadStep(transaction, stepId);
    if (step.status === 'ended') return { isEnded: true, lookAgainInMs: 1 };
    const now = office.clock.now();
    const end = (await findEnd(transaction, step, context.workflowId)) ?? timeOut(step, now);
    if (end === null) return { isEnded: false, lookAgainInMs: untilNextLook(step, now) };
    await transaction
      .updateTable('pipeline_steps')
      .set({ status: 'ended', outcome: end.outcome, result: JSON.stringify(end.result), ended_at: now })
      .where('id', '=', stepId)
      .execute();
    if (end.outcome === 'timed-out') await withdrawQuestion(transaction, context.workflowId);
    await appendAudit(transaction, organizationId, now, {
      actor: 'deskhand',
      action: 'pipeline-step.ended',
      subjects: [stepId],
      details: { outcome: end.outcome },
    });
    return { isEnded: true, lookAgainInMs: 1 };
  });
}

/** Tells the pipeline, when it asked to be told. */
export async function answerPipeline(
  office: Office,
  _context: ActivityContext,
  { organizationId, stepId }: Input,
): Promise<{ readonly callback: string | null }> {
  const step = await office.database.inOrganization(organizationId, (transaction) => loadStep(transaction, stepId));
  if (step.callback === null || step.callback_status !== null || step.outcome === null) return { callback: step.callback_status };
  const { key, outcome, result } = step;
  const callback = await office.callbacks.send(step.callback as Callback, { stepId, key, outcome, result });
  await office.database.inOrganization(organizationId, (transaction) =>
    transaction.updateTable('pipeline_steps').set({ callback_status: callback }).where('id', '=', stepId).execute(),
  );
  return { callback };
}

async function loadStep(transaction: Transaction, stepId: string): Promise<PipelineStepRow> {
  return await transaction.selectFrom('pipeline_steps').selectAll().where('id', '=', stepId).executeTakeFirstOrThrow();
}

interface End {
  readonly outcome: 'done' | 'timed-out' | 'failed';
  readonly result: unknown;
}

function findEnd(transaction: Transaction, step: PipelineStepRow, workflowId: string): Promise<End | null> {
  return step.kind === 'decision' ? decisionOf(transaction, workflowId) : restOf(transaction, step.event_id ?? '');
}

async function decisionOf(transaction: Transaction, workflowId: string): Promise<End | null> {
  const task = await transaction
    .selectFrom('tasks')
    .leftJoin('members', 'members.id', 'tasks.decided_by')
    .select(['tasks.status', 'tasks.decision', 'tasks.note', 'tasks.decided_at', 'members.id as memberId', 'members.name as memberName'])
    .where('workflow_id', '=', workflowId)
    .where('kind', '=', 'question')
    .orderBy('tasks.created_at', 'desc')
    .executeTakeFirst();
  if (task === undefined || task.status === 'open') return null;
  if (task.status === 'cancelled' || task.decision === null)
    return { outcome: 'failed', result: { reason: 'The question was taken back.' } };
  const { decision, note } = task;
  const decidedBy = { id: task.memberId, name: task.memberName };
  return { outcome: 'done', result: { decision, note, decidedBy, decidedAt: task.decided_at?.toISOString() ?? null } };
}

// An invoice is settled when nothing more is asked of anyone before its payment.
const settled: ReadonlySet<string> = new Set(['scheduled', 'paid', 'rejected']);

/** At rest: the message is unpacked, nobody is asked anything, and each document is filed, set aside or a settled invoice. */
async function restOf(transaction: Transaction, eventId: string): Promise<End | null> {
  const event = await transaction.selectFrom('events').select('status').where('id', '=', eventId).executeTakeFirst();
  if (event?.status !== 'handled') return null;
  const documents = await transaction
    .selectFrom('documents')
    .leftJoin('invoices', 'invoices.document_id', 'documents.id')
    .select([
      'documents.id as documentId',
      'documents.file_name as fileName',
      'documents.status as status',
      'documents.document_type as documentType',
      'invoices.id as invoiceId',
      'invoices.status as invoiceStatus',
      'invoices.number as number',
      'invoices.gross as gross',
      'invoices.currency as currency',
      'invoices.supplier_id as supplierId',
    ])
    .where('documents.event_id', '=', eventId)
    .orderBy('documents.position')
    .execute();
  const asked = await transaction
    .selectFrom('tasks')
    .select('id')
    .where('status', '=', 'open')
    .where((where) =>
      where.or([where('event_id', '=', eventId), where('document_id', 'in', [...documents.map((one) => one.documentId), ''])]),
    )
    .limit(1)
    .execute();
  const isMoving = documents.some((one) => one.status === 'received' || (one.invoiceStatus !== null && !settled.has(one.invoiceStatus)));
  return asked.length > 0 || isMoving ? null : { outcome: 'done', result: { messageId: eventId, documents } };
}

function timeOut(step: PipelineStepRow, now: Date): End | null {
  return step.deadline === null || step.deadline > now ? null : { outcome: 'timed-out', result: { deadline: step.deadline.toISOString() } };
}

function untilNextLook({ deadline, created_at: createdAt }: PipelineStepRow, now: Date): number {
  const look = Math.min(latestLookMs, Math.max(soonestLookMs, (now.getTime() - createdAt.getTime()) / 4));
  return Math.max(1, Math.ceil(deadline === null ? look : Math.min(look, deadline.getTime() - now.getTime())));
}

async function withdrawQuestion(transaction: Transaction, workflowId: string): Promise<void> {
  await transaction
    .updateTable('tasks')
    .set({ status: 'cancelled' })
    .where('workflow_id', '=', workflowId)
    .where('kind', '=', 'question')
    .where('status', '=', 'open')
    .execute();
}
