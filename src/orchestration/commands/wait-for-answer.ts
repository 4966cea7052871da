import { addBusinessDays, closingTime, isCalendarDay } from '#domain/calendar';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import type { Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { resumeClock, type ClockedTask } from '../tasks/task-clock.ts';
import { loadTeam, type Team } from '../tasks/team.ts';
import { changeTask, holdOpenTask, refuseTaken, refuseUnfit } from './held-task.ts';
import { requireRight } from './require-right.ts';

export interface OutsideWait {
  readonly taskId: string;
  /** Who has to answer: a supplier, a bank. */
  readonly waitingFor: string;
  readonly reason: string;
  /** Then the clock runs again by itself; as long as the policy lets it when left out. */
  readonly until?: string | undefined;
}

/**
 * "We asked the supplier": the task's clock stands until the answer is here, or the day comes. It may be decided all the
 * same.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_TASK_CLOSED, DH_ORCHESTRATION_TASK_TAKEN,
 *   DH_ORCHESTRATION_NOT_ALLOWED, DH_ORCHESTRATION_VALUE_INVALID when the day is past or later than the policy lets it be.
 */
export async function waitForAnswer(office: Office, actor: Actor, wait: OutsideWait): Promise<void> {
  requireRight(actor, 'tasks:decide');
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const task = await holdOpenTask(transaction, wait.taskId);
    const team = await loadTeam(office, transaction);
    refuseTaken(team, task, actor);
    await refuseUnfit(transaction, team, task, actor.memberId);
    await waitWithin(transaction, team, task, actor, wait);
  });
}

/** The same for a task that the caller holds. @throws DH_ORCHESTRATION_VALUE_INVALID */
export async function waitWithin(transaction: Transaction, team: Team, task: ClockedTask, actor: Actor, wait: OutsideWait): Promise<void> {
  const calendar = team.calendarOf(task.member_id);
  const latest = addBusinessDays(calendar, team.today, team.policy.waitAtMostBusinessDays);
  const until = wait.until ?? latest;
  if (!isCalendarDay(until) || until < team.today || until > latest) {
    throw new DeskhandError(
      orchestrationErrors.valueInvalid,
      `A task may wait until ${latest} at the latest (${team.policy.waitAtMostBusinessDays} business days), and not until a day that is past.`,
      { details: { taskId: task.id } },
    );
  }
  await changeTask(
    transaction,
    team,
    task,
    {
      waiting_for: wait.waitingFor,
      waiting_reason: wait.reason,
      // Waiting longer goes on with the same pause.
      waiting_since: task.waiting_since ?? team.now,
      waiting_until: closingTime(calendar, until),
    },
    { actor: actor.memberId, action: 'task.waiting', details: { waitedFor: wait.waitingFor, until } },
  );
}

/**
 * The answer is here: the clock runs again, and the working time that passed is given back.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_TASK_CLOSED, DH_ORCHESTRATION_TASK_TAKEN, DH_ORCHESTRATION_NOT_ALLOWED
 */
export async function resumeTask(office: Office, actor: Actor, { taskId }: { readonly taskId: string }): Promise<void> {
  requireRight(actor, 'tasks:decide');
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const task = await holdOpenTask(transaction, taskId);
    if (task.waiting_since === null) return;
    const team = await loadTeam(office, transaction);
    refuseTaken(team, task, actor);
    await refuseUnfit(transaction, team, task, actor.memberId);
    await changeTask(transaction, team, task, resumeClock(team, task), {
      actor: actor.memberId,
      action: 'task.resumed',
      details: { waitedFor: task.waiting_for, reason: 'the answer is here' },
    });
  });
}
