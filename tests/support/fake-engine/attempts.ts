import { failureOf } from '../../../src/orchestration/engines/attempt.ts';
import { crossing } from '../../../src/orchestration/engines/values.ts';
import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../../../src/orchestration/errors.ts';
import type { Activity, ActivityContext, ActivityPolicy } from '../../../src/orchestration/flow.ts';
import type { Scheduler } from './scheduler.ts';

export type Outcome = { readonly output: unknown } | { readonly failure: unknown };

export interface AttemptWork {
  readonly name: string;
  readonly activity: Activity;
  readonly policy: ActivityPolicy;
  readonly context: Omit<ActivityContext, 'signal' | 'heartbeat'>;
  /** JSON text. */
  readonly input: string;
  readonly scheduler: Scheduler;
  readonly firstPauseMs: number;
  /** Aborted when the run is cancelled or the engine stops: nothing further happens. */
  readonly signal: AbortSignal;
}

const maxTries = 9;

/**
 * The rules of `engines/attempt.ts` on a scheduler: begin, end and retry are turns of their own, so that a crash can come
 * between any two. Calls back once, with the end.
 */
export function attemptOnScheduler(work: AttemptWork, onEnd: (outcome: Outcome) => void): void {
  const { name, scheduler, signal, firstPauseMs } = work;
  const tryOnce = (tried: number): void => {
    if (signal.aborted) return;
    oneAttempt(work, (outcome) => {
      if (signal.aborted) return;
      if ('output' in outcome) return onEnd(outcome);
      const failure = failureOf(outcome.failure);
      if (!failure.retryable || tried === maxTries) return onEnd({ failure });
      scheduler.at(scheduler.now() + firstPauseMs * 2 ** (tried - 1), `retry ${name}`, () => tryOnce(tried + 1));
    });
  };
  scheduler.soon(`begin ${name}`, () => tryOnce(1));
}

function oneAttempt({ name, activity, policy, context, input, scheduler, signal }: AttemptWork, onEnd: (outcome: Outcome) => void): void {
  const own = new AbortController();
  let isOver = false;
  const end = (outcome: Outcome): void => {
    if (isOver) return;
    isOver = true;
    signal.removeEventListener('abort', stop);
    cancelLimit();
    cancelSilence();
    scheduler.soon(`end ${name}`, () => onEnd(outcome));
  };
  const giveUp = (message: string): void => {
    own.abort();
    end({ failure: new DeskhandError(orchestrationErrors.timedOut, message) });
  };
  const stop = (): void => {
    isOver = true;
    cancelLimit();
    cancelSilence();
    own.abort();
  };
  signal.addEventListener('abort', stop, { once: true });
  const cancelLimit = scheduler.at(scheduler.now() + policy.timeoutMs, `limit of ${name}`, () =>
    giveUp(`${name} took longer than ${policy.timeoutMs} ms.`),
  );
  const listen = (): (() => void) =>
    policy.heartbeatMs === undefined
      ? () => undefined
      : scheduler.at(scheduler.now() + policy.heartbeatMs, `silence of ${name}`, () => giveUp(`${name} gave no sign of life.`));
  let cancelSilence = listen();
  const heartbeat = (): void => {
    if (isOver) return;
    cancelSilence();
    cancelSilence = listen();
  };
  // oxlint-disable-next-line promise/prefer-await-to-then
  Promise.resolve()
    .then(() => activity({ ...context, signal: own.signal, heartbeat }, JSON.parse(input)))
    .then((output) => end({ output: crossing(output, `The output of ${name}`) }))
    .catch((failure: unknown) => end({ failure }));
}
