import { mayDo, type Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { ask } from './ask.ts';
import { findPeople, personOf } from './rows/people.ts';

export interface SigningKeyView {
  readonly id: string;
  readonly kind: 'passkey' | 'authenticator';
  readonly name: string;
  readonly holder: { readonly id: string; readonly name: string };
  readonly site: string;
  readonly addedAt: string;
  readonly revoked: { readonly at: string; readonly by: { readonly id: string; readonly name: string }; readonly reason: string } | null;
  readonly mayRevoke: boolean;
}

/** Passkeys and authenticator apps with which runs are released, everyone's: who relies on one may see whose it is. */
export async function listSigningKeys(office: Office, actor: Actor): Promise<SigningKeyView[]> {
  return await ask(office, actor, 'audit:read', async (transaction) => {
    const rows = await transaction
      .selectFrom('signing_keys')
      .selectAll()
      .where('confirmed_at', 'is not', null)
      .orderBy('revoked_at', (order) => order.desc().nullsFirst())
      .orderBy('created_at')
      .orderBy('id')
      .limit(500)
      .execute();
    const people = await findPeople(
      transaction,
      rows.flatMap((row) => [row.member_id, row.revoked_by]),
    );
    return rows.flatMap((row) => {
      const holder = personOf(people, row.member_id);
      const by = personOf(people, row.revoked_by);
      if (holder === null) return [];
      return [
        {
          id: row.id,
          kind: row.kind,
          name: row.name,
          holder,
          site: row.site,
          addedAt: (row.confirmed_at ?? row.created_at).toISOString(),
          revoked:
            row.revoked_at === null || by === null ? null : { at: row.revoked_at.toISOString(), by, reason: row.revoked_because ?? '' },
          mayRevoke: row.revoked_at === null && row.member_id !== actor.memberId && mayDo(actor, 'delegations:manage'),
        },
      ];
    });
  });
}
