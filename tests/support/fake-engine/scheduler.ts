/** Where a fake engine's time and turns come from: the machine's for contract cases, a seed's for the simulator. */
export interface Scheduler {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs the work later, never within this call. @param label - what it is, for traces and for counting */
  soon(label: string, work: () => void): void;
  /** Runs the work at that time or after it. @returns takes it back */
  at(timeMs: number, label: string, work: () => void): () => void;
  /** In [0, 1). */
  random(): number;
}

/** The machine's own clock and turns. */
export const realScheduler: Scheduler = {
  now: () => Date.now(),
  soon: (_, work) => void setImmediate(work),
  at(timeMs, _, work) {
    const timer = setTimeout(work, Math.min(Math.max(0, timeMs - Date.now()), 2_147_483_647));
    timer.unref();
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
