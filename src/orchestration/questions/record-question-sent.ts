import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { holdQuestion } from './held-question.ts';
import { markSent } from './outgoing-mails.ts';

/**
 * "I have sent it": a person sent the text from their own program; the answer is watched from now on. Saying so twice is harmless.
 *
 * @throws DH_ORCHESTRATION_VALUE_INVALID where Deskhand sends it itself, and what `holdQuestion` throws
 */
export async function recordQuestionSent(office: Office, actor: Actor, { questionId }: { readonly questionId: string }): Promise<void> {
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const { question, team } = await holdQuestion(office, transaction, actor, questionId);
    const mails = await transaction
      .selectFrom('question_mails')
      .selectAll()
      .where('question_id', '=', questionId)
      .where('direction', '=', 'out')
      .orderBy('id')
      .execute();
    const waiting = mails.findLast(({ delivery }) => delivery === 'to-send');
    if (waiting !== undefined) {
      await markSent(transaction, team, question, waiting, { delivery: 'by-hand', actor: actor.memberId });
      return;
    }
    if (mails.at(-1)?.delivery === 'by-hand') return;
    throw new DeskhandError(orchestrationErrors.valueInvalid, 'Deskhand sends this question itself; nothing waits for you to send it.', {
      details: { questionId },
    });
  });
}
