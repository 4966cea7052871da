import type { Role } from '#domain/identity';
import { dayIn, isTimeZone, type WorkCalendar } from '#domain/calendar';
import { standInOf, standsInFor, type Delegation, type TaskPolicy } from '#domain/tasks';
import type { Transaction } from '#platform';
import { sql } from 'kysely';
import type { Office } from './office.ts';
import { taskPolicyOf } from '../invoices/policies.ts';

/** A member with the place they work in. */
export interface TeamMember {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Who works here today, when, and who stands in for whom: what every question about a task's time and holder needs. */
export interface Team {
  readonly now: Date;
  /** In the office. */
  readonly today: string;
  readonly policy: TaskPolicy;
  readonly members: ReadonlyMap<string, TeamMember>;
  readonly delegations: readonly Delegation[];
  /** Of this person; of the office for null. */
  calendarOf(memberId: string | null): WorkCalendar;
  /** Who decides for this person today; null when they do so themselves. */
  standInOf(memberId: string): string | null;
  /** Whose work this person decides today beside their own. */
  standsInFor(memberId: string): readonly TeamMember[];
}

interface Place {
  readonly country: string | null;
  readonly region: string | null;
  readonly time_zone: string | null;
}
interface TeamRow {
  readonly place: Place;
  readonly members: readonly (TeamMember & Place)[];
  readonly delegations: readonly Delegation[];
  readonly policy: unknown;
}

/** All of it in one query. */
export async function loadTeam(office: Office, transaction: Transaction): Promise<Team> {
  const now = office.clock.now();
  const answer = await sql<TeamRow>`
    select
      json_build_object('country', coalesce(country, left(iban, 2)), 'region', region, 'time_zone', time_zone) as place,
      (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'roles', roles,
         'country', country, 'region', region, 'time_zone', time_zone) order by name, id), '[]') from members) as members,
      (select coalesce(json_agg(json_build_object('fromId', from_member_id, 'toId', to_member_id,
         'startsOn', starts_on, 'endsOn', ends_on) order by id), '[]')
         from delegations where revoked_at is null and ends_on >= ${dayBefore(now)}::date) as delegations,
      (select content from policies where kind = 'tasks' order by version desc limit 1) as policy
    from organizations`.execute(transaction);
  const { place, members, delegations, policy: stored } = answer.rows[0] ?? nobody;
  const policy = taskPolicyOf(stored);
  const calendars = new Map<string | null, WorkCalendar>();
  const places = new Map(members.map((member) => [member.id, member]));
  const calendarOf = (memberId: string | null): WorkCalendar => {
    const known = calendars.get(memberId);
    if (known !== undefined) return known;
    const own = memberId === null ? undefined : places.get(memberId);
    const made = createCalendar(office, policy, own, place);
    calendars.set(memberId, made);
    return made;
  };
  const today = dayIn(calendarOf(null).timeZone, now);
  return {
    now,
    today,
    policy,
    members: places,
    delegations,
    calendarOf,
    standInOf: (memberId) => standInOf(delegations, memberId, today),
    standsInFor: (memberId) => standsInFor(delegations, memberId, today).flatMap((id) => places.get(id) ?? []),
  };
}

const nobody: TeamRow = { place: { country: null, region: null, time_zone: null }, members: [], delegations: [], policy: null };

/** A country named for a person brings its own region and clock; else the office's count. */
function createCalendar({ holidays }: Office, policy: TaskPolicy, own: Place | undefined, office: Place): WorkCalendar {
  const base = own?.country == null ? { ...office, ...withoutNulls(own) } : own;
  const { country, region } = base;
  const zones = [base.time_zone, country === null ? null : holidays.timeZoneOf(country, region), serverTimeZone];
  return {
    week: policy.week,
    timeZone: zones.find((zone) => zone !== null && isTimeZone(zone)) ?? 'UTC',
    holidays: (year) => (country === null ? policy.closedDays : [...holidays.of(country, region, year), ...policy.closedDays]),
  };
}

function withoutNulls(place: Place | undefined): Partial<Place> {
  return place === undefined ? {} : Object.fromEntries(Object.entries(place).filter(([, value]) => value !== null));
}

const serverTimeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** It may still be yesterday where the office is. */
function dayBefore(now: Date): string {
  return new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10);
}
