import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { requireRight } from './require-right.ts';

/**
 * Ends what a correction taught: later papers are read without it. What it already filled in stays as it was read.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND when there is no such memory, or it ended before.
 */
export async function revokeMemory(
  office: Office,
  actor: Actor,
  { memoryId, reason }: { readonly memoryId: string; readonly reason?: string | undefined },
): Promise<void> {
  requireRight(actor, 'invoices:correct');
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const ended = await transaction
      .updateTable('layout_memories')
      .set({ status: 'revoked', ended_because: reason ?? 'A person took it back.', ended_at: office.clock.now() })
      .where('id', '=', memoryId)
      .where('status', '=', 'active')
      .returning(['field', 'invoice_id'])
      .executeTakeFirst();
    if (ended === undefined) {
      throw new DeskhandError(orchestrationErrors.notFound, `There is no memory ${memoryId} that is in use.`, { details: { memoryId } });
    }
    await appendAudit(transaction, actor.organizationId, office.clock.now(), {
      actor: actor.memberId,
      action: 'memory.revoked',
      subjects: [memoryId, ended.invoice_id],
      details: { field: ended.field },
    });
  });
}
