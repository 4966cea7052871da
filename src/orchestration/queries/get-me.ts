import { rightsOf, type Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { found } from './ask.ts';
import type { MeView } from './views.ts';

/** Who asks, and what they may do. Needs no right: everyone may know who they are. */
export async function getMe(office: Office, actor: Actor): Promise<MeView> {
  const row = await office.database.inOrganization(actor.organizationId, (transaction) =>
    transaction
      .selectFrom('members')
      .innerJoin('organizations', 'organizations.id', 'members.organization_id')
      .select(['members.name', 'members.email', 'organizations.id as organizationId', 'organizations.name as organizationName'])
      .select(['organizations.currency', 'organizations.is_sample'])
      .where('members.id', '=', actor.memberId)
      .executeTakeFirst(),
  );
  const { name, email, organizationId, organizationName, currency, is_sample } = found(row, 'member', actor.memberId);
  return {
    member: { id: actor.memberId, name },
    email,
    roles: [...actor.roles],
    rights: [...new Set(actor.roles.flatMap((role) => rightsOf[role]))],
    organization: { id: organizationId, name: organizationName, currency, isSample: is_sample },
  };
}
