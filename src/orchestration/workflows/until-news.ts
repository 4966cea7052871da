import type { Activities } from '../activities/index.ts';
import type { Flow } from '../flow.ts';
import { news, reminderMs } from './signals.ts';

/** Whose questions are waited for: ids that reminders are recorded under. */
interface WaitSubject {
  readonly organizationId: string;
  readonly eventId?: string;
  readonly invoiceId?: string;
  readonly documentId?: string;
}

/** Runs that were waiting before tasks had clocks of their own go on with a reminder a day. */
export const taskMoments = 'task-moments';

/**
 * Waits until something about the subject changed, or until one of its questions has to be reminded of or handed up,
 * which then is done.
 */
export async function untilNews(flow: Flow<Activities>, subject: WaitSubject): Promise<void> {
  if (await flow.hasChange(taskMoments)) return untilMoment(flow, subject);
  const answer = await flow.waitFor(news, { timeoutMs: reminderMs });
  if (answer.kind === 'timed-out') await flow.run('remind', subject);
}

/** The same for a wait that older runs spent without any reminder. */
export async function untilMoment(flow: Flow<Activities>, subject: WaitSubject): Promise<void> {
  const { organizationId } = subject;
  for (;;) {
    const { lookAgainInMs } = await flow.run('lookAtTasks', { organizationId });
    const answer = await flow.waitFor(news, { timeoutMs: lookAgainInMs });
    if (answer.kind === 'received' && answer.payload.only === 'moments') continue;
    if (answer.kind === 'timed-out') await flow.run('remind', subject);
    return;
  }
}

/** Until no question of this workflow is open any more. */
export async function untilSettled(flow: Flow<Activities>, subject: WaitSubject): Promise<void> {
  const { organizationId } = subject;
  for (;;) {
    const { open, lookAgainInMs } = await flow.run('lookAtTasks', { organizationId });
    if (open === 0) return;
    const answer = await flow.waitFor(news, { timeoutMs: lookAgainInMs });
    if (answer.kind === 'timed-out') await flow.run('remind', subject);
  }
}
