import { addDays, isCalendarDay } from '#domain/calendar';
import { DeskhandError } from '#domain/errors';
import { mayDo, type Actor } from '#domain/identity';
import { chainBetween, mayStandIn } from '#domain/tasks';
import { appendAudit, newId } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { takeTurn } from '../locks.ts';
import type { Office } from '../tasks/office.ts';
import { loadTeam, type Team, type TeamMember } from '../tasks/team.ts';
import { requireRight } from './require-right.ts';

export interface DelegationOrder {
  /** Whose work it is; the one who asks when left out. */
  readonly fromMemberId?: string | undefined;
  readonly toMemberId: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly reason?: string | undefined;
}

// A longer absence is a change of roles.
const longestDays = 366;

/**
 * "While I am away, Bela decides": from the first to the last day their work is the other's too, who must be one who may
 * decide it. Nobody is lent a right, and work never goes in a circle.
 *
 * @throws DH_ORCHESTRATION_NOT_ALLOWED for somebody else's work without the right to it, DH_ORCHESTRATION_NOT_FOUND,
 *   DH_ORCHESTRATION_VALUE_INVALID, DH_ORCHESTRATION_STAND_IN_UNFIT, DH_ORCHESTRATION_DELEGATION_OVERLAPS,
 *   DH_ORCHESTRATION_DELEGATION_CIRCLE with the chain named.
 */
export async function delegate(office: Office, actor: Actor, order: DelegationOrder): Promise<{ readonly delegationId: string }> {
  requireRight(actor, 'tasks:decide');
  const fromId = order.fromMemberId ?? actor.memberId;
  if (fromId !== actor.memberId) requireRight(actor, 'delegations:manage');
  return office.database.inOrganization(actor.organizationId, async (transaction) => {
    // Two delegations that only together close a circle come one after the other.
    await takeTurn(transaction, actor.organizationId);
    const team = await loadTeam(office, transaction);
    const from = memberOf(team, fromId);
    const to = memberOf(team, order.toMemberId);
    refuseDates(order, team.today);
    refuseUnfit(from, to);
    refuseOverlap(team, from, order);
    refuseCircle(team, from, to, order);
    const delegationId = newId('dlg');
    await transaction
      .insertInto('delegations')
      .values({
        id: delegationId,
        organization_id: actor.organizationId,
        from_member_id: from.id,
        to_member_id: to.id,
        starts_on: order.startsOn,
        ends_on: order.endsOn,
        reason: order.reason ?? null,
        created_by: actor.memberId,
        created_at: team.now,
      })
      .execute();
    await appendAudit(transaction, actor.organizationId, team.now, {
      actor: actor.memberId,
      action: 'delegation.created',
      subjects: [delegationId, from.id, to.id],
      details: { from: from.id, to: to.id, startsOn: order.startsOn, endsOn: order.endsOn },
    });
    return { delegationId };
  });
}

/**
 * Ends a delegation today. For the one whose work it is, who made it, and who may for everybody. Twice is harmless.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_NOT_ALLOWED
 */
export async function revokeDelegation(office: Office, actor: Actor, { delegationId }: { readonly delegationId: string }): Promise<void> {
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const row = await transaction.selectFrom('delegations').selectAll().where('id', '=', delegationId).forUpdate().executeTakeFirst();
    if (row === undefined) throw new DeskhandError(orchestrationErrors.notFound, `There is no delegation ${delegationId}.`);
    if (![row.from_member_id, row.created_by].includes(actor.memberId) && !mayDo(actor, 'delegations:manage'))
      throw new DeskhandError(orchestrationErrors.notAllowed, 'This delegation is not yours to end.', { details: { delegationId } });
    if (row.revoked_at !== null) return;
    const now = office.clock.now();
    await transaction
      .updateTable('delegations')
      .set({ revoked_by: actor.memberId, revoked_at: now })
      .where('id', '=', delegationId)
      .execute();
    await appendAudit(transaction, actor.organizationId, now, {
      actor: actor.memberId,
      action: 'delegation.revoked',
      subjects: [delegationId, row.from_member_id, row.to_member_id],
      details: { from: row.from_member_id, to: row.to_member_id },
    });
  });
}

function memberOf(team: Team, memberId: string): TeamMember {
  const member = team.members.get(memberId);
  if (member !== undefined) return member;
  throw new DeskhandError(orchestrationErrors.notFound, `There is no member ${memberId} in your organization.`, { details: { memberId } });
}

function refuseDates({ startsOn, endsOn }: DelegationOrder, today: string): void {
  const fault =
    !isCalendarDay(startsOn) || !isCalendarDay(endsOn)
      ? 'Write days like 2026-03-31.'
      : endsOn < startsOn
        ? `The last day (${endsOn}) is before the first (${startsOn}).`
        : endsOn < today
          ? `${endsOn} is past.`
          : endsOn > addDays(startsOn, longestDays)
            ? 'A delegation lasts a year at most; change the roles instead.'
            : null;
  if (fault !== null) throw new DeskhandError(orchestrationErrors.valueInvalid, fault);
}

function refuseUnfit(from: TeamMember, to: TeamMember): void {
  const fault =
    from.id === to.id
      ? 'Name another person to stand in.'
      : mayStandIn(to.roles, from.roles)
        ? null
        : `${to.name} (${to.roles.join(', ')}) may decide nothing that ${from.name} (${from.roles.join(', ')}) decides. Name somebody of the same role.`;
  if (fault !== null)
    throw new DeskhandError(orchestrationErrors.standInUnfit, fault, { details: { fromMemberId: from.id, toMemberId: to.id } });
}

function refuseOverlap(team: Team, from: TeamMember, order: DelegationOrder): void {
  const other = team.delegations.find(
    (known) => known.fromId === from.id && known.startsOn <= order.endsOn && order.startsOn <= known.endsOn,
  );
  if (other === undefined) return;
  const name = team.members.get(other.toId)?.name ?? other.toId;
  throw new DeskhandError(
    orchestrationErrors.delegationOverlaps,
    `${name} stands in for ${from.name} from ${other.startsOn} to ${other.endsOn} already. End that first, or choose other days.`,
  );
}

function refuseCircle(team: Team, from: TeamMember, to: TeamMember, order: DelegationOrder): void {
  const way = chainBetween(team.delegations, to.id, from.id, order);
  if (way === null) return;
  const names = [from.id, ...way].map((id) => team.members.get(id)?.name ?? id);
  throw new DeskhandError(
    orchestrationErrors.delegationCircle,
    `Work would go in a circle: ${names.join(' → ')}. Name somebody else, or other days.`,
    { details: { chain: [from.id, ...way] } },
  );
}
