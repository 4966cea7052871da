import { addBusinessDays, addBusinessMs, businessMsBetween, closingTime, dayIn, openingTime, type WorkCalendar } from '#domain/calendar';
import type { TaskTiming } from './task-policy.ts';

/** When something happens to a task that nobody decides. */
export interface TaskPlan {
  readonly dueOn: string;
  readonly dueAt: Date;
  readonly remindAt: Date;
  /** Null: it is never handed up. */
  readonly escalateAt: Date | null;
}

/**
 * @param calendar - of whoever has the task.
 * @param latestOn - a day of its own, such as the invoice's: never due later, but not before today either.
 */
export function planTask(calendar: WorkCalendar, timing: TaskTiming, startedAt: Date, latestOn: string | null): TaskPlan {
  const today = dayIn(calendar.timeZone, startedAt);
  // After closing time the day is over, so that one business day is never a few minutes.
  const from = startedAt > closingTime(calendar, today) ? addBusinessDays(calendar, today, 1) : addBusinessDays(calendar, today, 0);
  const byPolicy = addBusinessDays(calendar, from, timing.dueInBusinessDays);
  const byItself = latestOn === null || latestOn >= byPolicy ? byPolicy : latestOn;
  const dueOn = byItself < today ? today : byItself;
  const dueAt = closingTime(calendar, dueOn);
  return { dueOn, dueAt, remindAt: nextReminder(calendar, timing, dueAt, startedAt), escalateAt: nextEscalation(calendar, timing, dueAt) };
}

/** The first of these that is still to come: some days before, when it is due, and then every few days at opening time. */
export function nextReminder(calendar: WorkCalendar, timing: TaskTiming, dueAt: Date, now: Date): Date {
  const dueOn = dayIn(calendar.timeZone, dueAt);
  if (timing.remindBusinessDaysBefore > 0) {
    const before = openingTime(calendar, addBusinessDays(calendar, dueOn, -timing.remindBusinessDaysBefore));
    if (before > now) return before;
  }
  if (dueAt > now) return dueAt;
  const every = Math.max(1, timing.remindEveryBusinessDays);
  let day = addBusinessDays(calendar, dueOn, every);
  while (openingTime(calendar, day) <= now) day = addBusinessDays(calendar, day, every);
  return openingTime(calendar, day);
}

/** @param since - when it was due, or when it was handed up last. */
export function nextEscalation(calendar: WorkCalendar, timing: TaskTiming, since: Date): Date | null {
  if (timing.escalateAfterBusinessDays === null) return null;
  const after = Math.max(1, timing.escalateAfterBusinessDays);
  return closingTime(calendar, addBusinessDays(calendar, dayIn(calendar.timeZone, since), after));
}

/** The working time that a task waited for somebody outside is given back; what was late before stays late. */
export function dueAfterPause(calendar: WorkCalendar, dueAt: Date, pausedAt: Date, resumedAt: Date): Date {
  if (dueAt <= pausedAt) return dueAt;
  return addBusinessMs(calendar, dueAt, businessMsBetween(calendar, pausedAt, resumedAt));
}
