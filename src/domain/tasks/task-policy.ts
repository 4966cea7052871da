import { usualWeek, type Holiday, type WorkingWeek } from '#domain/calendar';

export type TaskKind = 'exception' | 'approval' | 'unreadable' | 'message' | 'limit' | 'failed' | 'question';

/** How long a person has, and what happens when nobody answers. All in business days of whoever has the task. */
export interface TaskTiming {
  readonly dueInBusinessDays: number;
  /** 0: no reminder before it is due. */
  readonly remindBusinessDaysBefore: number;
  /** Once it is overdue, again after so many. */
  readonly remindEveryBusinessDays: number;
  /** After it was due, and again after each step up the line; null never. */
  readonly escalateAfterBusinessDays: number | null;
}

/** When people work and how long they may take, as data: an organization changes it. */
export interface TaskPolicy {
  readonly week: WorkingWeek;
  /** Beside the public holidays: the office's own closed days. */
  readonly closedDays: readonly Holiday[];
  readonly timings: Readonly<Record<TaskKind, TaskTiming>>;
  /** A task may wait for an outside answer so long; then its clock runs again by itself. */
  readonly waitAtMostBusinessDays: number;
  readonly questions: QuestionTiming;
}

/** How long whoever was asked about an invoice has, and whether a reminder goes out by itself. */
export interface QuestionTiming {
  /** Then the asker sees that no answer came; after as many again they get a task. */
  readonly answerWithinBusinessDays: number;
  /** @default false: a person sends each reminder */
  readonly remindsByMail: boolean;
}

const usual: TaskTiming = { dueInBusinessDays: 2, remindBusinessDaysBefore: 1, remindEveryBusinessDays: 1, escalateAfterBusinessDays: 2 };

/** Until an organization says otherwise. What stands still (failed) is due first; what only informs has a week. */
export const usualTaskPolicy: TaskPolicy = {
  week: usualWeek,
  closedDays: [],
  timings: {
    exception: usual,
    approval: { ...usual, dueInBusinessDays: 3 },
    unreadable: usual,
    message: { ...usual, dueInBusinessDays: 5, escalateAfterBusinessDays: null },
    limit: { ...usual, dueInBusinessDays: 5, escalateAfterBusinessDays: null },
    failed: { ...usual, dueInBusinessDays: 1, escalateAfterBusinessDays: 1 },
    question: usual,
  },
  waitAtMostBusinessDays: 10,
  questions: { answerWithinBusinessDays: 3, remindsByMail: false },
};
