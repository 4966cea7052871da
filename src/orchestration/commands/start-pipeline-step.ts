import { createHash } from 'node:crypto';
import type { Actor } from '#domain/identity';
import { DeskhandError } from '#domain/errors';
import type { Callback } from '#domain/ports';
import { appendAudit, currentTraceParent, enqueue, newId } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { pipelineStepWorkflowId, type PipelineRequest } from '../upkeep/pipeline-steps.ts';
import { requireRoom } from '../intake/backlog.ts';
import { openConnection } from './open-connection.ts';
import { receiveMessage } from './receive-message.ts';
import { requireRight } from './require-right.ts';

export interface PipelineStepOrder {
  /** The caller's own name for this step, such as a run id and a state's name. */
  readonly key: string;
  readonly request:
    | Extract<PipelineRequest, { readonly kind: 'decision' }>
    | { readonly kind: 'document'; readonly fileName: string; readonly bytes: Uint8Array };
  readonly callback: Callback | null;
  /** After this the step ends as timed out; null waits for ever. */
  readonly timeoutS: number | null;
}

/**
 * Takes a step of an outside pipeline. The same key with the same request finds the first step, however often and
 * however late it is asked.
 *
 * @throws DH_ORCHESTRATION_STEP_DIFFERS when the key was used for another request, DH_ORCHESTRATION_CALLBACK_NOT_ALLOWED.
 */
export async function startPipelineStep(
  office: Office,
  actor: Actor,
  order: PipelineStepOrder,
): Promise<{ readonly stepId: string; readonly isNew: boolean }> {
  requireRight(actor, 'pipeline-steps:start');
  const refusal = order.callback === null ? null : office.callbacks.refusal(order.callback);
  if (refusal !== null) throw new DeskhandError(orchestrationErrors.callbackNotAllowed, refusal);
  const { organizationId } = actor;
  const eventId = await receiveDocument(office, organizationId, order);
  const request = storedRequest(order);
  const requestSha256 = createHash('sha256')
    .update(JSON.stringify([request, order.callback, order.timeoutS]))
    .digest('hex');
  return await office.database.inOrganization(organizationId, async (transaction) => {
    const stepId = newId('pst');
    const now = office.clock.now();
    const inserted = await transaction
      .insertInto('pipeline_steps')
      .values({
        id: stepId,
        organization_id: organizationId,
        key: order.key,
        kind: request.kind,
        request: JSON.stringify(request),
        request_sha256: requestSha256,
        callback: order.callback === null ? null : JSON.stringify(order.callback),
        event_id: eventId,
        created_by: actor.memberId,
        deadline: order.timeoutS === null ? null : new Date(now.getTime() + order.timeoutS * 1000),
        outcome: null,
        result: null,
        callback_status: null,
        ended_at: null,
      })
      .onConflict((conflict) => conflict.columns(['organization_id', 'key']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (inserted === undefined) {
      const known = await transaction
        .selectFrom('pipeline_steps')
        .select(['id', 'request_sha256'])
        .where('key', '=', order.key)
        .executeTakeFirstOrThrow();
      if (known.request_sha256 === requestSha256) return { stepId: known.id, isNew: false };
      throw new DeskhandError(
        orchestrationErrors.stepDiffers,
        `"${order.key}" was used for another request. Give each step a key of its own.`,
      );
    }
    const traceParent = currentTraceParent();
    await enqueue(
      transaction,
      organizationId,
      {
        kind: 'start',
        workflow: 'serve-pipeline-step',
        workflowId: pipelineStepWorkflowId(stepId),
        input: { organizationId, stepId, traceParent },
      },
      traceParent,
    );
    await appendAudit(transaction, organizationId, now, {
      actor: actor.memberId,
      action: 'pipeline-step.started',
      subjects: eventId === null ? [stepId] : [stepId, eventId],
      details: { key: order.key, kind: request.kind, callback: order.callback?.kind ?? null },
    });
    return { stepId, isNew: true };
  });
}

/** The document first: a crash in between leaves a document that is handled anyway, and the repeated call finds it. */
async function receiveDocument(office: Office, organizationId: string, { request }: PipelineStepOrder): Promise<string | null> {
  if (request.kind !== 'document') return null;
  const { fileName, bytes } = request;
  const connectionId = await openConnection(office, organizationId, 'pipeline', 'Pipelines');
  await requireRoom(office, { organizationId, connectionId });
  const externalId = createHash('sha256').update(bytes).digest('hex');
  const kind = fileName.toLowerCase().endsWith('.eml') ? 'mail' : 'file';
  const message = { externalId, kind, fileName, bytes, receivedAt: office.clock.now() } as const;
  return (await receiveMessage(office, { organizationId, connectionId, message, isAwaited: true })).eventId;
}

function storedRequest({ request }: PipelineStepOrder): PipelineRequest {
  if (request.kind === 'decision') return request;
  return { kind: 'document', fileName: request.fileName, sha256: createHash('sha256').update(request.bytes).digest('hex') };
}
