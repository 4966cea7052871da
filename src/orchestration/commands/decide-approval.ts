import { mayApprove } from '#domain/accounts-payable';
import type { Actor, Role } from '#domain/identity';
import { approvalHistory } from '../invoices/approval-history.ts';
import { DeskhandError } from '#domain/errors';
import { policyInForce } from '../policy/policy-in-force.ts';
import { todayOf } from '../today.ts';
import type { Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { approvalDigest } from '../invoices/approval-digest.ts';
import { loadInvoice } from '../invoices/invoices.ts';
import type { Office } from '../tasks/office.ts';
import { append, reserveIds } from '../streams/append.ts';
import { rejectInvoice } from './reject-invoice.ts';
import { requireRight } from './require-right.ts';
import type { TaskDecision, TaskRow } from './task-decision.ts';

/**
 * One step of an approval. What the approver saw must still be what is there, and nobody approves twice, nor what they
 * changed themselves (separation of duties).
 */
export async function decideApproval(
  office: Office,
  transaction: Transaction,
  actor: Actor,
  task: TaskRow,
  input: TaskDecision,
): Promise<void> {
  requireRight(actor, 'invoices:approve');
  const invoiceId = task.invoice_id;
  if (invoiceId === null) return;
  const loaded = await loadInvoice(transaction, invoiceId);
  const digest = approvalDigest(loaded);
  if (digest !== task.facts.digest) {
    throw new DeskhandError(
      orchestrationErrors.invoiceChanged,
      'The invoice changed since this approval was asked for. Reload and look again.',
      {
        details: { invoiceId },
      },
    );
  }
  await refuseSamePerson(transaction, actor, task, digest);
  if (input.decision === 'approve' && (task.facts.warnings ?? []).length > 0 && (input.note ?? '').trim() === '')
    throw new DeskhandError(
      orchestrationErrors.decisionIncomplete,
      'Something about this invoice is unusual: say why it is right all the same (note). It stays on record with your name.',
    );
  const policyVersion = task.facts.policyVersion ?? (await policyInForce(transaction, todayOf(office.clock))).version;
  const [id = ''] = await reserveIds(transaction, 'approvals', 1);
  const decided = {
    id,
    step: task.facts.step ?? 1,
    role: task.role,
    member_id: actor.memberId,
    decision: input.decision === 'approve' ? 'approved' : 'rejected',
    digest,
    policy_version: policyVersion,
    note: input.note ?? null,
  } as const;
  await append(transaction, {
    kind: 'invoice',
    id: invoiceId,
    actor: actor.memberId,
    causedBy: task.id,
    events: [{ type: 'approval.decided', data: decided }],
  });
  if (input.decision !== 'approve') await rejectInvoice(transaction, { ...actor, invoiceId }, task.id);
}

async function refuseSamePerson(transaction: Transaction, actor: Actor, task: TaskRow, digest: string): Promise<void> {
  const history = await approvalHistory(transaction, task.invoice_id ?? '', digest);
  const permission = mayApprove(actor, { role: task.role as Role }, history);
  if (!permission.allowed) throw new DeskhandError(orchestrationErrors.fourEyes, permission.reason, { details: { taskId: task.id } });
}
