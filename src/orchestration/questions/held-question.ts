import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import type { Transaction } from '#platform';
import { holdOpenTask, refuseTaken, refuseUnfit } from '../commands/held-task.ts';
import { requireRight } from '../commands/require-right.ts';
import { orchestrationErrors } from '../errors.ts';
import { lockInvoice } from '../locks.ts';
import type { Office } from '../tasks/office.ts';
import type { ClockedTask } from '../tasks/task-clock.ts';
import { loadTeam, type Team } from '../tasks/team.ts';
import type { QuestionRow } from './outgoing-mails.ts';

export interface HeldQuestion {
  readonly question: QuestionRow;
  readonly task: ClockedTask;
  readonly team: Team;
}

/**
 * Holds a question with its open task until commit, for somebody who may decide the task.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_TASK_CLOSED, DH_ORCHESTRATION_TASK_TAKEN, DH_ORCHESTRATION_NOT_ALLOWED
 */
export async function holdQuestion(office: Office, transaction: Transaction, actor: Actor, questionId: string): Promise<HeldQuestion> {
  requireRight(actor, 'tasks:decide');
  const found = await transaction.selectFrom('questions').select(['invoice_id', 'task_id']).where('id', '=', questionId).executeTakeFirst();
  if (found === undefined)
    throw new DeskhandError(orchestrationErrors.notFound, `There is no question ${questionId}.`, { details: { questionId } });
  // The order in which decisions hold them.
  await lockInvoice(transaction, found.invoice_id);
  const task = await holdOpenTask(transaction, found.task_id);
  const question = await transaction.selectFrom('questions').selectAll().where('id', '=', questionId).forUpdate().executeTakeFirstOrThrow();
  const team = await loadTeam(office, transaction);
  refuseTaken(team, task, actor);
  await refuseUnfit(transaction, team, task, actor.memberId);
  return { question, task, team };
}
