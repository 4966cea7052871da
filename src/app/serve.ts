import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import {
  createBankGateway,
  createCallbacks,
  createBankFiles,
  createPaymentFiles,
  createPublicHolidays,
  createRecordParser,
  createUnpacker,
} from '#connectors';
import { createDocumentReader, createOptimizer, layoutMemory, classifyMessage } from '#intelligence';
import { createApi, createAuth, type Auth } from '#interfaces';
import { startHousekeeping, startRelay, type Engine, type Office, type Relay } from '#orchestration';
import {
  createDatabase,
  createFileBlobs,
  createLog,
  createMetrics,
  createMirroredBlobs,
  createOutsideCalls,
  createSealing,
  databaseUrls,
  installationSecret,
  lastBackupAt,
  lockInstance,
  migrate,
  placesIn,
  startPostgres,
  startTelemetry,
  systemClock,
  untilDatabaseCame,
  untilMigrated,
  type Config,
  type Database,
  type DatabaseUrls,
  type Log,
  type Metrics,
  type OutsideCalls,
} from '#platform';
import { projectFolder, version } from './project-folder.ts';
import { openCorrespondence } from './open-correspondence.ts';
import { openLanguageModel } from './open-language-model.ts';
import { openEngine } from './open-engine.ts';
import { openSampleOffice, sampleMembers } from './open-sample-office.ts';
import { startSources } from './start-sources.ts';

export interface RunningServer {
  /** Null for a process that only works. */
  readonly url: string | null;
  stop(): Promise<void>;
}

interface Telling {
  readonly log: Log;
  readonly progress: (line: string) => void;
  /** Ends a wait for the database. */
  readonly signal: AbortSignal;
}

/** Things to undo, last first. */
type Undo = () => Promise<unknown>;

/**
 * Starts everything: the database, the engine, the readers, the API with the web app, and the sources. What was
 * started before a failure is stopped again.
 *
 * @param progress - told one line for people at each step.
 * @param signal - ends a start that waits for the database.
 */
export async function serve(config: Config, progress: (line: string) => void, signal: AbortSignal): Promise<RunningServer> {
  await mkdir(config.dataFolder, { recursive: true });
  const log = openLog(config, progress);
  const undo: Undo[] = [];
  const stop = (): Promise<void> => undoAll(undo, log);
  try {
    const url = await start(config, { log, progress, signal }, undo);
    return { url, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

// More than any step takes while the database answers; the database's own stop, which comes late, has its own limit.
const stepPatienceMs = 65_000;

/** Undoes everything, whatever fails on the way: a stop that stops halfway would leave the database and the lock behind. */
async function undoAll(undo: Undo[], log: Log): Promise<void> {
  for (const step of undo.splice(0).toReversed()) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      log.warn({ event: 'server.stop-left-behind' }, 'a part of the server did not stop in time');
      resolve();
    }, stepPatienceMs);
    const work = step().catch((thrown: unknown) =>
      log.warn({ event: 'server.stop-failed', err: thrown }, 'a part of the server did not stop'),
    );
    await Promise.race([work, promise]);
    clearTimeout(timer);
  }
}

