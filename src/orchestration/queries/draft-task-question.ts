import type { Actor } from '#domain/identity';
import type { QuestionLanguage, RecipientKind } from '#domain/questions';
import { draftFor, type QuestionDraftView } from '../questions/askable-task.ts';
import type { Office } from '../tasks/office.ts';
import { ask, found } from './ask.ts';

export interface DraftRequest {
  readonly taskId: string;
  readonly recipient: RecipientKind;
  /** @default of the supplier's country; English inside the house */
  readonly language?: QuestionLanguage | undefined;
}

/**
 * Drafts a question about an exception with the facts of it. Nothing is stored or sent.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_VALUE_INVALID for what nobody is asked about by mail
 */
export async function draftTaskQuestion(office: Office, actor: Actor, request: DraftRequest): Promise<QuestionDraftView> {
  return await ask(office, actor, 'tasks:read', async (transaction) => {
    const row = await transaction.selectFrom('tasks').selectAll().where('id', '=', request.taskId).executeTakeFirst();
    const task = found(row, 'task', request.taskId);
    const { draft } = await draftFor(transaction, task, actor.name, { recipient: request.recipient, language: request.language });
    return draft;
  });
}
