import type { ChoiceProblem, Optimizer } from '#domain/ports';
import { createIsolatedPool } from '#platform';

export interface ChoiceTask {
  readonly problem: ChoiceProblem;
  readonly seconds: number;
}
export type ChoiceResult = Awaited<ReturnType<Optimizer['choose']>>;

/** After this the best found until then is the answer. A thousand invoices under a limit take about one second. */
const searchSeconds = 5;

/**
 * Integer programs solved by HiGHS (University of Edinburgh, MIT, as WebAssembly) in a process of its own, since the solver
 * holds its thread until it is done.
 */
export function createOptimizer(): Optimizer & { close(): Promise<void> } {
  const pool = createIsolatedPool({
    entry: new URL(`./optimizer-tasks${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
    processes: 1,
    timeoutMs: 30_000,
    memoryLimitBytes: 1024 * 1024 * 1024,
    idleMs: 5_000,
  });
  return {
    async choose(problem) {
      if (problem.groups.length === 0) return { chosen: [], isBest: true };
      return await pool.run<ChoiceResult>('choose', { problem, seconds: searchSeconds } satisfies ChoiceTask);
    },
    close: () => pool.close(),
  };
}
