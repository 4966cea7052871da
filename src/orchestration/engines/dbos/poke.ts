import { DBOS } from '@dbos-inc/dbos-sdk';
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import { wfQueueRunner } from '@dbos-inc/dbos-sdk/internal/wfqueue';
import type { Log } from '#platform';
import { wakeQueue } from './waits.ts';

type Queue = Awaited<ReturnType<typeof DBOS.registerQueue>>;

// DBOS' own look into the queue, which it takes every second by itself.
const pollMs = 1000;

export interface Poke {
  look(): void;
  /** From here on nothing is taken from the queue, neither by this nor by DBOS itself. */
  stop(): Promise<void>;
}

/**
 * Makes DBOS look into our queue now instead of within a second. Its own look, called early: should a later version call
 * it otherwise, woken runs go on up to a second later.
 *
 * @param atOnce - runs carried here at the same time
 */
export async function createPoke(atOnce: number, log: Log): Promise<Poke> {
  const queue = await DBOS.registerQueue(wakeQueue, {
    workerConcurrency: atOnce,
    minPollingIntervalMs: pollMs,
    onConflict: 'always_update',
  });
  let looking: Promise<void> | null = null;
  let isAsked = false;
  let isStopped = false;
  const look = async (): Promise<void> => {
    while (isAsked && !isStopped) {
      isAsked = false;
      await pollQueue(queue);
    }
  };
  return {
    look() {
      isAsked = true;
      if (isStopped) return;
      looking ??= look()
        .catch((thrown: unknown) => log.info({ event: 'engine.looked-in-vain' }, String(thrown)))
        .finally(() => (looking = null));
    },
    async stop() {
      isStopped = true;
      await looking;
      await DBOSExecutor.globalInstance?.deactivateEventReceivers();
    },
  };
}

async function pollQueue(queue: Queue): Promise<void> {
  const executor = DBOSExecutor.globalInstance;
  if (executor === undefined) return;
  const runner = wfQueueRunner as unknown as { pollQueue?: (of: DBOSExecutor, queue: Queue) => Promise<boolean> };
  await runner.pollQueue?.(executor, queue);
}
