import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { condition, scheduleLocalActivity, upsertSearchAttributes } from '@temporalio/workflow';
import { attributes, keptSignals, type SentSignal } from './wire.ts';

const waitsFor = defineSearchAttributeKey(attributes.waitsFor, SearchAttributeType.KEYWORD);
const waitsUntil = defineSearchAttributeKey(attributes.waitsUntil, SearchAttributeType.DATETIME);

/** Signals in the order they came, each message once. */
export interface Inbox {
  put(signal: SentSignal): void;
  /** The next of this name, or null when none came by `until`. */
  take(name: string, timeoutMs: number, until: number): Promise<SentSignal | null>;
  left(): { readonly buffered: readonly SentSignal[]; readonly seen: readonly string[] };
}

export function createInbox(
  buffered: readonly SentSignal[],
  seenBefore: readonly string[],
  tell: (news: { readonly kind: 'seen' | 'taken'; readonly messageId: string }) => void,
): Inbox {
  const seen = new Set(seenBefore);
  const waiting = [...buffered];
  let hasAsked = false;
  const put = (signal: SentSignal): void => {
    if (seen.has(signal.messageId)) return;
    seen.add(signal.messageId);
    tell({ kind: 'seen', messageId: signal.messageId });
    waiting.push(signal);
  };
  const find = (name: string): number => waiting.findIndex((signal) => signal.name === name);
  return {
    put,
    async take(name, timeoutMs, until) {
      if (!hasAsked) {
        // What was sent before this run could hear; later ones come by themselves.
        const kept = await scheduleLocalActivity<SentSignal[]>(keptSignals, [], {
          startToCloseTimeout: '30 seconds',
          retry: { initialInterval: '500 milliseconds', maximumInterval: '10 seconds' },
        });
        for (const signal of kept) put(signal);
        hasAsked = true;
      }
      if (find(name) < 0) await waitVisibly(name, until, () => find(name) >= 0, timeoutMs);
      const index = find(name);
      const [taken = null] = index < 0 ? [] : waiting.splice(index, 1);
      if (taken !== null) tell({ kind: 'taken', messageId: taken.messageId });
      return taken;
    },
    left: () => ({ buffered: waiting, seen: [...seen] }),
  };
}

/** Waits where operators see it. */
export async function waitVisibly(what: string, until: number, isOver: () => boolean, timeoutMs: number | null): Promise<void> {
  upsertSearchAttributes([
    { key: waitsFor, value: what },
    { key: waitsUntil, value: new Date(until) },
  ]);
  if (timeoutMs === null) await condition(isOver);
  else await condition(isOver, timeoutMs);
  upsertSearchAttributes([
    { key: waitsFor, value: null },
    { key: waitsUntil, value: null },
  ]);
}
