import { asDeskhandError, DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../errors.ts';
import type { Activity, ActivityContext, ActivityPolicy } from '../flow.ts';
import { crossing } from './values.ts';

/** One activity of one run, on whatever engine. */
export interface Attempts {
  readonly name: string;
  readonly activity: Activity | undefined;
  readonly policy: ActivityPolicy;
  readonly context: Omit<ActivityContext, 'signal' | 'heartbeat'>;
  readonly input: unknown;
  /** Aborted when the run is cancelled or the server stops; no further attempt begins, and its reason is thrown. */
  readonly signal: AbortSignal;
  /** Aborted when no further attempt may begin, while one that has begun may end; its reason is thrown. */
  readonly draining?: AbortSignal;
  /** Passes a sign of life on to an engine that watches for it. */
  readonly onHeartbeat?: () => void;
  /** The first pause between two tries; each further one is twice as long. @default 500 ms */
  readonly firstPauseMs?: number;
}

// 0.5 s doubling to 64 s, about two minutes in all: longer troubles become a task for a person.
const maxTries = 9;

/**
 * Runs an activity until it succeeds, fails for good, or has failed retryably nine times. Each attempt ends at its time
 * limit and, when it is one that gives signs of life, when they stop. All engines use this, so they cannot differ.
 *
 * @throws DeskhandError, or the reason of the signal
 */
export async function attemptActivity(attempts: Attempts): Promise<unknown> {
  const { name, activity, signal, draining, firstPauseMs = 500 } = attempts;
  const ending = draining === undefined ? signal : AbortSignal.any([signal, draining]);
  if (activity === undefined) throw new DeskhandError(orchestrationErrors.engineUnknown, `No activity is named ${name}.`);
  for (let tried = 1; ; tried += 1) {
    ending.throwIfAborted();
    try {
      return crossing(await attemptOnce(attempts, activity), `The output of ${name}`);
    } catch (thrown) {
      signal.throwIfAborted();
      const failure = failureOf(thrown);
      if (!failure.retryable || tried === maxTries) throw failure;
    }
    await pause(firstPauseMs * 2 ** (tried - 1), ending);
  }
}

/** What an activity or a workflow failed with, as it crosses an engine: always with `code`, `message` and `retryable`. */
export function failureOf(thrown: unknown): DeskhandError {
  const known = asDeskhandError(thrown);
  if (known !== null) return known;
  const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
  return new DeskhandError(
    { ...orchestrationErrors.activityFailed, retryable: isPassing(code) },
    typeof message === 'string' && message !== '' ? message : 'It failed without saying why.',
    { cause: thrown, details: typeof code === 'string' ? { code } : {} },
  );
}

/** Postgres classes 08, 40, 53 and 57 (connection, rollback, resources, shutdown) and lost connections pass by themselves. */
function isPassing(code: unknown): boolean {
  return typeof code === 'string' && (/^(08|40|53|57)[0-9A-Z]{3}$/.test(code) || /^E(CONN|TIMEDOUT|PIPE|HOSTUNREACH)/.test(code));
}

async function attemptOnce({ name, policy, context, input, signal, onHeartbeat }: Attempts, activity: Activity): Promise<unknown> {
  const own = new AbortController();
  const over = Promise.withResolvers<never>();
  // An activity that ends in time leaves this promise behind; nobody else will look at it.
  over.promise.catch(() => undefined);
  const end = (reason: unknown): void => {
    own.abort(reason);
    over.reject(reason);
  };
  const onAbort = (): void => end(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const limit = setTimeout(() => end(timedOut(`${name} took longer than ${policy.timeoutMs} ms.`)), policy.timeoutMs);
  const { heartbeatMs } = policy;
  const silence =
    heartbeatMs === undefined ? null : setTimeout(() => end(timedOut(`${name} gave no sign of life for ${heartbeatMs} ms.`)), heartbeatMs);
  const heartbeat = (): void => {
    if (own.signal.aborted) return;
    silence?.refresh();
    onHeartbeat?.();
  };
  try {
    return await Promise.race([activity({ ...context, signal: own.signal, heartbeat }, input), over.promise]);
  } finally {
    clearTimeout(limit);
    if (silence !== null) clearTimeout(silence);
    signal.removeEventListener('abort', onAbort);
  }
}

function timedOut(message: string): DeskhandError {
  return new DeskhandError(orchestrationErrors.timedOut, message);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
