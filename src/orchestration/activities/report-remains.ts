import type { Role } from '#domain/identity';
import { appendAudit } from '#platform';
import type { ActivityContext } from '../flow.ts';
import type { Office } from '../tasks/office.ts';
import { openTask } from '../tasks/tasks.ts';
import { once } from './once.ts';

interface Input {
  readonly organizationId: string;
  readonly documentId?: string;
  readonly paymentRunId?: string;
  readonly role?: Role;
  /** Why the work ended; a sentence. */
  readonly why: string;
  /** What stands although the work ended: a sentence each. */
  readonly remains: readonly string[];
  /** What was undone. */
  readonly undone: readonly string[];
}

/** Work ended half-way and not all of it could be undone: a person gets the facts. */
export async function reportRemains(office: Office, context: ActivityContext, input: Input): Promise<{ readonly taskId: string }> {
  const { organizationId, documentId, paymentRunId, why, remains, undone } = input;
  office.log.error({ event: 'work.not-undone', workflowId: context.workflowId, remains: remains.length }, 'work could not be undone');
  return once(office, context, organizationId, async (transaction) => {
    const { taskId } = await openTask(transaction, organizationId, {
      workflowId: context.workflowId,
      key: `remains:${context.idempotencyKey}`,
      kind: 'question',
      reason: 'not-undone',
      title: 'Not all of this could be taken back',
      question: `${why} What is listed here still stands and needs you.`,
      choices: ['done'],
      role: input.role ?? 'office-manager',
      documentId: documentId ?? null,
      facts: { why: [...remains, ...undone.map((one) => `Taken back: ${one}.`)], ...(paymentRunId === undefined ? {} : { paymentRunId }) },
    });
    await appendAudit(transaction, organizationId, office.clock.now(), {
      actor: 'deskhand',
      action: 'work.not-undone',
      subjects: [documentId, paymentRunId, taskId].filter((id) => id !== undefined),
      details: { remains: remains.length, undone: undone.length },
    });
    return { taskId };
  });
}
