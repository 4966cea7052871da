import type { Log } from '#platform';
import type { TakeOver } from './take-over.ts';
import type { Waits } from './waits.ts';

/** What happens by itself: waits that are over, work of dead servers, ended runs. Costs two looks by index every few seconds. */
export interface Clockwork {
  /** A run parked here until then, or with null until a child ends. */
  parkedUntil(until: number | null): void;
  /** A child that was started here ended. */
  childEnded(): void;
  stop(): Promise<void>;
}

export interface ClockworkOptions {
  readonly waits: Waits;
  readonly takeOver: TakeOver;
  /** @returns how many ended runs were deleted */
  readonly forget: () => Promise<number>;
  readonly log: Log;
  readonly woken: () => void;
}

// Parks of other servers become known by this; each wakes its own in time.
const longestPauseMs = 5000;
const takeOverEveryMs = 1000;
// After a look that failed, as while Postgres restarts.
const againAfterFailureMs = 1000;
const forgetEveryMs = 3_600_000;
// DBOS writes the end of a child after its last line, usually within milliseconds.
const childEndMs = [10, 50, 250];

export function startClockwork({ waits, takeOver, forget, log, woken }: ClockworkOptions): Clockwork {
  const failed = (thrown: unknown): void => log.info({ event: 'engine.looked-in-vain' }, String(thrown));
  const due = repeat(async () => {
    const { woken: count, nextInMs } = await waits.wakeDue();
    if (count > 0) woken();
    return Math.min(nextInMs ?? longestPauseMs, longestPauseMs);
  }, failed);
  const deaths = repeat(async () => {
    const count = await takeOver.look();
    if (count > 0) {
      log.info({ event: 'engine.took-over', runs: count }, 'runs of a dead server go on here or elsewhere');
      woken();
    }
    return takeOverEveryMs;
  }, failed);
  const ended = repeat(async () => {
    const count = await forget();
    if (count > 0) log.info({ event: 'engine.forgot', runs: count }, 'ended runs deleted');
    return forgetEveryMs;
  }, failed);
  return {
    parkedUntil: (until) => due.within(until === null ? 0 : Math.max(0, until - Date.now())),
    childEnded: () => {
      for (const ms of childEndMs) setTimeout(() => due.within(0), ms).unref();
    },
    async stop() {
      await Promise.all([due.stop(), deaths.stop(), ended.stop()]);
    },
  };
}

interface Repeated {
  /** Next time at the latest then. */
  within(ms: number): void;
  stop(): Promise<void>;
}

/** @param work - says after how many milliseconds it is wanted again */
function repeat(work: () => Promise<number>, failed: (thrown: unknown) => void): Repeated {
  let isStopped = false;
  let nextAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  const arm = (): void => {
    clearTimeout(timer);
    if (!isStopped && !isRunning) timer = setTimeout(() => (running = once()), Math.max(0, nextAt - performance.now()));
  };
  const once = async (): Promise<void> => {
    isRunning = true;
    nextAt = Infinity;
    const againInMs = await work().catch((thrown: unknown) => {
      failed(thrown);
      return againAfterFailureMs;
    });
    isRunning = false;
    nextAt = Math.min(nextAt, performance.now() + againInMs);
    arm();
  };
  arm();
  return {
    within(ms) {
      nextAt = Math.min(nextAt, performance.now() + ms);
      arm();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
