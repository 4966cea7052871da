import { appendFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createBankGateway,
  createCallbacks,
  createBankFiles,
  createPaymentFiles,
  createPublicHolidays,
  createRecordParser,
} from '#connectors';
import { classifyMessage, createOptimizer } from '#intelligence';
import {
  activityPolicies,
  createActivities,
  createDbosEngine,
  createTemporalEngine,
  startRelay,
  workflows,
  type Activities,
  type Engine,
  type Office,
} from '#orchestration';
import {
  createDatabase,
  createFileBlobs,
  createLog,
  createMetrics,
  createOutsideCalls,
  createSealing,
  systemClock,
  untilDatabaseCame,
  type DatabaseUrls,
} from '#platform';
import { paperReader } from '../support/paper-reader.ts';
import { createFailPoints, type FailPoint } from './fail-points.ts';

export type EngineChoice =
  | { readonly kind: 'dbos' }
  | {
      readonly kind: 'temporal';
      readonly address: string;
      /** Workflow code that was bundled before. */
      readonly bundlePath: string;
      readonly secret: string;
    };

/** What a server process of the chaos suites is told, as JSON in its one argument. */
export interface ServerOrder {
  readonly urls: DatabaseUrls;
  readonly blobFolder: string;
  readonly bank: { readonly url: string; readonly token: string; readonly arrivesWithinMs: number };
  readonly engine: EngineChoice;
  readonly executorId: string;
  readonly failPoint: FailPoint | null;
  /** Null for one that is never asked to stop. */
  readonly graceful: Graceful | null;
}

/** How a server stops on SIGTERM, and what it writes down for the count. */
export interface Graceful {
  readonly drainMs: number;
  /** File that gets a line as an activity begins and ends: `begin KEY`, `end KEY`, `fail KEY`, and `stop N` with N under way. */
  readonly journal: string;
  /** Activities take this much longer, so that a stop finds some under way. */
  readonly activityMs: number;
}

/** What it says by IPC; by IPC, too, comes the fail point that is armed next. */
export type ServerNews = { readonly kind: 'ready' } | { readonly kind: 'fired' } | { readonly kind: 'seen'; readonly name: string };

/** One server as the product runs it, without pages and readers: engine, relay and activities on the given Postgres. */
export function officeOf(order: Pick<ServerOrder, 'urls' | 'blobFolder' | 'bank'>, engine: Office['engine']): Office {
  const log = createLog({ level: 'error' });
  const metrics = createMetrics();
  // Nothing rests and nothing is too often here: what is tried is the recovery, not the breaker.
  const calls = createOutsideCalls({ metrics, changes: { bank: { timeoutMs: 2000, perMinute: 100_000, openAfter: 1000 } } });
  return {
    database: createDatabase(order.urls, { poolSize: 6, onIdleError: () => undefined }),
    engine,
    blobs: createFileBlobs(order.blobFolder),
    sealing: createSealing(['a secret that only tests know']),
    clock: systemClock,
    log,
    metrics,
    ...paperReader,
    triage: { classify: classifyMessage },
    paymentFiles: createPaymentFiles(),
    bankFiles: createBankFiles(),
    paymentChannel: createBankGateway({
      url: order.bank.url,
      token: order.bank.token,
      arrivesWithinMs: order.bank.arrivesWithinMs,
      system: calls.to('bank'),
    }),
    calls,
    callbacks: createCallbacks({ hosts: [], signingSecret: null, stepFunctions: null, calls }),
    records: createRecordParser(),
    holidays: createPublicHolidays(),
    optimizer: createOptimizer(),
  };
}

async function main(order: ServerOrder): Promise<void> {
  const seen = new Set<string>();
  const points = createFailPoints(order.failPoint, {
    seen(name) {
      if (seen.has(name)) return;
      seen.add(name);
      tell({ kind: 'seen', name });
    },
    fired: () => tell({ kind: 'fired' }),
  });
  process.on('message', (point: FailPoint) => points.arm(point));
  const plain = officeOf(order, () => engine);
  const office: Office = {
    ...plain,
    database: points.database(plain.database),
    blobs: points.blobs(plain.blobs),
    paymentChannel: plain.paymentChannel === null ? null : points.bank(plain.paymentChannel),
  };
  const { graceful } = order;
  const activities = points.activities(createActivities(office));
  const journal = graceful === null ? null : keepJournal(activities, graceful);
  const engine = points.engine(await engineOf(order, office, journal?.activities ?? activities));
  await untilDatabaseCame(() => engine.launch(), { say: (line) => office.log.warn({ event: 'server.waits' }, line) });
  const relay = startRelay({ database: office.database, engine, log: office.log, metrics: office.metrics });
  process.once('SIGTERM', () => {
    journal?.stopping();
    void (async () => {
      await relay.stop();
      await engine.stop();
      await plain.database.close();
      process.exit(0);
    })();
  });
  tell({ kind: 'ready' });
  // The next servers start sooner; one that is killed would leave nothing.
  flushCompileCache();
}

type Work = (context: { readonly idempotencyKey: string }, input: never) => Promise<unknown>;

function keepJournal(real: Activities, { journal, activityMs }: Graceful): { readonly activities: Activities; stopping(): void } {
  const note = (line: string): void => appendFileSync(journal, `${line}\n`);
  let underWay = 0;
  const kept = (work: Work): Work => {
    return async (context, input) => {
      note(`begin ${context.idempotencyKey}`);
      underWay += 1;
      try {
        await delay(activityMs);
        const output = await work(context, input);
        note(`end ${context.idempotencyKey}`);
        return output;
      } catch (thrown) {
        note(`fail ${context.idempotencyKey}`);
        throw thrown;
      } finally {
        underWay -= 1;
      }
    };
  };
  const works = Object.entries(real as unknown as Readonly<Record<string, Work>>);
  const activities = Object.fromEntries(works.map(([name, work]) => [name, kept(work)]));
  return { activities: activities as unknown as Activities, stopping: () => note(`stop ${underWay}`) };
}

async function engineOf({ engine, urls, executorId, graceful }: ServerOrder, { log }: Office, activities: Activities): Promise<Engine> {
  const shared = { databaseUrl: urls.engine, activities, policies: activityPolicies, log };
  if (engine.kind === 'dbos') return createDbosEngine({ ...shared, workflows, executorId, drainMs: graceful?.drainMs });
  return await createTemporalEngine({
    ...shared,
    address: engine.address,
    namespace: 'default',
    apiKey: null,
    isTls: false,
    secrets: [engine.secret],
    workflowNames: Object.keys(workflows),
    workflowBundlePath: engine.bundlePath,
    rooms: ['connectors', 'intelligence', 'orchestration'],
    buildId: 'chaos',
    activitiesAtOnce: 20,
  });
}

function tell(news: ServerNews): void {
  process.send?.(news);
}

if (process.argv[2] !== undefined && process.send !== undefined) await main(JSON.parse(process.argv[2]) as ServerOrder);
