import type { Actor, Role } from '#domain/identity';
import { newId, type Database } from '#platform';

/** Who works in the office: two people of each role that decides about money, and one who may only look and decide tasks. */
export type Person = 'ana' | 'bo' | 'bela' | 'katrin' | 'kim' | 'toni';
const rolesOf: Readonly<Record<Person, readonly Role[]>> = {
  ana: ['office-manager'],
  bo: ['approver'],
  bela: ['approver'],
  katrin: ['controller'],
  kim: ['controller'],
  toni: ['administrator'],
};

/** Founds the test office with its people. */
export async function addOrganization(database: Database, organizationId: string): Promise<Record<Person, Actor>> {
  const names = Object.keys(rolesOf) as Person[];
  const people = Object.fromEntries(
    names.map((name) => [name, { memberId: newId('mem'), organizationId, name, roles: rolesOf[name] }]),
  ) as Record<Person, Actor>;
  await database.inOrganization(organizationId, async (transaction) => {
    await transaction
      .insertInto('organizations')
      .values({ id: organizationId, name: 'Test Office GmbH', currency: 'EUR', iban: 'DE89370400440532013000', bic: null })
      .execute();
    await transaction
      .insertInto('members')
      .values(
        names.map((name) => ({
          id: people[name].memberId,
          organization_id: organizationId,
          auth_user_id: null,
          name,
          email: `${name}@office.example`,
          roles: [...rolesOf[name]],
        })),
      )
      .execute();
  });
  return people;
}
