import { sql } from 'kysely';
import { asDeskhandError } from '#domain/errors';
import type { Clock } from '#domain/ports';
import { settleWork, systemClock, type Database, type Log, type Metrics, type Transaction } from '#platform';
import { admitSignals, admitWork, findOverdue, wakeResting } from './admission.ts';
import { buryDeadLetter } from './dead-letters.ts';
import type { Engine } from '../flow.ts';
import { handOver, isPassing, type HandOver } from './hand-over.ts';
import { measureOutbox } from './outbox-depth.ts';

export interface RelayOptions {
  readonly database: Database;
  readonly engine: Engine;
  readonly log: Log;
  readonly metrics: Metrics;
  /** @default the system's */
  readonly clock?: Clock;
  /** Messages and documents worked on at once, over all organizations and servers. @default 64 */
  readonly workLimit?: number;
  /** Wait after the first refusal of a message, doubling up to five minutes, and while the engine is away, up to 30 s. @default 1000 milliseconds */
  readonly backOffMs?: number;
  /** How often work is looked for that nobody settled within an hour. @default 60000 milliseconds */
  readonly sweepEveryMs?: number;
}

export interface Relay {
  stop(): Promise<void>;
}

// Wakes by NOTIFY; the pause is for what a lost notification or a failed hand-over left behind.
const pauseMs = 1000;
const longestPauseMs = 30_000;
const longestBackOffMs = 300_000;
// About nine minutes of back-off; then a person looks at it.
const attemptsUntilDead = 10;
// An engine that is away all night is no fault of the message; one that fails for a day and a half alone may be.
const attemptsInOutage = 400;
const measureEveryMs = 5000;

/** What the relay knows between two rounds. */
interface Memory {
  /** When the engine last took anything: whoever fails beside others is at fault itself. */
  lastTakenAt: number;
  measuredAt: number;
  sweptAt: number;
  /** When resting rows and lost claims are looked at next; sooner when one is known to be due. */
  wakeAt: number;
  /** What the engine took in the round before: confirmed in the next one's transaction, which follows at once. */
  taken: readonly HandOver[];
}

interface Round {
  readonly admitted: number;
  /** Nothing was taken although there was something: the engine is away. */
  readonly isOutage: boolean;
  readonly nextRestMs: number;
  /** Time that admission itself took. */
  readonly admissionMs: number;
}

/**
 * Hands the outbox to the engine, as far as limits and pauses allow. Any number of servers run one; a claim that was not
 * confirmed within 15 seconds is handed over again, and the engine knows what it has by its id.
 */
