import type { Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** Work for the engine, written in the transaction of the state it belongs to, so that neither exists without the other. */
export type OutboxMessage =
  | { readonly kind: 'start'; readonly workflowId: string; readonly workflow: string; readonly input: Readonly<Record<string, unknown>> }
  | { readonly kind: 'signal'; readonly workflowId: string; readonly signal: string; readonly payload: Readonly<Record<string, unknown>> };

/** Queues work; the relay hands it to the engine at least once after commit. */
export async function enqueue(
  transaction: Transaction<Tables>,
  organizationId: string,
  message: OutboxMessage,
  traceParent: string | null = null,
): Promise<void> {
  const { kind, workflowId, ...payload } = message;
  await transaction
    .insertInto('outbox')
    .values({
      organization_id: organizationId,
      kind,
      workflow_id: workflowId,
      payload: JSON.stringify(payload),
      trace_parent: traceParent,
      relayed_at: null,
    })
    .execute();
}
