import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { useMay, useMe } from '../api/rights.ts';

/** Whether the one who looks may answer: it is theirs, and nobody else has taken it. */
export function useMayDecide(task: TaskSummary): boolean {
  const me = useMe();
  const isTakenByOther = task.isTaken && task.assignee?.id !== me?.member.id && task.standIn?.id !== me?.member.id;
  return useMay('tasks:decide') && task.isMine && !isTakenByOther;
}
