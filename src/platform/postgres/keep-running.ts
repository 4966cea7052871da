import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log.ts';
import { isAlive, startOf } from '../process-identity.ts';
import type { PostgresHome } from './postgres-home.ts';

/** What came of a start after the server had died. */
export type Restart = 'started' | 'failed';

export interface KeepRunningOptions {
  readonly home: PostgresHome;
  readonly log: Log;
  /** Starts the server on the port it had; returns when it takes connections. */
  readonly start: (signal: AbortSignal) => Promise<void>;
  readonly restarted: (outcome: Restart) => void;
}

/** Watches a server until it is told to leave it alone. */
export interface Keeper {
  /** Returns when no start is under way any more. */
  stop(): Promise<void>;
}

// One look reads one small file; a death is noticed before most people would see it.
const lookMs = 250;
// A number is used again after thousands of others; now and then is enough to notice.
const looksBetweenIdentityChecks = 20;
// One that died later than this after its start is started at once; one that dies sooner is in a loop.
const calmAfterMs = 3000;
const firstPauseMs = 500;
const longestPauseMs = 30_000;

/**
 * Starts the server again whenever its postmaster is gone (`kill -9`, out of memory, somebody's `pg_ctl stop`). A
 * postmaster is nobody's child, so its number is looked at. What starts and dies again is tried at growing intervals, for ever.
 */
export function keepRunning(options: KeepRunningOptions): Keeper {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = watch(options, signal);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Number of the postmaster that the lock file names; null without one. */
export async function postmasterOf(home: PostgresHome): Promise<number | null> {
  const pid = Number((await readFile(path.join(home.folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

async function watch(options: KeepRunningOptions, signal: AbortSignal): Promise<void> {
  const { home, log } = options;
  for (let failures = 0; !signal.aborted;) {
    const startedAt = performance.now();
    const pid = await postmasterOf(home);
    if (pid !== null) await untilGone(pid, signal);
    if (signal.aborted) return;
    log.warn({ event: 'postgres.died', pid }, 'the database server is gone; starting it again');
    if (performance.now() - startedAt > calmAfterMs) failures = 0;
    const diedAt = performance.now();
    while (!signal.aborted && !(await startAgain(options, signal, { failures, diedAt }))) failures += 1;
    failures += 1;
  }
}

async function untilGone(pid: number, signal: AbortSignal): Promise<void> {
  const startedAt = await startOf(pid);
  for (let look = 1; !signal.aborted && isAlive(pid); look += 1) {
    await pause(lookMs, signal);
    if (look % looksBetweenIdentityChecks === 0 && (await startOf(pid)) !== startedAt) return;
  }
}

async function startAgain(
  { start, log, restarted }: KeepRunningOptions,
  signal: AbortSignal,
  { failures, diedAt }: { readonly failures: number; readonly diedAt: number },
): Promise<boolean> {
  if (failures > 0) await pause(Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1)), signal);
  if (signal.aborted) return false;
  try {
    await start(signal);
  } catch (thrown) {
    if (signal.aborted) return false;
    log.error(
      { event: 'postgres.restart-failed', failures: failures + 1, err: thrown },
      'the database server does not start; trying again',
    );
    restarted('failed');
    return false;
  }
  log.warn({ event: 'postgres.restarted', awayMs: Math.round(performance.now() - diedAt) }, 'the database server runs again');
  restarted('started');
  return true;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resume) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resume();
    };
    const timer = setTimeout(end, ms);
    timer.unref();
    signal.addEventListener('abort', end);
  });
}