async function start(config: Config, telling: Telling, undo: Undo[]): Promise<string | null> {
  const { log, progress } = telling;
  undo.push(startTelemetry({ otlpEndpoint: config.otlpEndpoint, version }));
  const lock = await lockInstance(config.dataFolder);
  undo.push(() => lock.release());
  const secret = (await installationSecret(config.dataFolder, config.secret)).reveal();
  const metrics = createMetrics();
  const { database, urls } = await openDatabase(config, { secret, metrics }, telling, undo);
  const { office, engine, calls } = await openOffice(config, { database, urls, secret, metrics }, log, undo);
  const patience = { say: progress, signal: telling.signal };
  if (!config.roles.includes('server')) {
    await untilDatabaseCame(() => engine.launch(), patience);
    undo.push(() => engine.stop());
    return null;
  }
  const auth = createAuth({ databaseUrl: urls.signIn, secret, publicUrl: config.publicUrl, log });
  undo.push(() => auth.close());
  progress('Starting the workflow engine');
  await untilDatabaseCame(() => engine.launch(), patience);
  undo.push(() => engine.stop());
  const url = await openDoors({ config, office, auth, log }, undo);
  await lock.announce(url);
  const relay: Relay = startRelay({
    database: office.database,
    engine,
    log,
    metrics: office.metrics,
    workLimit: config.workLimit,
  });
  undo.push(() => relay.stop());
  const housekeeping = startHousekeeping({ office, keepDays: config.runRetentionDays, lastBackup: lastBackupIn(config) });
  undo.push(() => housekeeping.stop());
  await startWork({ config, office, auth, calls, ...telling }, undo);
  return url;
}

/** Lines of JSON go to stderr; on a terminal, where a person reads, to a file of this run instead. */
function openLog(config: Config, progress: (line: string) => void): Log {
  if (process.stderr.isTTY !== true) return createLog({ level: config.logLevel });
  const file = path.join(config.dataFolder, 'deskhand.log');
  progress(`Log of this run: ${file}`);
  return createLog({ level: config.logLevel, destination: createWriteStream(file, { flags: 'w' }) });
}

interface OpenDatabase {
  readonly database: Database;
  readonly urls: DatabaseUrls;
}

// A worker that is started with its server, or before it, finds the database as it was.
const migrationPatienceMs = 60_000;

/** A database that is away or full is waited for: in a cluster it often comes up beside us, or after us. */
async function openDatabase(
  config: Config,
  { secret, metrics }: { readonly secret: string; readonly metrics: Metrics },
  telling: Telling,
  undo: Undo[],
): Promise<OpenDatabase> {
  const { log, progress: say, signal } = telling;
  const ownerUrl = config.databaseUrl?.reveal() ?? (await startOwnDatabase(config, metrics, telling, undo));
  const folder = path.join(projectFolder, 'migrations');
  if (!config.roles.includes('server')) {
    await untilDatabaseCame(() => untilMigrated(ownerUrl, folder, migrationPatienceMs), { say, signal });
    return connect(databaseUrls(ownerUrl, secret), log, undo);
  }
  const { applied, ahead, urls } = await untilDatabaseCame(() => migrate(ownerUrl, folder, secret), { say, signal });
  if (applied.length > 0) say(`Prepared the database (${applied.length} steps)`);
  if (ahead.length > 0) say(`The database is ${ahead.length} steps ahead of this version, which works on beside the newer one`);
  return connect(urls, log, undo);
}

/** Started again by itself should it die. @returns the owner's URL */
async function startOwnDatabase(config: Config, metrics: Metrics, { log, progress }: Telling, undo: Undo[]): Promise<string> {
  progress('Starting the database');
  const restarted = (outcome: 'started' | 'failed'): void => {
    metrics.count('postgresRestarts', { outcome });
    progress(outcome === 'started' ? 'The database had ended and runs again' : 'The database has ended and does not start; trying again');
  };
  const server = await startPostgres(config.dataFolder, log, { backupFolder: config.backupFolder, supervise: { restarted } });
  undo.push(() => server.stop());
  return server.url;
}

function connect(urls: DatabaseUrls, log: Log, undo: Undo[]): OpenDatabase {
  const database = createDatabase(urls, { onIdleError: (error) => log.warn({ event: 'database.connection-lost' }, error.message) });
  undo.push(() => database.close());
  return { database, urls };
}

