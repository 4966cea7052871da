import type { Activities } from '../activities/index.ts';
import type { Flow, OutputOf } from '../flow.ts';
import { attended } from './attended.ts';
import { saga, setAside } from './saga.ts';
import { news } from './signals.ts';
import { untilNews } from './until-news.ts';

export interface SubmissionWork {
  readonly organizationId: string;
  readonly paymentRunId: string;
}

type Submission = OutputOf<Activities['sendPaymentFile']>;

// The bank is asked this often while an unanswered file may still arrive; twice that long before a person is.
const questionsPerWait = 4;
const mostQuestions = 2 * questionsPerWait;
// A file that vanishes again and again is a matter for people.
const mostSendings = 3;

/**
 * A released payment run on its way to the bank, at most once (G2): after any doubt the bank is asked, and the file is
 * sent again only when the bank still knows nothing of it once it can't be on its way any more, or when two people say
 * so. A run that the bank refuses goes back to be paid anew.
 */
export async function submitPaymentRun(flow: Flow<Activities>, work: SubmissionWork): Promise<void> {
  const { organizationId, paymentRunId } = work;
  const subject = { organizationId, paymentRunId };
  await saga(flow, { ...subject, role: 'controller' }, async (undo) => {
    const why = 'Sending it was given up.';
    // Throws where the bank has the file or may have it: then a person gets the facts.
    undo.by('the release of the payment run', 'takeBackPaymentRun', { ...subject, why });
    const end = await attended(flow, { ...subject, role: 'controller' }, () => untilAnswered(flow, subject));
    if (end === null) throw setAside(why);
    if (end === 'refused') throw setAside('The bank refused the payment run.');
  });
}

type End = 'accepted' | 'refused' | 'cancelled';

async function untilAnswered(flow: Flow<Activities>, subject: SubmissionWork): Promise<End> {
  let seen = await flow.run('sendPaymentFile', { ...subject, afterAttempt: 0 });
  for (;;) {
    seen = await clearUp(flow, subject, seen);
    if (isEnd(seen.outcome)) return seen.outcome;
    const said = await askPeople(flow, subject);
    if (isEnd(said.outcome)) return said.outcome;
    seen = await flow.run('askBank', subject);
    if (said.decision === 'send-again' && !isEnd(seen.outcome)) seen = await sendAgain(flow, subject, seen);
  }
}

/** Asks the bank until it says something clear, or nothing clear is to be had from it. */
async function clearUp(flow: Flow<Activities>, subject: SubmissionWork, doubt: Submission): Promise<Submission> {
  let seen = doubt;
  let absentSince: number | null = null;
  for (let asked = 0; !isEnd(seen.outcome) && asked < mostQuestions; asked += 1) {
    if (asked > 0) await flow.waitFor(news, { timeoutMs: Math.ceil(seen.arrivesWithinMs / questionsPerWait) });
    // Before the question: the bank's answer may be old by the time it is written down, and the file there since.
    const askedAt = await flow.now();
    seen = await flow.run('askBank', subject);
    if (seen.outcome !== 'absent') continue;
    absentSince ??= await flow.now();
    if (askedAt - absentSince < seen.arrivesWithinMs || seen.attempt >= mostSendings) continue;
    seen = await sendAgain(flow, subject, seen);
    [absentSince, asked] = [null, 0];
  }
  return seen;
}

function sendAgain(flow: Flow<Activities>, subject: SubmissionWork, { attempt }: Submission): Promise<Submission> {
  return flow.run('sendPaymentFile', { ...subject, afterAttempt: attempt });
}

type Said = OutputOf<Activities['readSubmission']>;

/** A controller says what to do; to send the file again takes two. */
async function askPeople(flow: Flow<Activities>, subject: SubmissionWork): Promise<Said> {
  const first = await untilDecided(flow, subject, 'arrival');
  return first.decision === 'it-did-not-arrive' ? untilDecided(flow, subject, 'resend') : first;
}

async function untilDecided(flow: Flow<Activities>, subject: SubmissionWork, about: 'arrival' | 'resend'): Promise<Said> {
  const { taskId } = await flow.run('askAboutSubmission', { ...subject, about });
  for (;;) {
    const said = await flow.run('readSubmission', { ...subject, taskId });
    if (said.decision !== null || isEnd(said.outcome)) return said;
    await untilNews(flow, { organizationId: subject.organizationId });
  }
}

function isEnd(outcome: Submission['outcome']): outcome is End {
  return outcome === 'accepted' || outcome === 'refused' || outcome === 'cancelled';
}
