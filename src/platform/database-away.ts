import { DeskhandError } from '#domain/errors';
import { platformErrors } from './errors.ts';

// What pg says without any code when the server is gone in the middle of something, or not there to begin with.
const lostInWords = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** Postgres classes 08 (connection), 53 (resources) and 57 (shutdown), the network's own codes, and pg's bare sentences. */
export function isConnectionLost(thrown: unknown): boolean {
  const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return /^(08|53|57)[0-9A-Z]{3}$/.test(code) || /^E(CONN|PIPE|TIMEDOUT|HOSTUNREACH|AI_AGAIN)/.test(code);
  return typeof message === 'string' && lostInWords.test(message);
}

/** Whether it had been committed may be open: whoever repeats it does so under an idempotency key. */
export function databaseAway(cause: unknown): DeskhandError {
  const message = 'The database went away or did not answer. It goes on by itself as soon as the database is back.';
  return new DeskhandError(platformErrors.databaseAway, message, { cause, details: { retryAfterS: 2 } });
}

/** Whether this, or what caused it, is a database that is away. */
export function isDatabaseAway(thrown: unknown): boolean {
  for (let current = thrown; current !== null && current !== undefined; current = (current as { cause?: unknown }).cause) {
    if (isConnectionLost(current) || (current as { code?: unknown }).code === platformErrors.databaseAway.code) return true;
  }
  return false;
}

// A restart of a small database takes a second; who asks meanwhile is answered late rather than refused.
const restartMs = 2500;
const lookAgainMs = 50;

/** Asks again for up to 2.5 seconds while `mayRepeat` says that what failed had no effect. */
export async function throughRestart<Result>(work: () => Promise<Result>, mayRepeat: (thrown: unknown) => boolean): Promise<Result> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      if (!mayRepeat(thrown) || performance.now() - startedAt > restartMs) throw thrown;
    }
    await pause(lookAgainMs * (1 + Math.random()));
  }
}

export interface Patience {
  /** Told once, in a line for people, that it waits and for what. */
  readonly say: (line: string) => void;
  /** Ends the wait early. */
  readonly signal?: AbortSignal | undefined;
  /** @default 60000 milliseconds */
  readonly patienceMs?: number;
}

// Longer than Postgres takes to play back its log after a crash; shorter than a service manager waits for a start.
const startPatienceMs = 60_000;
const startPauseMs = 500;

/** Repeats a step of the start, which must bear that, while the database is away or full. @throws what it threw last */
export async function untilDatabaseCame<Result>(work: () => Promise<Result>, patience: Patience): Promise<Result> {
  const { say, signal, patienceMs = startPatienceMs } = patience;
  const giveUpAt = performance.now() + patienceMs;
  let hasSaid = false;
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      if (!isDatabaseAway(thrown) || performance.now() > giveUpAt || signal?.aborted === true) throw thrown;
      if (!hasSaid) say(`The database is away or full; waiting for it (${reasonOf(thrown)})`);
      hasSaid = true;
    }
    await pause(startPauseMs);
  }
}

/** The innermost sentence: what the server or the network itself said. */
function reasonOf(thrown: unknown): string {
  let reason = thrown;
  while (reason instanceof Error && reason.cause instanceof Error) reason = reason.cause;
  return reason instanceof Error ? reason.message || reason.name : String(reason);
}

function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}
