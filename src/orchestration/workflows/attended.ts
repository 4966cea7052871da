import type { Role } from '#domain/identity';
import type { Activities } from '../activities/index.ts';
import type { Flow } from '../flow.ts';
import { news, reminderMs } from './signals.ts';
import { taskMoments, untilMoment } from './until-news.ts';

/** What a failing piece of work is about. */
export interface WorkSubject {
  readonly organizationId: string;
  readonly eventId?: string;
  readonly documentId?: string;
  readonly paymentRunId?: string;
  /** Who is asked. @default 'office-manager' */
  readonly role?: Role;
}

/**
 * Runs work that must never fail unseen (G4): when an activity gives up, a person gets a task with the reason and says
 * whether to try again. Null means they set it aside.
 */
export async function attended<Result>(flow: Flow<Activities>, subject: WorkSubject, work: () => Promise<Result>): Promise<Result | null> {
  for (;;) {
    const outcome = await work().then(
      (result) => ({ result, failure: null }),
      (failure: unknown) => ({ result: null, failure: describeFailure(failure) }),
    );
    if (outcome.failure === null) return outcome.result;
    await flow.run('reportFailure', { ...subject, failure: outcome.failure });
    if ((await answer(flow, subject)) === 'dismiss') return null;
  }
}

async function answer(flow: Flow<Activities>, subject: WorkSubject): Promise<string> {
  for (;;) {
    if (await flow.hasChange(taskMoments)) await untilMoment(flow, subject);
    else await flow.waitFor(news, { timeoutMs: reminderMs });
    const { decision } = await flow.run('readFailureDecision', subject);
    if (decision !== null) return decision;
  }
}

/** A failure as a workflow gets it, from whatever engine. */
export function describeFailure(failure: unknown): { readonly code: string; readonly message: string } {
  const { code, message } = failure as { code?: unknown; message?: unknown };
  return {
    code: typeof code === 'string' ? code : 'DH_ORCHESTRATION_ACTIVITY_FAILED',
    message: typeof message === 'string' ? message : 'It failed without saying why.',
  };
}
