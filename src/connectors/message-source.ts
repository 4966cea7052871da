import { setTimeout as delay } from 'node:timers/promises';
import type { DeskhandError } from '#domain/errors';
import type { IncomingMessage } from '#domain/messages';

/**
 * Takes one message over. Resolves once it is stored durably, also when it was known already; rejects when it could not
 * be stored, and is then called again later with the same message.
 */
export type Deliver = (message: IncomingMessage) => Promise<void>;

/** Where messages come from by themselves: a folder, a mailbox. */
export interface MessageSource {
  /** Begins to watch and returns; what goes wrong later is reported and retried for ever. */
  start(deliver: Deliver): Promise<void>;
  /** Stops watching; resolves when no delivery is under way any more. */
  stop(): Promise<void>;
}

/** What a source tells about itself, to be logged and shown on its page. */
export type SourceEvent =
  | { readonly kind: 'connected' }
  | { readonly kind: 'delivered'; readonly externalId: string }
  /** Nothing more is fetched for now; it goes on by itself. */
  | { readonly kind: 'held-back' }
  /** Not fetched whole: a stand-in mail with this reason was delivered in its place. */
  | { readonly kind: 'set-aside'; readonly externalId: string; readonly reason: string }
  | { readonly kind: 'trouble'; readonly error: DeskhandError; readonly retryInMs: number };

/** Asked before each message is fetched: false while enough waits already, or the source is paused. */
export type MayTake = () => Promise<boolean>;

export type ReportSource = (event: SourceEvent) => void;

/** Doubles from one second to the limit. No jitter: one source has one connection, there is no herd to spread. */
export function retryDelayMs(attempt: number, limitMs: number): number {
  return Math.min(limitMs, 1000 * 2 ** Math.min(attempt - 1, 20));
}

/** Sleeps, or returns early when stopped. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await delay(ms, undefined, { signal }).catch((cause: unknown) => {
    if (!signal.aborted) throw cause;
  });
}

// How soon a source goes on once there is room; one small question to the database a second.
const askAgainMs = 1000;

/** Waits until the next message may be fetched, or the source is stopped. */
export async function untilWelcome(mayTake: MayTake, report: ReportSource, signal: AbortSignal): Promise<void> {
  if (signal.aborted || (await mayTake())) return;
  report({ kind: 'held-back' });
  do await pause(askAgainMs, signal);
  while (!signal.aborted && !(await mayTake()));
}