async function openOffice(
  config: Config,
  { database, urls, secret, metrics }: OpenDatabase & { readonly secret: string; readonly metrics: Metrics },
  log: Log,
  undo: Undo[],
): Promise<{ office: Office; engine: Engine; calls: OutsideCalls }> {
  const reader = createDocumentReader({ processes: config.readers });
  undo.push(() => reader.close());
  const unpacker = createUnpacker();
  undo.push(() => unpacker.close());
  const optimizer = createOptimizer();
  undo.push(() => optimizer.close());
  const calls = createOutsideCalls({ metrics, changes: config.outsideLimits });
  const languageModel = openLanguageModel(config, calls);
  const office: Office = {
    database,
    engine: () => engine,
    blobs: openBlobs(config, log),
    sealing: createSealing([secret, ...(config.earlierSecret === null ? [] : [config.earlierSecret.reveal()])]),
    clock: systemClock,
    log,
    metrics,
    unpacker,
    triage: { classify: classifyMessage },
    reader,
    renderer: reader,
    paymentFiles: createPaymentFiles({ format: config.paymentFormat, achCompanyId: config.achCompanyId }),
    bankFiles: createBankFiles(),
    paymentChannel: openPaymentChannel(config, calls),
    calls,
    callbacks: createCallbacks({
      calls,
      hosts: config.callbackHosts,
      signingSecret: config.callbackSecret?.reveal() ?? null,
      stepFunctions: config.awsRegion === null ? null : { region: config.awsRegion, endpoint: config.awsEndpoint },
    }),
    records: createRecordParser(),
    holidays: createPublicHolidays(),
    optimizer,
    memory: layoutMemory,
    correspondence: openCorrespondence(config, calls),
    ...(languageModel === undefined ? {} : { languageModel }),
  };
  const engine = await openEngine({ config, office, databaseUrl: urls.engine, secret });
  return { office, engine, calls };
}

/** Where backups are kept, each document is copied as it comes. */
function openBlobs({ blobFolder, backupFolder }: Config, log: Log): Office['blobs'] {
  const blobs = createFileBlobs(blobFolder);
  return backupFolder === null ? blobs : createMirroredBlobs(blobs, createFileBlobs(placesIn(backupFolder).blobs), log);
}

function openPaymentChannel({ bankUrl, bankToken }: Config, calls: OutsideCalls): Office['paymentChannel'] {
  if (bankUrl === null || bankToken === null) return null;
  return createBankGateway({ url: bankUrl, token: bankToken.reveal(), system: calls.to('bank') });
}

function lastBackupIn({ backupFolder }: Config): (() => Promise<Date | null>) | null {
  return backupFolder === null ? null : () => lastBackupAt(backupFolder);
}

interface Joined {
  readonly config: Config;
  readonly office: Office;
  readonly auth: Auth;
  readonly log: Log;
}

async function openDoors({ config, office, auth, log }: Joined, undo: Undo[]): Promise<string> {
  const api = await createApi({
    office,
    auth,
    log,
    webRoot: path.join(projectFolder, 'dist', 'web'),
    sampleMembers: () => sampleMembers(office.database),
    version,
    isSecure: config.publicUrl?.startsWith('https:') ?? false,
    // A public address while we listen on this machine only: a proxy stands in front and speaks for its callers.
    isBehindProxy: config.publicUrl !== null && ['127.0.0.1', 'localhost', '::1'].includes(config.host),
  });
  undo.push(() => api.close());
  await api.listen({ host: config.host, port: config.port });
  return config.publicUrl ?? `http://${config.host}:${config.port}`;
}

/** The sample office on a first start, then whatever mailboxes and folders the settings name. */
async function startWork(joined: Joined & Telling & { readonly calls: OutsideCalls }, undo: Undo[]): Promise<void> {
  const { config, office, auth, calls, log, progress, signal } = joined;
  const open = () => openSampleOffice({ office, auth, log, progress });
  const sample = config.hasSampleOffice ? await untilDatabaseCame(open, { say: progress, signal }) : null;
  if (sample !== null) undo.push(() => sample.stop());
  const sources = await startSources({ config, office, log, calls });
  undo.push(() => sources.stop());
}
