/** What one outside system is spared, and what is expected of it. */
export interface OutsideLimits {
  /** Calls at a time. */
  readonly concurrency: number;
  /** Calls that may wait for one of these to end; more are refused at once. */
  readonly waiting: number;
  readonly perMinute: number;
  /** One call, its answer read. */
  readonly timeoutMs: number;
  /** Failures in a row after which it is left alone. */
  readonly openAfter: number;
  /** How long it is left alone before one call tries it again. */
  readonly restMs: number;
  /** Tries of a question that changes nothing over there. */
  readonly tries: number;
}

// A small office's calls are few; these stop a loop of ours long before another system minds, and a dead system from
// holding more than four of ours for 15 s each.
const common: OutsideLimits = {
  concurrency: 4,
  waiting: 16,
  perMinute: 120,
  timeoutMs: 15_000,
  openAfter: 5,
  restMs: 30_000,
  tries: 3,
};

/** Where one system differs from the rest. */
const known: Readonly<Record<string, Partial<OutsideLimits>>> = {
  // A bank may take its time over a file; two at once are enough for any office.
  bank: { concurrency: 2, perMinute: 60, timeoutMs: 30_000 },
  // One mail of 64 MiB at 2 Mbit/s; connecting, and a line on which nothing moves, have shorter deadlines of their own.
  // Each mail is a call: a mailbox with years in it is read within the hour.
  imap: { concurrency: 2, perMinute: 1200, timeoutMs: 300_000 },
  // Connecting, STARTTLS, login and a mail of text; a server that checks for spam takes its time over the last answer.
  smtp: { concurrency: 2, timeoutMs: 60_000 },
  // A model on a processor writes some ten tokens a second. Reading waits for it: two turns of four at most.
  llm: { concurrency: 4, waiting: 4, timeoutMs: 90_000 },
};

/** What settings change: `bank.timeoutMs=60000,imap.perMinute=10`. */
export type LimitChanges = Readonly<Record<string, Partial<OutsideLimits>>>;

/** @param target - `callback:host` has the limits of all callbacks, where it has none of its own. */
export function limitsOf(target: string, changes: LimitChanges): OutsideLimits {
  const kind = target.split(':')[0] ?? target;
  return { ...common, ...known[kind], ...changes[kind], ...changes[target] };
}

/** Reads the setting. @returns null when a part is none of `target.limit=number`. */
export function parseLimitChanges(text: string): LimitChanges | null {
  const changes: Record<string, Record<string, number>> = {};
  for (const part of text.split(',')) {
    const [, target = '', limit = '', value = ''] = /^\s*([a-z][a-z0-9.:-]*)\.([a-zA-Z]+)\s*=\s*(\d{1,9})\s*$/.exec(part) ?? [];
    const isRight = limit in common && (limit === 'waiting' || Number(value) > 0);
    if (!isRight) return null;
    changes[target] = { ...changes[target], [limit]: Number(value) };
  }
  return changes;
}
