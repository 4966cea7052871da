import { flushCompileCache } from 'node:module';
import { createBankGateway, createCallbacks, createPaymentFiles, createPublicHolidays, createRecordParser } from '#connectors';
import { classifyMessage } from '#intelligence';
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
    clock: systemClock,
    log,
    metrics,
    ...paperReader,
    triage: { classify: classifyMessage },
    paymentFiles: createPaymentFiles(),
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
  const engine = points.engine(await engineOf(order, office, points.activities(createActivities(office))));
  await untilDatabaseCame(() => engine.launch(), { say: (line) => office.log.warn({ event: 'server.waits' }, line) });
  startRelay({ database: office.database, engine, log: office.log, metrics: office.metrics });
  tell({ kind: 'ready' });
  // The next servers start sooner; one that is killed would leave nothing.
  flushCompileCache();
}

async function engineOf({ engine, urls, executorId }: ServerOrder, { log }: Office, activities: Activities): Promise<Engine> {
  const shared = { databaseUrl: urls.engine, activities, policies: activityPolicies, log };
  if (engine.kind === 'dbos') return createDbosEngine({ ...shared, workflows, executorId });
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
