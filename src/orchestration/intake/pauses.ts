import { sql } from 'kysely';
import type { Database, Transaction } from '#platform';
import { subjectOf, workflowNameOf } from '../workflows/names.ts';

/** Something that stands still by a person's word. */
export interface ActivePause {
  readonly id: string;
  /** Null for the whole installation. */
  readonly organizationId: string | null;
  readonly scope: 'installation' | 'organization' | 'connection' | 'workflow';
  /** The connection's id or the workflow's name; empty for the wider scopes. */
  readonly subject: string;
}

/** What is paused now, known to this process within milliseconds of the word being given. */
interface PauseWatch {
  active(): Promise<readonly ActivePause[]>;
  /** What is known is out of date; the next question is asked of the database. */
  forget(): void;
}

// NOTIFY tells at once; where it was lost, knowledge older than this is fetched anew. Half of what stop-all may take.
const staleAfterMs = 500;

/** Keeps the active pauses of all organizations in memory. Ends with the database's listener. */
export function createPauseWatch(database: Database): PauseWatch {
  let known: { readonly pauses: Promise<readonly ActivePause[]>; readonly at: number } | null = null;
  let listening: Promise<unknown> | null = null;
  const forget = (): void => {
    known = null;
  };
  return {
    async active() {
      listening ??= database.listen('deskhand_pauses', forget);
      await listening.catch((thrown: unknown) => {
        listening = null;
        throw thrown;
      });
      const now = performance.now();
      if (known === null || now - known.at > staleAfterMs) {
        const pauses = database.inSystem(activePauses);
        known = { pauses, at: now };
        pauses.catch(forget);
      }
      return known.pauses;
    },
    forget,
  };
}

/** Of the organization and of the installation; of all, for the system. */
export function activePauses(transaction: Transaction): Promise<readonly ActivePause[]> {
  return transaction
    .selectFrom('pauses')
    .select(['id', 'organization_id as organizationId', 'scope', 'subject'])
    .where('resumed_at', 'is', null)
    .execute();
}

/**
 * The pause that holds up this run, if any.
 *
 * @param findConnection - what the run came through; asked only while a connection of the organization is paused.
 */
export async function pauseOf(
  pauses: readonly ActivePause[],
  run: { readonly organizationId: string | null; readonly workflowId: string },
  findConnection: (workflowId: string) => Promise<string | null>,
): Promise<ActivePause | null> {
  const { organizationId, workflowId } = run;
  const workflow = workflowNameOf(workflowId);
  const ours = pauses.filter((pause) => pause.organizationId === organizationId);
  const wide = pauses.find(({ scope }) => scope === 'installation') ?? ours.find(({ scope }) => scope === 'organization');
  const pause = wide ?? ours.find(({ scope, subject }) => scope === 'workflow' && subject === workflow);
  if (pause !== undefined) return pause;
  const ofConnections = ours.filter(({ scope }) => scope === 'connection');
  if (ofConnections.length === 0) return null;
  const connectionId = await findConnection(workflowId);
  return ofConnections.find(({ subject }) => subject === connectionId) ?? null;
}

/** What the run's message came through; null for work that no message began, such as a payment run. */
export async function connectionOf(transaction: Transaction, workflowId: string): Promise<string | null> {
  const { kind, id } = subjectOf(workflowId);
  const events = transaction.selectFrom('events').select('connection_id');
  if (kind === 'message') return (await events.where('id', '=', id).executeTakeFirst())?.connection_id ?? null;
  if (kind !== 'document') return null;
  const ofDocument = transaction.selectFrom('documents').select('event_id').where('id', '=', id);
  return (await events.where('id', '=', ofDocument).executeTakeFirst())?.connection_id ?? null;
}

/**
 * Notes that a workflow came upon a pause, so that it is told when the pause is over. @returns false when it is over
 * already.
 */
export async function waitForResume(
  transaction: Transaction,
  organizationId: string,
  workflowId: string,
  pauseId: string,
): Promise<boolean> {
  // Shared against the resumer's exclusive lock: it sees this row, or we see that it has resumed.
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${`pause ${pauseId}`}, 0))`.execute(transaction);
  const pause = await transaction
    .selectFrom('pauses')
    .select('id')
    .where('id', '=', pauseId)
    .where('resumed_at', 'is', null)
    .executeTakeFirst();
  if (pause === undefined) return false;
  await transaction
    .insertInto('paused_runs')
    .values({ workflow_id: workflowId, pause_id: pauseId, organization_id: organizationId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return true;
}

/** Ends a pause: what came upon it is told by a signal each. @returns how many. */
export async function endPause(
  transaction: Transaction,
  pauseId: string,
  by: { readonly memberId: string; readonly at: Date },
): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`pause ${pauseId}`}, 0))`.execute(transaction);
  await transaction
    .updateTable('pauses')
    .set({ resumed_by: by.memberId, resumed_at: by.at })
    .where('id', '=', pauseId)
    .where('resumed_at', 'is', null)
    .execute();
  const payload = JSON.stringify({ signal: 'resumed', payload: { pauseId } });
  const told = await sql`
    with gone as (delete from paused_runs where pause_id = ${pauseId} returning organization_id, workflow_id)
    insert into outbox (organization_id, kind, workflow_id, payload) select organization_id, 'signal', workflow_id, ${payload}::jsonb from gone
    returning id
  `.execute(transaction);
  return told.rows.length;
}
