import { hasWrongDigits, normalizeVatId } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { wakeInvoices } from '../invoices/wake-invoices.ts';
import type { Office } from '../tasks/office.ts';
import { requireRight } from './require-right.ts';

/** Who the organization is to the tax office. */
export interface TaxIdentity {
  /** ISO 3166-1 alpha-2; null: nothing is said about foreign or missing tax. */
  readonly country: string | null;
  readonly vatId: string | null;
}

/**
 * Says where the organization is taxed, and its VAT id. Invoices in question are looked at again with it.
 *
 * @throws DH_ORCHESTRATION_NOT_ALLOWED; DH_ORCHESTRATION_VALUE_INVALID for a VAT id with wrong check digits
 */
export async function setTaxIdentity(office: Office, actor: Actor, { country, vatId }: TaxIdentity): Promise<void> {
  requireRight(actor, 'master-data:import');
  if (vatId !== null && hasWrongDigits(vatId))
    throw new DeskhandError(orchestrationErrors.valueInvalid, `The check digits of the VAT id ${vatId} are wrong. Please check it.`);
  const values = { country: country?.toUpperCase() ?? null, vat_id: vatId === null ? null : normalizeVatId(vatId) };
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    await transaction.updateTable('organizations').set(values).where('id', '=', actor.organizationId).execute();
    await wakeInvoices(transaction, actor.organizationId, { all: 'in-review' });
    await appendAudit(transaction, actor.organizationId, office.clock.now(), {
      actor: actor.memberId,
      action: 'organization.tax-identity-set',
      subjects: [actor.organizationId],
      details: { country: values.country, vatId: values.vat_id },
    });
  });
}
