import { asDeskhandError, DeskhandError } from '#domain/errors';
import type { SubmissionFinding } from '#domain/ports';
import type { Activities } from '../../../src/orchestration/activities/index.ts';
import { orchestrationErrors } from '../../../src/orchestration/errors.ts';
import { arrivesWithinMs, type Bank } from '../bank.ts';
import { openTask, row, type PaymentFile, type RunRow } from './records.ts';
import { recordAnswer, releaseObstacles } from './runs.ts';
import type { Server } from './server.ts';

type SubmissionActivities = Pick<
  Activities,
  'sendPaymentFile' | 'askBank' | 'askAboutSubmission' | 'readSubmission' | 'takeBackPaymentRun'
>;
type Seen = Awaited<ReturnType<Activities['sendPaymentFile']>>;

/** The activities of a payment run on its way to the bank: the steps and transactions of the product's, on the model's tables. */
export function submissionActivities(server: Server, bank: Bank): SubmissionActivities {
  const { records, clockwork } = server;
  const turn = (label: string, afterMs?: number): Promise<void> => server.turn(label, afterMs);
  const record = (runId: string, answer: SubmissionFinding, attempt: number): Promise<Seen> =>
    server.transact('record the answer', () => {
      const run = row(records.runs, runId);
      if (outcomeOf(run) !== 'unknown') return seenOf(run);
      const isClear = answer.outcome === 'accepted' || answer.outcome === 'refused';
      if (isClear || run.attempts === attempt) recordAnswer(records, run, answer.outcome);
      return { outcome: answer.outcome, attempt: run.attempts, arrivesWithinMs };
    });
  return {
    async sendPaymentFile(context, { paymentRunId, afterAttempt }) {
      const file = await server.transact('begin to send', () => begin(server, row(records.runs, paymentRunId), afterAttempt));
      if ('outcome' in file) return file;
      const attempt = afterAttempt + 1;
      // A machine that stands still just here: longer than the activity may take.
      if (server.faults.happens('bank call held up')) await server.turn('a slow sending goes on', 400_000);
      context.signal.throwIfAborted();
      const answer = await bank.submit(file, turn).catch(async (thrown: unknown) => {
        await server.transact('withdraw', () => {
          const run = row(records.runs, paymentRunId);
          if (run.submission !== 'sending' || run.attempts !== attempt) return;
          Object.assign(run, { submission: attempt === 1 ? 'waiting' : 'unknown', attempts: attempt - 1 });
        });
        throw thrown;
      });
      return record(paymentRunId, answer, attempt);
    },
    async askBank(_, { paymentRunId }) {
      const run = await server.transact('read the run', () => ({ ...row(records.runs, paymentRunId) }));
      if (outcomeOf(run) !== 'unknown') return seenOf(run);
      const answer = await bank
        .find(run.messageId, turn)
        .catch((thrown: unknown): SubmissionFinding => ({ outcome: 'unknown', why: asDeskhandError(thrown)?.message ?? '' }));
      return record(paymentRunId, answer, run.attempts);
    },
    askAboutSubmission: (context, { paymentRunId, about }) =>
      server.once(context, () => {
        const { id } = openTask(records, clockwork.now(), {
          workflowId: context.workflowId,
          key: `${about}:${context.idempotencyKey}`,
          kind: 'question',
          reason: about,
          choices: about === 'arrival' ? ['ask-again', 'it-arrived', 'it-did-not-arrive'] : ['send-again', 'ask-again'],
          role: 'controller',
          paymentRunId,
        });
        return { taskId: id };
      }),
    readSubmission: (_, { paymentRunId, taskId }) =>
      server.transact('read the submission', () => {
        const task = row(records.tasks, taskId);
        const decision = task.status === 'open' ? null : (task.decision ?? 'ask-again');
        return { outcome: outcomeOf(row(records.runs, paymentRunId)), decision };
      }),
    takeBackPaymentRun: (context, { paymentRunId }) =>
      server.once(context, () => {
        const run = row(records.runs, paymentRunId);
        if (run.status === 'cancelled') return { taskId: null };
        if (run.submission !== 'waiting' && run.submission !== 'refused')
          throw new DeskhandError(orchestrationErrors.submissionInDoubt, 'It is, or may be, at the bank.');
        for (const held of records.payments.values()) {
          if (held.runId === run.id) Object.assign(held, { payment: { ...held.payment, status: 'scheduled' }, runId: null });
        }
        run.status = 'cancelled';
        const { id } = openTask(records, clockwork.now(), {
          workflowId: context.workflowId,
          key: `taken-back:${context.idempotencyKey}`,
          kind: 'question',
          reason: 'run-taken-back',
          choices: ['done'],
          role: 'controller',
          paymentRunId,
        });
        return { taskId: id };
      }),
  };
}

function begin({ records, mistakes }: Server, run: RunRow, afterAttempt: number): PaymentFile | Seen {
  const isSentSince = run.attempts !== afterAttempt && mistakes.sendsWithoutAsking !== true;
  if (outcomeOf(run) !== 'unknown' || isSentSince) return seenOf(run);
  const payments = [...records.payments.values()].filter(({ runId }) => runId === run.id).map(({ payment }) => payment);
  const obstacles = releaseObstacles(
    records,
    payments.map((payment) => ({ ...payment, status: 'in-run' as const })),
  );
  if (obstacles.length > 0 || run.file === null) throw new DeskhandError(orchestrationErrors.runNotReady, obstacles.join(' '));
  Object.assign(run, { submission: 'sending', attempts: afterAttempt + 1 });
  return run.file;
}

function outcomeOf({ submission, status }: RunRow): 'accepted' | 'refused' | 'cancelled' | 'unknown' {
  if (submission === 'accepted' || submission === 'refused') return submission;
  return status === 'cancelled' ? 'cancelled' : 'unknown';
}

function seenOf(run: RunRow): Seen {
  return { outcome: outcomeOf(run), attempt: run.attempts, arrivesWithinMs };
}
