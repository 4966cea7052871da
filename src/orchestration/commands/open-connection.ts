import { newId } from '#platform';
import type { Office } from '../tasks/office.ts';

/** The connection of this kind and name; made at its first use. @returns its id. */
export async function openConnection(
  office: Office,
  organizationId: string,
  kind: 'upload' | 'folder' | 'imap' | 'sample' | 'pipeline',
  name: string,
): Promise<string> {
  return office.database.inOrganization(organizationId, async (transaction) => {
    await transaction
      .insertInto('connections')
      .values({ id: newId('con'), organization_id: organizationId, kind, name, cursor: null, last_error: null, last_seen_at: null })
      .onConflict((conflict) => conflict.columns(['organization_id', 'kind', 'name']).doNothing())
      .execute();
    const row = await transaction
      .selectFrom('connections')
      .select('id')
      .where('kind', '=', kind)
      .where('name', '=', name)
      .executeTakeFirstOrThrow();
    return row.id;
  });
}
