export { chainBetween, mayStandIn, standInOf, standsInFor } from './delegation.ts';
export type { Delegation } from './delegation.ts';
export { nextInLine } from './escalation.ts';
export { predictLateness } from './lateness.ts';
export type { LatenessPrediction } from './lateness.ts';
export { dueAfterPause, nextEscalation, nextReminder, planTask } from './task-moments.ts';
export type { TaskPlan } from './task-moments.ts';
export { usualTaskPolicy } from './task-policy.ts';
export type { TaskKind, TaskPolicy, TaskTiming } from './task-policy.ts';
