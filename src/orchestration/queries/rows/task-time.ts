import { businessDaysBetween, businessMsBetween, dayIn } from '#domain/calendar';
import { predictLateness, type LatenessPrediction, type TaskKind } from '#domain/tasks';
import { sql } from 'kysely';
import { nextMoment, workedMs, type ClockedTask } from '../../tasks/task-clock.ts';
import type { Team } from '../../tasks/team.ts';
import type { OfficeTransaction } from '../ask.ts';
import type { TaskTimeView, TaskWaitView } from '../views.ts';

/** Working times to decision of one kind, in rising order: everybody's, and each person's. */
interface KindTimes {
  readonly all: readonly number[];
  readonly byMember: ReadonlyMap<string, readonly number[]>;
}
type DecisionTimes = ReadonlyMap<TaskKind, KindTimes>;

// Habits change: what was decided long ago says little.
const latestDecisions = 200;

/** The organization's own history, for the kinds that are asked about. */
export async function findDecisionTimes(transaction: OfficeTransaction, kinds: Iterable<TaskKind>): Promise<DecisionTimes> {
  const wanted = [...new Set(kinds)];
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ kind: TaskKind; times: [string, number][] }>`
    select kind, (
        select coalesce(json_agg(json_build_array(decided_by, decided_in_ms)), '[]') from (
          select decided_by, decided_in_ms from tasks
           where tasks.organization_id = current_organization() and tasks.kind = wanted.kind and decided_in_ms is not null
           order by decided_at desc limit ${latestDecisions}) latest) as times
      from unnest(${wanted}::text[]) as wanted(kind)`.execute(transaction);
  return new Map(rows.map(({ kind, times }) => [kind, toKindTimes(times)]));
}

function toKindTimes(times: readonly (readonly [memberId: string, ms: number])[]): KindTimes {
  const rising = times.toSorted(([, one], [, other]) => one - other);
  const groups = Map.groupBy(rising, ([memberId]) => memberId);
  return {
    all: rising.map(([, ms]) => ms),
    byMember: new Map([...groups].map(([memberId, own]) => [memberId, own.map(([, ms]) => ms)])),
  };
}

/** Where the clock of an open task stands; null for one that is settled, or whose clock has not started yet. */
export function toTime(team: Team, times: DecisionTimes, task: ClockedTask): TaskTimeView | null {
  if (task.status !== 'open' || task.due_at === null) return null;
  const calendar = team.calendarOf(task.member_id);
  const today = dayIn(calendar.timeZone, team.now);
  const dueOn = dayIn(calendar.timeZone, task.due_at);
  const isPaused = task.waiting_since !== null;
  const isOverdue = !isPaused && task.due_at <= team.now;
  return {
    dueAt: task.due_at.toISOString(),
    state: isPaused ? 'paused' : isOverdue ? 'overdue' : dueOn <= today ? 'due-today' : 'running',
    businessDaysLeft: businessDaysBetween(calendar, today, dueOn),
    escalationLevel: task.escalation_level,
    reminders: task.reminders,
    lateness: isOverdue ? null : latenessOf(team, times, task, task.due_at),
  };
}

function latenessOf(team: Team, times: DecisionTimes, task: ClockedTask, dueAt: Date): LatenessPrediction {
  const known = times.get(task.kind);
  const from = task.waiting_since ?? team.now;
  const leftMs = businessMsBetween(team.calendarOf(task.member_id), from, dueAt);
  const elapsedMs = workedMs(team, task) ?? 0;
  const personal = predictLateness(known?.byMember.get(task.member_id ?? '') ?? [], elapsedMs, leftMs);
  return personal.kind === 'predicted' ? personal : predictLateness(known?.all ?? [], elapsedMs, leftMs);
}

/** What an open task waits for, whom, since and until when, and what happens then. */
export function toWait(team: Team, task: ClockedTask, holder: string): TaskWaitView | null {
  if (task.status !== 'open') return null;
  const since = task.waiting_since ?? task.clock_started_at ?? task.created_at;
  if (task.waiting_since !== null) {
    return {
      what: `an answer: ${task.waiting_reason ?? ''}`,
      whom: task.waiting_for ?? 'somebody outside',
      since: since.toISOString(),
      until: task.waiting_until?.toISOString() ?? null,
      next: `The clock runs again, and ${holder} is asked.`,
    };
  }
  const moment = nextMoment(task);
  return {
    what: task.kind === 'approval' ? 'an approval' : 'a decision',
    whom: holder,
    since: since.toISOString(),
    until: moment?.toISOString() ?? null,
    next: nextOf(task, moment, holder),
  };
}

function nextOf(task: ClockedTask, moment: Date | null, holder: string): string {
  if (moment === null) return 'It stays here until it is decided.';
  const isHandedUp = task.escalate_at !== null && task.escalate_at.getTime() === moment.getTime();
  if (!isHandedUp) return `${holder} is reminded.`;
  return task.member_id === null ? 'It is handed up the line.' : `It goes back to every ${task.role.replace('-', ' ')}.`;
}
