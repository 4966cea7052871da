import type { Activities } from '../activities/index.ts';
import type { Flow } from '../flow.ts';
import { attended } from './attended.ts';
import { untilNews } from './until-news.ts';

export interface QuestionMailWork {
  readonly organizationId: string;
  readonly mailId: string;
}

/**
 * One mail of a question on its way out, at most once (G2): where the mail server's answer was lost, a person says whether it
 * left or goes again.
 */
export async function sendQuestionMail(flow: Flow<Activities>, { organizationId, mailId }: QuestionMailWork): Promise<void> {
  const work = { organizationId, mailId };
  const end = await attended(flow, { organizationId }, () => untilKnown(flow, work));
  if (end === null) await flow.run('settleQuestionMail', { ...work, fate: 'given-up' });
}

async function untilKnown(flow: Flow<Activities>, work: QuestionMailWork): Promise<'known'> {
  let seen = await flow.run('deliverQuestionMail', { ...work, afterAttempt: 0 });
  while (seen.outcome === 'unknown') {
    const decision = await untilDecided(flow, work);
    if (decision !== 'send-mail-again') {
      await flow.run('settleQuestionMail', { ...work, fate: 'left' });
      return 'known';
    }
    seen = await flow.run('deliverQuestionMail', { ...work, afterAttempt: seen.attempt });
  }
  return 'known';
}

async function untilDecided(flow: Flow<Activities>, work: QuestionMailWork): Promise<string> {
  const { organizationId } = work;
  const { taskId } = await flow.run('askAboutQuestionMail', work);
  for (;;) {
    const { decision } = await flow.run('readQuestionMail', { organizationId, taskId });
    if (decision !== null) return decision;
    await untilNews(flow, { organizationId });
  }
}