export function startRelay(options: RelayOptions): Relay {
  const { database, log } = options;
  const memory: Memory = { lastTakenAt: Number.NEGATIVE_INFINITY, measuredAt: 0, sweptAt: performance.now(), wakeAt: 0, taken: [] };
  let isStopping = false;
  // Also set while a batch is handed over: what was written meanwhile does not wait for the pause.
  let isDue = false;
  let endPause: () => void = () => undefined;
  const wake = (): void => {
    isDue = true;
    endPause();
  };
  const listening = listen(database, wake);
  const tell = (thrown: unknown): null => {
    log.warn({ event: 'outbox.relay-failed', code: asDeskhandError(thrown)?.code ?? null }, describe(thrown));
    return null;
  };
  const loop = async (): Promise<void> => {
    let outages = 0;
    while (!isStopping) {
      isDue = false;
      const round = await relayRound(options, memory).catch(tell);
      outages = round?.isOutage === true ? outages + 1 : 0;
      if (outages > 0) await pause(Math.min(longestPauseMs, (options.backOffMs ?? 1000) * 2 ** Math.min(outages - 1, 15)), true);
      else if (round === null || round.admitted === 0) await pause(Math.max(1, Math.min(pauseMs, round?.nextRestMs ?? pauseMs)));
      // With very many lanes admission is work by itself: at most half of the time goes into it.
      if (round !== null && round.admissionMs > 40) await pause(round.admissionMs, true);
    }
    await database.inSystem((transaction) => confirm(transaction, memory.taken)).catch(tell);
  };
  const pause = async (ms: number, isDeaf = false): Promise<void> => {
    if (isStopping || (isDue && !isDeaf)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    endPause = () => {
      if (!isDeaf || isStopping) resolve();
    };
    await promise;
    clearTimeout(timer);
  };
  const running = loop();
  return {
    async stop() {
      isStopping = true;
      wake();
      await running;
      for (const unlisten of await listening) unlisten();
    },
  };
}

async function listen(database: Database, wake: () => void): Promise<readonly (() => void)[]> {
  const outbox = await database.listen('deskhand_outbox', wake);
  return [outbox, await database.listen('deskhand_pauses', wake)];
}

async function relayRound(options: RelayOptions, memory: Memory): Promise<Round> {
  const { database, engine } = options;
  const startedAt = performance.now();
  const rows = await database.inSystem(async (transaction) => {
    await confirm(transaction, memory.taken);
    if (startedAt >= memory.wakeAt) memory.wakeAt = startedAt + Math.min(pauseMs, (await wakeResting(transaction)) ?? pauseMs);
    const signals = await admitSignals(transaction);
    const starts = await admitWork(transaction, options.workLimit ?? 64);
    return [...signals, ...starts];
  });
  memory.taken = [];
  const admissionMs = performance.now() - startedAt;
  const handed = await handOver(engine, rows);
  const taken = handed.filter(({ failure }) => failure === null);
  const refused = handed.filter(({ failure }) => failure !== null);
  if (taken.length > 0) memory.lastTakenAt = performance.now();
  memory.taken = taken;
  const isOutage = handed.length > 0 && taken.length === 0 && refused.every(({ failure }) => isPassing(failure));
  for (const one of refused) await refuse(options, memory, one, isOutage && performance.now() - memory.lastTakenAt > 60_000);
  await keepHouse(options, memory);
  return { admitted: rows.length, isOutage, nextRestMs: memory.wakeAt - performance.now(), admissionMs };
}

/** Work of a connection runs until it is settled; all else is done once the engine has it. */
async function confirm(transaction: Transaction, taken: readonly HandOver[]): Promise<void> {
  if (taken.length === 0) return;
  const ids = taken.map(({ row }) => row.id);
  await sql`
      update outbox set relayed_at = clock_timestamp(),
        state = case when state <> 'admitted' then state when kind = 'start' and connection_id <> '' then 'running' else 'settled' end,
        settled_at = case when state = 'admitted' and (kind = 'signal' or connection_id = '') then clock_timestamp() else settled_at end
      where id = any(${ids}::bigint[])
    `.execute(transaction);
}

async function refuse(options: RelayOptions, memory: Memory, { row, failure }: HandOver, isAway: boolean): Promise<void> {
  const { database, log, metrics } = options;
  const attempts = row.attempts + 1;
  log.warn({ event: 'outbox.message-refused', outboxId: row.id, workflowId: row.workflow_id, attempts }, describe(failure));
  if (attempts >= (isAway ? attemptsInOutage : attemptsUntilDead)) {
    metrics.count('deadLetters', { kind: row.kind });
    await buryDeadLetter({ database, clock: options.clock ?? systemClock }, row, failure);
    return;
  }
  // While the engine is away the relay itself waits; what it carries need not rest much longer than that.
  const waitMs = Math.min(isAway ? longestPauseMs : longestBackOffMs, backOff(attempts, options.backOffMs ?? 1000));
  memory.wakeAt = Math.min(memory.wakeAt, performance.now() + waitMs);
  await database.inSystem((transaction) =>
    sql`
      update outbox set state = 'resting', attempts = ${attempts}, last_error = ${describe(failure).slice(0, 1000)}, admitted_at = null,
        next_attempt_at = clock_timestamp() + make_interval(secs => ${waitMs / 1000}::float8)
      where id = ${row.id} and state = 'admitted'
    `.execute(transaction),
  );
}

/** Doubles, with up to a fifth more so that what failed together does not come back together. */
function backOff(attempts: number, firstMs: number): number {
  return firstMs * 2 ** Math.min(attempts - 1, 20) * (1 + Math.random() / 5);
}

async function keepHouse({ database, log, metrics, sweepEveryMs = 60_000 }: RelayOptions, memory: Memory): Promise<void> {
  const now = performance.now();
  if (now - memory.measuredAt > measureEveryMs) {
    memory.measuredAt = now;
    await measureOutbox(database, metrics);
  }
  if (now - memory.sweptAt < sweepEveryMs) return;
  memory.sweptAt = now;
  const overdue = await database.inSystem(findOverdue);
  for (const { organization_id, workflow_id } of overdue) {
    log.warn({ event: 'outbox.overdue', workflowId: workflow_id }, 'work was not settled within an hour; what waits behind it goes on');
    await database.inOrganization(organization_id, (transaction) => settleWork(transaction, workflow_id));
  }
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
