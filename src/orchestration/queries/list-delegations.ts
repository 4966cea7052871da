import { mayDo, type Actor } from '#domain/identity';
import type { Office } from '../tasks/office.ts';
import { loadTeam } from '../tasks/team.ts';
import { ask } from './ask.ts';
import type { DelegationView, MemberView } from './views.ts';

// An organization has a handful at a time; the rest is history, which the audit log keeps.
const shown = 200;

/** Who stands in for whom, now and later first; those that are over, or were ended, last. */
export async function listDelegations(office: Office, actor: Actor): Promise<{ items: DelegationView[] }> {
  return await ask(office, actor, 'tasks:read', async (transaction) => {
    const team = await loadTeam(office, transaction);
    const rows = await transaction.selectFrom('delegations').selectAll().orderBy('ends_on', 'desc').orderBy('id').limit(shown).execute();
    const personOf = (id: string): DelegationView['from'] => ({ id, name: team.members.get(id)?.name ?? id });
    const items = rows.map((row): DelegationView => {
      const isOver = row.revoked_at !== null || row.ends_on < team.today;
      const isOwn = row.from_member_id === actor.memberId || row.created_by === actor.memberId;
      return {
        id: row.id,
        from: personOf(row.from_member_id),
        to: personOf(row.to_member_id),
        startsOn: row.starts_on,
        endsOn: row.ends_on,
        reason: row.reason,
        state: isOver ? 'over' : row.starts_on > team.today ? 'planned' : 'active',
        mayRevoke: !isOver && (isOwn || mayDo(actor, 'delegations:manage')),
      };
    });
    const order = { active: 0, planned: 1, over: 2 };
    return { items: items.toSorted((one, other) => order[one.state] - order[other.state]) };
  });
}

/** Everyone in the organization with their roles: whom a task can be given to, who can stand in. */
export async function listMembers(office: Office, actor: Actor): Promise<{ items: MemberView[] }> {
  return await ask(office, actor, 'tasks:read', async (transaction) => {
    const rows = await transaction.selectFrom('members').select(['id', 'name', 'roles']).orderBy('name').orderBy('id').execute();
    return { items: rows.map((row) => ({ ...row, roles: row.roles as MemberView['roles'] })) };
  });
}
