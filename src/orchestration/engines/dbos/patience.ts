import { retriablePostgresException } from '@dbos-inc/dbos-sdk/internal/system_database';
import { dbRetryConfig } from '@dbos-inc/dbos-sdk/internal/utils';

const firstPauseMs = 50;
const longestPauseMs = 1000;

/** Repeats idempotent database work while Postgres is away. A restart takes a second or two. */
export async function databasePassing<Result>(work: () => Promise<Result>, giveUpAfterMs: number): Promise<Result> {
  const startedAt = performance.now();
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    try {
      return await work();
    } catch (thrown) {
      if (!isAway(thrown) || performance.now() - startedAt > giveUpAfterMs) throw thrown;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/**
 * DBOS asks a lost Postgres again after 1 s, then doubling up to a minute: work would rest long after it is back. One
 * look a second of each run that waits costs nothing while there is nothing to do.
 */
export function retryQuickly(): void {
  dbRetryConfig.initialBackoffSec = firstPauseMs / 1000;
  dbRetryConfig.maxBackoffSec = longestPauseMs / 1000;
}

/** Whether Postgres, or the way to it, is away: by DBOS' own rule, and connections that were closed while in use. */
export function isAway(thrown: unknown): boolean {
  return retriablePostgresException(thrown) || (thrown instanceof Error && thrown.message.startsWith('Connection terminated'));
}
