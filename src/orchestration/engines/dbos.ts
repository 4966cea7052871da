import { DBOS } from '@dbos-inc/dbos-sdk';
import type pg from 'pg';
import { DeskhandError } from '#domain/errors';
import { databaseAway, openPool, type Log } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { ActivityMap, ActivityPolicies, Engine, WorkflowMap } from '../flow.ts';
import { startClockwork, type Clockwork } from './dbos/clockwork.ts';
import { createCarrier, type Carrier } from './dbos/carrier.ts';
import { adoptOldWaits } from './dbos/old-waits.ts';
import { isAway, retryQuickly } from './dbos/patience.ts';
import { openPresence, type Presence } from './dbos/presence.ts';
import { forgetEndedRuns } from './dbos/retention.ts';
import { createRuns, type Runs } from './dbos/runs.ts';
import { createTakeOver, type TakeOver } from './dbos/take-over.ts';
import { createWaits, type Waits } from './dbos/waits.ts';
import { createPoke, type Poke } from './dbos/poke.ts';
import type { RetentionOptions } from './retention.ts';
import { crossing } from './values.ts';

export interface DbosEngineOptions<Activities extends ActivityMap> {
  /** Postgres of the product; DBOS keeps its tables there in a schema of its own. */
  readonly databaseUrl: string;
  readonly activities: Activities;
  readonly policies: ActivityPolicies<Activities>;
  readonly workflows: WorkflowMap<Activities>;
  /** No other server process on this database may have it. */
  readonly executorId: string;
  readonly log: Log;
  /** @default ended runs are kept for ever */
  readonly retention?: RetentionOptions;
  /** The first pause between two tries of an activity. @default 500 ms */
  readonly firstPauseMs?: number;
  /** How long a stop lets activities end that have begun, while all else is handed to the other servers. @default 0 ms */
  readonly drainMs?: number;
}

// One of them listens, half may look for results (DBOS' own rule), the others are for steps and waits.
const poolSize = 14;
// A transaction that a lost process left open lets go of its locks after a minute.
const idleTransactionMs = 60_000;
// Who got no connection for so long begins anew, as DBOS does after any lost one: nobody waits for ever for one that he holds.
const patienceMs = 30_000;
// Woken runs carried at once by one server; the others stay in the queue.
const wokenAtOnce = 100;

/** What exists between launch and stop. */
interface Running {
  readonly pool: pg.Pool;
  readonly presence: Presence;
  readonly carrier: Carrier;
  readonly waits: Waits;
  readonly runs: Runs;
  readonly clockwork: Clockwork;
  readonly takeOver: TakeOver;
  readonly poke: Poke;
}

/**
 * The embedded engine: DBOS Transact on the product's own Postgres. A workflow is a DBOS workflow, an activity a step. A
 * run that waits is parked: out of memory until its signal, its child or its deadline brings it back.
 */
export function createDbosEngine<Activities extends ActivityMap>(options: DbosEngineOptions<Activities>): Engine {
  let launched: Running | null = null;
  const running = (): Running => {
    if (launched === null)
      throw new DeskhandError(orchestrationErrors.engineStopped, 'The workflow engine does not run (yet, or any more).');
    return launched;
  };
  return {
    async launch() {
      launched = await launch(options);
    },
    async start(name, workflowId, input) {
      await running().carrier.start(name, workflowId, crossing(input, `The input of ${name}`));
    },
    async signal(workflowId, signal, payload, messageId) {
      const { waits, poke } = running();
      if (await waits.signal(workflowId, signal, crossing(payload, `The signal ${signal}`), messageId)) poke.look();
    },
    state: async (workflowId) => await running().runs.state(workflowId),
    result: async (workflowId) => await running().runs.result(workflowId),
    runs: async (filter) => await running().runs.list(filter),
    steps: async (workflowId) => await running().runs.steps(workflowId),
    async cancel(workflowId) {
      await running().waits.cancel(workflowId);
      running().carrier.cancel(workflowId);
    },
    resume: async (workflowId) => await running().runs.resume(workflowId),
    fork: async (workflowId, position, newWorkflowId) => await running().runs.fork(workflowId, position, newWorkflowId),
    async stop() {
      if (launched === null) return;
      const { clockwork, carrier, presence, pool, takeOver, poke } = launched;
      launched = null;
      await clockwork.stop();
      await poke.stop();
      // What could not be handed over is taken over, once this server's presence has ended.
      const kept = (thrown: unknown): void => options.log.info({ event: 'engine.kept' }, String(thrown));
      await carrier.drain(options.drainMs ?? 0, (only) => takeOver.handOver({ only }).catch(kept));
      const allBut = await carrier.stop();
      await takeOver.handOver({ allBut }).catch(kept);
      await DBOS.shutdown({ deregister: true });
      await pool.end();
      await presence.close();
    },
  };
}

