import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, type Transaction } from '#platform';
import { requireRight } from '../commands/require-right.ts';
import { orchestrationErrors } from '../errors.ts';
import { wakeInvoices } from '../invoices/wake-invoices.ts';
import { takeTurn } from '../locks.ts';
import type { Office } from '../tasks/office.ts';
import type { AgreementRow } from './load-agreements.ts';

/**
 * A second person says that its bills may be paid without an order; those that wait are looked at again. Twice is harmless.
 *
 * @throws DH_ORCHESTRATION_NOT_ALLOWED, DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_FOUR_EYES, DH_ORCHESTRATION_ALREADY_DECIDED
 */
export async function confirmAgreement(office: Office, actor: Actor, { agreementId }: { readonly agreementId: string }): Promise<void> {
  requireRight(actor, 'agreements:confirm');
  const now = office.clock.now();
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const row = await hold(transaction, actor.organizationId, agreementId);
    if (row.created_by === actor.memberId)
      throw new DeskhandError(orchestrationErrors.fourEyes, `You wrote down “${row.name}” yourself; another person confirms it.`);
    if (row.ended_at !== null)
      throw new DeskhandError(orchestrationErrors.alreadyDecided, `“${row.name}” was ended already. Write it down anew.`);
    if (row.confirmed_at !== null) return;
    await transaction
      .updateTable('agreements')
      .set({ confirmed_by: actor.memberId, confirmed_at: now })
      .where('id', '=', agreementId)
      .execute();
    await appendAudit(transaction, actor.organizationId, now, {
      actor: actor.memberId,
      action: 'agreement.confirmed',
      subjects: [agreementId, row.supplier_id],
      details: { name: row.name, writtenBy: row.created_by },
    });
    await wakeInvoices(transaction, actor.organizationId, { supplierId: row.supplier_id });
  });
}

/**
 * Ends an agreement, or takes one back that nobody confirmed: bills expected after today are asked about. Twice is harmless.
 *
 * @throws DH_ORCHESTRATION_NOT_ALLOWED, DH_ORCHESTRATION_NOT_FOUND
 */
export async function endAgreement(
  office: Office,
  actor: Actor,
  { agreementId, reason }: { readonly agreementId: string; readonly reason?: string | undefined },
): Promise<void> {
  requireRight(actor, 'agreements:edit');
  const now = office.clock.now();
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const row = await hold(transaction, actor.organizationId, agreementId);
    if (row.ended_at !== null) return;
    await transaction
      .updateTable('agreements')
      .set({ ended_by: actor.memberId, ended_at: now, ended_because: reason ?? null })
      .where('id', '=', agreementId)
      .execute();
    await appendAudit(transaction, actor.organizationId, now, {
      actor: actor.memberId,
      action: 'agreement.ended',
      subjects: [agreementId, row.supplier_id],
      details: { name: row.name, reason: reason ?? null },
    });
    await wakeInvoices(transaction, actor.organizationId, { supplierId: row.supplier_id });
  });
}

/** While its invoices are looked at nobody confirms or ends it, and the other way round. */
async function hold(transaction: Transaction, organizationId: string, agreementId: string): Promise<AgreementRow> {
  await takeTurn(transaction, organizationId);
  const row = await transaction.selectFrom('agreements').selectAll().where('id', '=', agreementId).executeTakeFirst();
  if (row !== undefined) return row;
  throw new DeskhandError(orchestrationErrors.notFound, `There is no agreement ${agreementId} in your organization.`, {
    details: { agreementId },
  });
}
