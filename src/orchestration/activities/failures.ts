import type { Role } from '#domain/identity';
import { appendAudit, settleWork } from '#platform';
import type { ActivityContext } from '../flow.ts';
import type { Office } from '../tasks/office.ts';
import { openTask } from '../tasks/tasks.ts';
import { once } from './once.ts';

interface Input {
  readonly organizationId: string;
  readonly eventId?: string;
  readonly documentId?: string;
  readonly paymentRunId?: string;
  readonly role?: Role;
}

/** Work gave up: a person sees what failed and why, and decides whether it is tried again. */
export async function reportFailure(
  office: Office,
  context: ActivityContext,
  input: Input & { readonly failure: { readonly code: string; readonly message: string } },
): Promise<{ taskId: string }> {
  const { organizationId, eventId, documentId, paymentRunId, failure } = input;
  office.log.error({ event: 'work.failed', workflowId: context.workflowId, code: failure.code }, 'work failed');
  return once(office, context, organizationId, async (transaction) => {
    await settleWork(transaction, context.workflowId);
    const { taskId } = await openTask(transaction, organizationId, {
      workflowId: context.workflowId,
      key: `failed:${context.idempotencyKey}`,
      kind: 'failed',
      reason: failure.code,
      title: 'Deskhand could not finish this',
      question: `${failure.message} Try again once the cause is gone, or set it aside. Nothing was lost.`,
      choices: ['retry', 'dismiss'],
      role: input.role ?? 'office-manager',
      eventId: eventId ?? null,
      documentId: documentId ?? null,
      facts: paymentRunId === undefined ? {} : { paymentRunId },
    });
    await appendAudit(transaction, organizationId, office.clock.now(), {
      actor: 'deskhand',
      action: 'work.failed',
      subjects: [eventId, documentId, paymentRunId].filter((id) => id !== undefined),
      details: { code: failure.code },
    });
    return { taskId };
  });
}

/** The decision on the newest failure of this workflow; null while nobody decided. */
export async function readFailureDecision(
  office: Office,
  context: ActivityContext,
  { organizationId }: Input,
): Promise<{ decision: string | null }> {
  return office.database.inOrganization(organizationId, async (transaction) => {
    const task = await transaction
      .selectFrom('tasks')
      .select(['status', 'decision'])
      .where('workflow_id', '=', context.workflowId)
      .where('kind', '=', 'failed')
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return { decision: task === undefined || task.status === 'open' ? null : (task.decision ?? 'dismiss') };
  });
}