/** May be repeated: what was opened before a failure is closed again. @throws DH_PLATFORM_DATABASE_AWAY */
async function launch<Activities extends ActivityMap>(options: DbosEngineOptions<Activities>): Promise<Running> {
  const pool = openEnginePool(options.databaseUrl, options.log);
  const opened: { presence: Presence | null } = { presence: null };
  try {
    return await launchOn(pool, options, (presence) => (opened.presence = presence));
  } catch (thrown) {
    await DBOS.shutdown({ deregister: true }).catch((again: unknown) => options.log.info({ event: 'engine.not-shut-down' }, String(again)));
    await opened.presence?.close();
    await pool.end();
    throw isAway(thrown) ? databaseAway(thrown) : thrown;
  }
}

async function launchOn<Activities extends ActivityMap>(
  pool: pg.Pool,
  options: DbosEngineOptions<Activities>,
  isPresent: (presence: Presence) => void,
): Promise<Running> {
  const { databaseUrl, executorId, log } = options;
  retryQuickly();
  DBOS.setConfig({
    name: 'deskhand',
    systemDatabaseUrl: databaseUrl,
    systemDatabasePool: pool,
    systemDatabaseSchemaName: 'dbos',
    // Fixed, never a hash of the code: old work goes on under new code (G9).
    applicationVersion: 'deskhand',
    executorID: executorId,
    enablePatching: true,
    logger: quietLogger(log),
  });
  const waits = createWaits(pool);
  // What runs here and what wakes it know each other; DBOS hands out work only after both exist.
  let clockwork: Clockwork | null = null;
  let poke: Poke | null = null;
  const look = (): void => poke?.look();
  const carrier = createCarrier({
    activities: options.activities,
    policies: options.policies,
    workflows: options.workflows,
    waits,
    firstPauseMs: options.firstPauseMs,
    parkedUntil: (until) => clockwork?.parkedUntil(until),
    childEnded: () => clockwork?.childEnded(),
  });
  const presence = await openPresence({
    databaseUrl,
    executorId,
    log,
    heard(message) {
      if (message === 'wake') look();
      else if (message.startsWith('cancel ')) carrier.cancel(message.slice('cancel '.length));
    },
  });
  isPresent(presence);
  const adopted = await adoptOldWaits(pool);
  if (adopted > 0) log.info({ event: 'engine.adopted', runs: adopted }, 'waits of an older release rewritten');
  await DBOS.launch();
  poke = await createPoke(wokenAtOnce, log);
  const takeOver = createTakeOver({ pool, executorId, isCarried: (workflowId) => carrier.isCarried(workflowId) });
  const { retention } = options;
  const forget = async (): Promise<number> => (retention === undefined ? 0 : await forgetEndedRuns(pool, retention));
  clockwork = startClockwork({ waits, takeOver, forget, log, woken: look });
  look();
  return { pool, presence, carrier, waits, runs: createRuns({ pool, carrier, poke: look }), clockwork, takeOver, poke };
}

/** One pool for DBOS and for what lies beside it. */
function openEnginePool(databaseUrl: string, log: Log): pg.Pool {
  return openPool(
    {
      connectionString: databaseUrl,
      max: poolSize,
      application_name: 'deskhand-engine',
      idle_in_transaction_session_timeout: idleTransactionMs,
      connectionTimeoutMillis: patienceMs,
      keepAlive: true,
    },
    (error) => log.info({ event: 'engine.connection-lost' }, error.message),
  );
}

/** DBOS speaks much and in free text; only its warnings and errors reach our log. */
function quietLogger(log: Log): NonNullable<Parameters<typeof DBOS.setConfig>[0]['logger']> {
  const silent = (): void => undefined;
  return {
    debug: silent,
    info: silent,
    // Retries and runs that go on after a restart are its daily business, and so is each run that parks.
    warn: (entry: unknown) => {
      if (!/Waiting for the (owner's )?recorded outcome/.test(String(entry))) log.info({ event: 'engine.noted' }, String(entry));
    },
    error: (entry: unknown) => log.error({ event: 'engine.failed' }, String(entry)),
  };
}
