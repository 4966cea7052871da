import { asDeskhandError } from '#domain/errors';
import type { Database, Log, Metrics } from '#platform';
import type { Engine } from './flow.ts';

export interface RelayOptions {
  readonly database: Database;
  readonly engine: Engine;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface Relay {
  stop(): Promise<void>;
}

interface OutboxPayload {
  readonly workflow?: string;
  readonly input?: unknown;
  readonly signal?: string;
  readonly payload?: unknown;
}

// Wakes by NOTIFY; the pause is for what a lost notification or a failed hand-over left behind.
const pauseMs = 1000;
const batch = 50;

/**
 * Hands the outbox to the engine, oldest first. A row counts as relayed only after the engine took it, so a crash in
 * between hands it over again, and the engine knows it by its id.
 */
export function startRelay(options: RelayOptions): Relay {
  const { database, log } = options;
  let isStopping = false;
  // Also set while a batch is handed over: what was written meanwhile does not wait for the pause.
  let isDue = false;
  let endPause: () => void = () => undefined;
  const wake = (): void => {
    isDue = true;
    endPause();
  };
  const unlisten = database.listen('deskhand_outbox', wake);
  const loop = async (): Promise<void> => {
    while (!isStopping) {
      isDue = false;
      const relayed = await relayBatch(options).catch((thrown: unknown) => {
        log.warn({ event: 'outbox.relay-failed', code: asDeskhandError(thrown)?.code ?? null }, describe(thrown));
        return 0;
      });
      if (relayed < batch && !isStopping && !isDue) await pause();
    }
  };
  const pause = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, pauseMs);
    endPause = resolve;
    await promise;
    clearTimeout(timer);
  };
  const running = loop();
  return {
    async stop() {
      isStopping = true;
      wake();
      await running;
      (await unlisten)();
    },
  };
}

async function relayBatch({ database, engine, log, metrics }: RelayOptions): Promise<number> {
  return database.inSystem(async (transaction) => {
    const rows = await transaction
      .selectFrom('outbox')
      .selectAll()
      .where('relayed_at', 'is', null)
      .orderBy('id')
      .limit(batch)
      .forUpdate()
      .skipLocked()
      .execute();
    const done: string[] = [];
    for (const row of rows) {
      const payload = row.payload as OutboxPayload;
      try {
        if (row.kind === 'start') await engine.start(payload.workflow ?? '', row.workflow_id, payload.input);
        else await engine.signal(row.workflow_id, payload.signal ?? '', payload.payload, `outbox:${row.id}`);
        done.push(row.id);
      } catch (thrown) {
        log.warn({ event: 'outbox.message-refused', outboxId: row.id, workflowId: row.workflow_id }, describe(thrown));
      }
    }
    if (done.length > 0) await transaction.updateTable('outbox').set({ relayed_at: new Date() }).where('id', 'in', done).execute();
    const waiting = await transaction
      .selectFrom('outbox')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('relayed_at', 'is', null)
      .executeTakeFirstOrThrow();
    metrics.set('outboxWaiting', {}, Number(waiting.count));
    return done.length;
  });
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
