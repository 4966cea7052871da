import { failureOf } from '../attempt.ts';

const firstPauseMs = 50;
const longestPauseMs = 1000;

/** Repeats idempotent database work while Postgres is away. A restart takes a second or two. */
export async function databasePassing<Result>(work: () => Promise<Result>, giveUpAfterMs: number): Promise<Result> {
  const startedAt = performance.now();
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    try {
      return await work();
    } catch (thrown) {
      const isAway = failureOf(thrown).retryable || /Connection terminated|connection timeout/i.test((thrown as Error).message);
      if (!isAway || performance.now() - startedAt > giveUpAfterMs) throw thrown;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
