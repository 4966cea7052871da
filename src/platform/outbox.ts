import { sql, type Transaction } from 'kysely';
import type { Tables } from './tables/tables.ts';

/** How work that came through a connection queues; work without it is handed over as soon as it is written. */
export interface Queueing {
  /** Its limits hold, until `settleWork` says that the computing part is over. */
  readonly connectionId: string;
  /** Later work of the same key waits until the earlier one is settled; null waits for nobody. */
  readonly orderingKey: string | null;
  /** Work of one group, such as the documents of one mail, goes side by side. */
  readonly orderingGroup: string;
  /** Lower goes first within the organization. */
  readonly priority: number;
}

/** Work for the engine, written in the transaction of the state it belongs to, so that neither exists without the other. */
export type OutboxMessage =
  | {
      readonly kind: 'start';
      readonly workflowId: string;
      readonly workflow: string;
      readonly input: Readonly<Record<string, unknown>>;
      readonly queueing?: Queueing;
    }
  | { readonly kind: 'signal'; readonly workflowId: string; readonly signal: string; readonly payload: Readonly<Record<string, unknown>> };

/** Queues work; the relay hands it to the engine at least once after commit. */
export async function enqueue(
  transaction: Transaction<Tables>,
  organizationId: string,
  message: OutboxMessage,
  traceParent: string | null = null,
): Promise<void> {
  const { queueing, ...rest } = { queueing: undefined, ...message };
  const { kind, workflowId, ...payload } = rest;
  await transaction
    .insertInto('outbox')
    .values({
      organization_id: organizationId,
      kind,
      workflow_id: workflowId,
      payload: JSON.stringify(payload),
      trace_parent: traceParent,
      relayed_at: null,
      ...(queueing === undefined ? {} : await placeInQueue(transaction, queueing)),
    })
    .execute();
}

async function placeInQueue(
  transaction: Transaction<Tables>,
  { connectionId, orderingKey, orderingGroup, priority }: Queueing,
): Promise<
  Partial<{ connection_id: string; ordering_key: string | null; ordering_group: string; priority: number; state: 'held' | 'waiting' }>
> {
  const state = orderingKey !== null && (await isBehind(transaction, orderingKey, orderingGroup)) ? 'held' : 'waiting';
  return { connection_id: connectionId, ordering_key: orderingKey, ordering_group: orderingGroup, priority, state };
}

/** Whether other work of the key is unsettled. Holds the key until commit: who settles it now sees what is written here. */
async function isBehind(transaction: Transaction<Tables>, orderingKey: string, orderingGroup: string): Promise<boolean> {
  await holdKey(transaction, orderingKey);
  const earlier = await sql`
    select from outbox where ordering_key = ${orderingKey} and state not in ('settled', 'dead') and ordering_group <> ${orderingGroup} limit 1
  `.execute(transaction);
  return earlier.rows.length > 0;
}

/**
 * The computing part of a workflow is over, or waits for a person: it counts against no limit any more, and what is next
 * of its key may go. Called in the transaction that records the result; a second call does nothing.
 *
 * @param state - `dead` when it was never carried out.
 */
export async function settleWork(
  transaction: Transaction<Tables>,
  workflowId: string,
  state: 'settled' | 'dead' = 'settled',
): Promise<void> {
  const open = await sql<{ id: string; ordering_key: string | null }>`
    select id, ordering_key from outbox where workflow_id = ${workflowId} and kind = 'start' and state not in ('settled', 'dead') order by id
  `.execute(transaction);
  for (const { id, ordering_key: key } of open.rows) {
    if (key !== null) await holdKey(transaction, key);
    await transaction
      .updateTable('outbox')
      .set({ state, settled_at: sql`clock_timestamp()` })
      .where('id', '=', id)
      .execute();
    if (key !== null) await releaseNext(transaction, key);
  }
  if (open.rows.length > 0) await sql`select pg_notify('deskhand_outbox', '')`.execute(transaction);
}

/** Puts a dead letter back: it is tried as if for the first time, behind what is unsettled of its key. */
export async function replayWork(transaction: Transaction<Tables>, outboxId: string): Promise<void> {
  const row = await transaction
    .selectFrom('outbox')
    .select(['ordering_key', 'ordering_group'])
    .where('id', '=', outboxId)
    .where('state', '=', 'dead')
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return;
  const isHeld = row.ordering_key !== null && (await isBehind(transaction, row.ordering_key, row.ordering_group ?? ''));
  await transaction
    .updateTable('outbox')
    .set({ state: isHeld ? 'held' : 'waiting', attempts: 0, settled_at: null, admitted_at: null, relayed_at: null, next_attempt_at: null })
    .where('id', '=', outboxId)
    .execute();
  await sql`select pg_notify('deskhand_outbox', '')`.execute(transaction);
}

/** The group of the oldest unsettled work of a key may go. */
async function releaseNext(transaction: Transaction<Tables>, key: string): Promise<void> {
  await sql`
    update outbox set state = 'waiting'
    where ordering_key = ${key} and state = 'held' and ordering_group = (
      select ordering_group from outbox where ordering_key = ${key} and state not in ('settled', 'dead') order by id limit 1
    )
  `.execute(transaction);
}

async function holdKey(transaction: Transaction<Tables>, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`outbox ${key}`}, 0))`.execute(transaction);
}
