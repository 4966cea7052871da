import type { Actor } from '#domain/identity';
import type { TaxIdentity } from '../commands/set-tax-identity.ts';
import type { Office } from '../tasks/office.ts';
import { ask } from './ask.ts';

/** Where the organization is taxed, and its VAT id, as the tax checks know them. */
export async function getTaxIdentity(office: Office, actor: Actor): Promise<TaxIdentity> {
  return await ask(office, actor, 'master-data:read', async (transaction) => {
    const row = await transaction.selectFrom('organizations').select(['country', 'vat_id']).executeTakeFirstOrThrow();
    return { country: row.country, vatId: row.vat_id };
  });
}
