import type { Role } from '#domain/identity';
import type { Auth } from '#interfaces';
import { appendAudit, newId, type Database } from '#platform';

export interface OrganizationDraft {
  readonly name: string;
  readonly currency: string;
  readonly iban: string | null;
  readonly bic: string | null;
  readonly address: string;
  /** ISO 3166-1 alpha-2, and its VAT id: without a country nothing is said about foreign or missing tax. */
  readonly country: string | null;
  readonly vatId: string | null;
  readonly isSample: boolean;
  readonly members: readonly {
    readonly name: string;
    readonly email: string;
    readonly password: string;
    readonly roles: readonly Role[];
  }[];
}

/** Sets up an organization with its people, who may then sign in. @returns its id, and members' ids by mail address. */
export async function createOrganization(
  database: Database,
  auth: Auth,
  draft: OrganizationDraft,
): Promise<{ readonly organizationId: string; readonly memberIds: ReadonlyMap<string, string> }> {
  const organizationId = newId('org');
  const users = new Map<string, string>();
  for (const { name, email, password } of draft.members) users.set(email, await auth.addUser({ name, email, password }));
  const memberIds = new Map(draft.members.map(({ email }) => [email, newId('mem')]));
  await database.inOrganization(organizationId, async (transaction) => {
    const { name, currency, iban, bic, address, country, vatId, isSample } = draft;
    await transaction
      .insertInto('organizations')
      .values({ id: organizationId, name, currency, iban, bic, address, country, vat_id: vatId, is_sample: isSample })
      .execute();
    for (const member of draft.members) {
      await transaction
        .insertInto('members')
        .values({
          id: memberIds.get(member.email) ?? newId('mem'),
          organization_id: organizationId,
          auth_user_id: users.get(member.email) ?? null,
          name: member.name,
          email: member.email,
          roles: [...member.roles],
        })
        .execute();
    }
    await appendAudit(transaction, organizationId, new Date(), {
      actor: 'deskhand',
      action: 'organization.created',
      subjects: [organizationId],
      details: { members: draft.members.length, isSample },
    });
  });
  return { organizationId, memberIds };
}
