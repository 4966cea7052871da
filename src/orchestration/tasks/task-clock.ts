import { mayApprove } from '#domain/accounts-payable';
import { businessMsBetween, dayIn } from '#domain/calendar';
import type { Role } from '#domain/identity';
import { dueAfterPause, nextEscalation, nextReminder, planTask } from '#domain/tasks';
import { enqueue, type Tables, type Transaction } from '#platform';
import type { Selectable, Updateable } from 'kysely';
import { approvalHistory } from '../invoices/approval-history.ts';
import { isAboutBank } from '../payments/bank-tasks.ts';
import type { TaskFacts } from './tasks.ts';
import type { Team, TeamMember } from './team.ts';

export type ClockedTask = Selectable<Tables['tasks']>;
type Changes = Updateable<Tables['tasks']>;

/** Starts the clock of a task: when it is due, and what happens when nobody decides. */
export function startClock(team: Team, task: ClockedTask): Changes {
  // A test or a drill may hold the office's clock behind the database's.
  const startedAt = task.created_at < team.now ? task.created_at : team.now;
  const plan = planTask(team.calendarOf(task.member_id), team.policy.timings[task.kind], startedAt, task.due_on);
  return {
    clock_started_at: startedAt,
    due_on: plan.dueOn,
    due_at: plan.dueAt,
    remind_at: plan.remindAt,
    escalate_at: plan.escalateAt,
  };
}

/** Moments for whoever holds the task now. What was promised, the day it is due, stays. */
export function rescheduleFor(team: Team, task: ClockedTask, memberId: string | null): Changes {
  if (task.due_at === null) return {};
  const calendar = team.calendarOf(memberId);
  const timing = team.policy.timings[task.kind];
  const since = task.due_at > team.now ? task.due_at : team.now;
  return { remind_at: nextReminder(calendar, timing, task.due_at, team.now), escalate_at: nextEscalation(calendar, timing, since) };
}

/** The clock runs again after waiting for somebody outside: the working time that passed is given back. */
export function resumeClock(team: Team, task: ClockedTask): Changes {
  if (task.waiting_since === null) return {};
  const calendar = team.calendarOf(task.member_id);
  const ended = { waiting_for: null, waiting_reason: null, waiting_since: null, waiting_until: null };
  const pausedMs = Number(task.paused_ms) + businessMsBetween(calendar, task.waiting_since, team.now);
  if (task.due_at === null) return { ...ended, paused_ms: pausedMs };
  const dueAt = dueAfterPause(calendar, task.due_at, task.waiting_since, team.now);
  const moments = rescheduleFor(team, { ...task, due_at: dueAt }, task.member_id);
  return { ...ended, ...moments, paused_ms: pausedMs, due_at: dueAt, due_on: dayIn(calendar.timeZone, dueAt) };
}

/** Working time since the clock started, without pauses; null when it never did. */
export function workedMs(team: Team, task: ClockedTask): number | null {
  if (task.clock_started_at === null) return null;
  const calendar = team.calendarOf(task.member_id);
  const until = task.waiting_since ?? team.now;
  return Math.max(0, businessMsBetween(calendar, task.clock_started_at, until) - Number(task.paused_ms));
}

/** When something happens to the task by itself; null when nothing does. */
export function nextMoment(task: Pick<ClockedTask, 'remind_at' | 'escalate_at' | 'waiting_until' | 'waiting_since'>): Date | null {
  if (task.waiting_since !== null) return task.waiting_until;
  const moments = [task.remind_at, task.escalate_at].filter((moment) => moment !== null);
  return moments.length === 0 ? null : new Date(Math.min(...moments.map((moment) => moment.getTime())));
}

/**
 * Why this person can not take the task; null when they can. An approval asks the approval policy, separation of duties
 * included; everything else is for its role, and for who stands in for somebody of it today. Nobody is lent a right.
 */
export async function whyNotFor(transaction: Transaction, team: Team, task: ClockedTask, member: TeamMember): Promise<string | null> {
  if (task.kind !== 'approval' || task.invoice_id === null) {
    const roles = [member, ...team.standsInFor(member.id)].flatMap((one) => one.roles);
    return roles.includes(task.role as Role) ? null : `It is for the ${task.role.replace('-', ' ')}.`;
  }
  const history = await approvalHistory(transaction, task.invoice_id, (task.facts as TaskFacts).digest ?? '');
  const permission = mayApprove({ memberId: member.id, roles: member.roles }, { role: task.role as Role }, history);
  return permission.allowed ? null : permission.reason;
}

/** Moments changed, but not the question: its workflow looks again when it has to wake, and at nothing else. */
export async function tellMomentsChanged(
  transaction: Transaction,
  task: Pick<ClockedTask, 'id' | 'organization_id' | 'workflow_id'>,
): Promise<void> {
  if (isAboutBank(task)) return;
  await enqueue(transaction, task.organization_id, {
    kind: 'signal',
    workflowId: task.workflow_id,
    signal: 'news',
    payload: { about: task.id, only: 'moments' },
  });
}
