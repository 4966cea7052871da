import { sql } from 'kysely';
import { asDeskhandError } from '#domain/errors';
import type { Clock } from '#domain/ports';
import { appendAudit, replayWork, settleWork, type Database, type Transaction } from '#platform';
import type { AdmittedRow } from './admission.ts';
import { openTask } from '../tasks/tasks.ts';

const keyPrefix = 'dead-letter:';

/**
 * The engine refused this row again and again: it rests for good, what waits behind it goes on, and a person gets a task
 * with the reason and the choices to try again or to set it aside (G4).
 */
export async function buryDeadLetter(
  office: { readonly database: Database; readonly clock: Clock },
  row: AdmittedRow,
  failure: unknown,
): Promise<void> {
  const message = failure instanceof Error ? failure.message : String(failure);
  const reason = asDeskhandError(failure)?.code ?? 'DH_ORCHESTRATION_ACTIVITY_FAILED';
  await office.database.inOrganization(row.organization_id, async (transaction) => {
    if (row.kind === 'start') await settleWork(transaction, row.workflow_id, 'dead');
    await sql`
      update outbox set state = 'dead', settled_at = clock_timestamp(), attempts = ${row.attempts + 1}, last_error = ${message.slice(0, 1000)}
      where id = ${row.id}
    `.execute(transaction);
    const subject = await subjectOf(transaction, row);
    const { taskId } = await openTask(transaction, row.organization_id, {
      workflowId: row.workflow_id,
      // Each time it dies is a question of its own.
      key: `${keyPrefix}${row.id}:${await timesBuried(transaction, row.id)}`,
      kind: 'failed',
      reason,
      title: row.kind === 'start' ? 'Deskhand could not begin this' : 'A decision did not reach its work',
      question: `${message} It was tried ${row.attempts + 1} times. Try again once the cause is gone, or set it aside. Nothing was lost.`,
      choices: ['retry', 'dismiss'],
      role: 'office-manager',
      ...subject,
    });
    await appendAudit(transaction, row.organization_id, office.clock.now(), {
      actor: 'deskhand',
      action: 'work.dead-letter',
      subjects: [taskId, subject.eventId, subject.documentId].filter((id) => id !== null),
      details: { outboxId: row.id, workflowId: row.workflow_id, code: reason, attempts: row.attempts + 1 },
    });
  });
}

/** Whether a `failed` task is about a row that never reached the engine: there is no workflow to tell of the answer. */
export function isDeadLetter(task: { readonly kind: string; readonly key: string }): boolean {
  return task.kind === 'failed' && task.key.startsWith(keyPrefix);
}

/** Queues a dead letter again. */
export async function replayDeadLetter(transaction: Transaction, task: { readonly key: string }): Promise<void> {
  await replayWork(transaction, task.key.slice(keyPrefix.length).split(':')[0] ?? '');
}

async function timesBuried(transaction: Transaction, outboxId: string): Promise<number> {
  const { count } = await transaction
    .selectFrom('tasks')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('key', 'like', `${keyPrefix}${outboxId}:%`)
    .executeTakeFirstOrThrow();
  return Number(count) + 1;
}

/** What the row is about, as far as it is there. */
async function subjectOf(
  transaction: Transaction,
  row: AdmittedRow,
): Promise<{ readonly eventId: string | null; readonly documentId: string | null }> {
  const { input } = row.payload as { readonly input?: { readonly eventId?: unknown; readonly documentId?: unknown } };
  const documentId = typeof input?.documentId === 'string' ? input.documentId : (row.workflow_id.split('document:')[1] ?? '');
  const eventId = typeof input?.eventId === 'string' ? input.eventId : (row.workflow_id.split('message:')[1] ?? '');
  const document = await transaction.selectFrom('documents').select(['id', 'event_id']).where('id', '=', documentId).executeTakeFirst();
  const event = await transaction.selectFrom('events').select('id').where('id', '=', eventId).executeTakeFirst();
  return { eventId: event?.id ?? document?.event_id ?? null, documentId: document?.id ?? null };
}
