import type { Role } from '#domain/identity';
import type { TaskKind } from './task-policy.ts';

// Who approves stands in a chain by amount; who decides the rest hands it to the controller, who may correct and verify.
const approvalLine: readonly Role[] = ['office-manager', 'approver', 'controller'];

/** Roles above this one, nearest first: where a task goes that nobody decides. Empty at the end of the line. */
export function nextInLine(kind: TaskKind, role: Role): readonly Role[] {
  if (role === 'controller') return [];
  if (kind !== 'approval') return ['controller'];
  return approvalLine.slice(approvalLine.indexOf(role) + 1);
}
