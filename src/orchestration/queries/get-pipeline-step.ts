import type { Actor } from '#domain/identity';
import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { ask } from './ask.ts';

/** A step of an outside pipeline as its caller may see it: never the token it is answered with. */
export interface PipelineStepView {
  readonly id: string;
  readonly key: string;
  readonly kind: 'decision' | 'document';
  readonly status: 'open' | 'ended';
  readonly outcome: 'done' | 'timed-out' | 'failed' | null;
  readonly result: unknown;
  readonly callback: { readonly kind: string; readonly status: 'delivered' | 'gone' | null } | null;
  readonly deadline: string | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
}

/** @throws DH_ORCHESTRATION_NOT_FOUND */
export async function getPipelineStep(office: Office, actor: Actor, key: string): Promise<PipelineStepView> {
  return await ask(office, actor, 'tasks:read', async (transaction) => {
    const row = await transaction.selectFrom('pipeline_steps').selectAll().where('key', '=', key).executeTakeFirst();
    if (row === undefined) throw new DeskhandError(orchestrationErrors.notFound, `There is no pipeline step "${key}".`);
    const callback = row.callback as { readonly kind: string } | null;
    return {
      id: row.id,
      key: row.key,
      kind: row.kind,
      status: row.status,
      outcome: row.outcome,
      result: row.result,
      callback: callback === null ? null : { kind: callback.kind, status: row.callback_status },
      deadline: row.deadline?.toISOString() ?? null,
      createdAt: row.created_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
    };
  });
}
