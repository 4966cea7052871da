import type { Actor } from '#domain/identity';
import { DeskhandError } from '#domain/errors';
import { loadPolicy } from '../policies.ts';
import type { Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { approvalDigest } from '../approval-digest.ts';
import { loadInvoice } from '../invoices.ts';
import type { Office } from '../office.ts';
import { rejectInvoice, type TaskDecision, type TaskRow } from './decide-task.ts';
import { requireRight } from './require-right.ts';

/**
 * One step of an approval. What the approver saw must still be what is there, and nobody approves twice, nor what they
 * changed themselves (separation of duties).
 */
export async function decideApproval(office: Office, transaction: Transaction, actor: Actor, task: TaskRow, input: TaskDecision): Promise<void> {
  requireRight(actor, 'invoices:approve');
  const invoiceId = task.invoice_id;
  if (invoiceId === null) return;
  const loaded = await loadInvoice(transaction, invoiceId);
  const digest = approvalDigest(loaded);
  if (digest !== task.facts.digest) {
    throw new DeskhandError(orchestrationErrors.invoiceChanged, 'The invoice changed since this approval was asked for. Reload and look again.', {
      details: { invoiceId },
    });
  }
  await refuseSamePerson(transaction, actor, invoiceId, digest);
  const policy = await loadPolicy(transaction, 'approval');
  await transaction
    .insertInto('approvals')
    .values({
      organization_id: actor.organizationId,
      invoice_id: invoiceId,
      step: task.facts.step ?? 1,
      role: task.role,
      member_id: actor.memberId,
      decision: input.decision === 'approve' ? 'approved' : 'rejected',
      digest,
      policy_version: policy.version,
      note: input.note ?? null,
    })
    .execute();
  if (input.decision !== 'approve') await rejectInvoice(transaction, invoiceId);
}

async function refuseSamePerson(transaction: Transaction, actor: Actor, invoiceId: string, digest: string): Promise<void> {
  const [earlier, corrected] = await Promise.all([
    transaction
      .selectFrom('approvals')
      .select('id')
      .where('invoice_id', '=', invoiceId)
      .where('member_id', '=', actor.memberId)
      .where('digest', '=', digest)
      .executeTakeFirst(),
    transaction
      .selectFrom('corrections')
      .select('field')
      .where('invoice_id', '=', invoiceId)
      .where('member_id', '=', actor.memberId)
      .where('field', 'in', ['grossTotal', 'iban', 'supplierId'])
      .executeTakeFirst(),
  ]);
  if (earlier !== undefined) throw new DeskhandError(orchestrationErrors.fourEyes, 'You have approved this already; the second pair of eyes must be somebody else’s.');
  if (corrected !== undefined) {
    throw new DeskhandError(orchestrationErrors.fourEyes, `You changed ${corrected.field} of this invoice yourself; somebody else must approve it.`);
  }
}
