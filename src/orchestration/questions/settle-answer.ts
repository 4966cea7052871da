import type { AnswerEffect } from '#domain/questions';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit } from '#platform';
import { decideTaskIn } from '../commands/decide-task.ts';
import { waitWithin } from '../commands/wait-for-answer.ts';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { holdQuestion } from './held-question.ts';

export interface AnswerSettlement {
  /** The mail that answered. */
  readonly answerId: string;
  /** What a person makes of it, whatever was proposed. */
  readonly effect: AnswerEffect;
  /** For `wait`, `YYYY-MM-DD`; as long as the policy lets it when left out. */
  readonly until?: string | undefined;
  readonly note?: string | undefined;
}

/**
 * Carries out what a person says an answer comes to, by the decisions that the task takes anyway: it is accepted or rejected
 * and the invoice looked at again, or waits until a day, or the answer was read and nothing follows from it.
 *
 * @throws DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_ALREADY_DECIDED where the answer was settled another way, and what
 *   `decideTask` and `waitForAnswer` throw
 */
export async function settleAnswer(office: Office, actor: Actor, settlement: AnswerSettlement): Promise<void> {
  const { answerId, effect, until, note } = settlement;
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const answer = await transaction
      .selectFrom('question_mails')
      .selectAll()
      .where('id', '=', answerId)
      .where('direction', '=', 'in')
      .executeTakeFirst();
    if (answer === undefined)
      throw new DeskhandError(orchestrationErrors.notFound, `There is no answer ${answerId}.`, { details: { answerId } });
    if (answer.settled !== null) {
      if (answer.settled === effect && answer.settled_by === actor.memberId) return;
      throw new DeskhandError(orchestrationErrors.alreadyDecided, `This answer was settled already (${answer.settled}).`, {
        details: { answerId },
      });
    }
    const { question, task, team } = await holdQuestion(office, transaction, actor, answer.question_id);
    // A second click waited for the first one to commit.
    const settled = await transaction
      .updateTable('question_mails')
      .set({ settled: effect, settled_by: actor.memberId, settled_at: team.now })
      .where('id', '=', answerId)
      .where('settled', 'is', null)
      .executeTakeFirst();
    if (Number(settled.numUpdatedRows) === 0) return;
    await appendAudit(transaction, actor.organizationId, team.now, {
      actor: actor.memberId,
      action: 'question.answer-settled',
      subjects: [question.id, task.id, question.invoice_id],
      details: {
        answerId,
        effect,
        until: until ?? null,
        recognised: (answer.answer as { kind?: string } | null)?.kind ?? null,
        doubt: answer.doubt,
      },
    });
    if (effect === 'accept' || effect === 'reject') {
      await decideTaskIn(office, transaction, actor, { taskId: task.id, decision: effect, note });
    } else if (effect === 'wait') {
      const waitingFor = question.to_name === '' ? question.to_address : question.to_name;
      await waitWithin(transaction, team, task, actor, { taskId: task.id, waitingFor, reason: 'what they promised', until });
    }
  });
}
