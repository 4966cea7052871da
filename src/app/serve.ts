import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import {
  createBankGateway,
  createCallbacks,
  createPaymentFiles,
  createPublicHolidays,
  createRecordParser,
  createUnpacker,
} from '#connectors';
import { createDocumentReader, classifyMessage } from '#intelligence';
import { createApi, createAuth, type Auth } from '#interfaces';
import { startRelay, type Engine, type Office, type Relay } from '#orchestration';
import {
  createDatabase,
  createFileBlobs,
  createLog,
  createMetrics,
  createMirroredBlobs,
  createOutsideCalls,
  databaseUrls,
  installationSecret,
  lockInstance,
  migrate,
  placesIn,
  startPostgres,
  startTelemetry,
  systemClock,
  type Config,
  type Database,
  type DatabaseUrls,
  type Log,
  type OutsideCalls,
} from '#platform';
import { projectFolder, version } from './project-folder.ts';
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
}

/** Things to undo, last first. */
type Undo = () => Promise<unknown>;

/**
 * Starts everything: the database, the engine, the readers, the API with the web app, and the sources. What was
 * started before a failure is stopped again.
 *
 * @param progress - told one line for people at each step.
 */
export async function serve(config: Config, progress: (line: string) => void): Promise<RunningServer> {
  const undo: Undo[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const url = await start(config, progress, undo);
    return { url, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

async function start(config: Config, progress: (line: string) => void, undo: Undo[]): Promise<string | null> {
  await mkdir(config.dataFolder, { recursive: true });
  const log = openLog(config, progress);
  undo.push(startTelemetry({ otlpEndpoint: config.otlpEndpoint, version }));
  const lock = await lockInstance(config.dataFolder);
  undo.push(() => lock.release());
  const secret = (await installationSecret(config.dataFolder, config.secret)).reveal();
  const { database, urls } = await openDatabase(config, secret, { log, progress }, undo);
  const { office, engine } = await openOffice(config, { database, urls, secret }, log, undo);
  if (!config.roles.includes('server')) {
    await engine.launch();
    undo.push(() => engine.stop());
    return null;
  }
  const auth = createAuth({ databaseUrl: urls.signIn, secret, publicUrl: config.publicUrl, log });
  undo.push(() => auth.close());
  progress('Starting the workflow engine');
  await engine.launch();
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
  await startWork({ config, office, auth, log, progress }, undo);
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

async function openDatabase(config: Config, secret: string, { log, progress }: Telling, undo: Undo[]): Promise<OpenDatabase> {
  let ownerUrl = config.databaseUrl?.reveal() ?? null;
  if (ownerUrl === null) {
    progress('Starting the database');
    const server = await startPostgres(config.dataFolder, log, { backupFolder: config.backupFolder });
    undo.push(() => server.stop());
    ownerUrl = server.url;
  }
  if (!config.roles.includes('server')) return connect(databaseUrls(ownerUrl, secret), log, undo);
  const { applied, urls } = await migrate(ownerUrl, path.join(projectFolder, 'migrations'), secret);
  if (applied.length > 0) progress(`Prepared the database (${applied.length} steps)`);
  return connect(urls, log, undo);
}

function connect(urls: DatabaseUrls, log: Log, undo: Undo[]): OpenDatabase {
  const database = createDatabase(urls, { onIdleError: (error) => log.warn({ event: 'database.connection-lost' }, error.message) });
  undo.push(() => database.close());
  return { database, urls };
}

async function openOffice(
  config: Config,
  { database, urls, secret }: OpenDatabase & { readonly secret: string },
  log: Log,
  undo: Undo[],
): Promise<{ office: Office; engine: Engine; calls: OutsideCalls }> {
  const reader = createDocumentReader({ processes: config.readers });
  undo.push(() => reader.close());
  const unpacker = createUnpacker();
  undo.push(() => unpacker.close());
  const metrics = createMetrics();
  const calls = createOutsideCalls({ metrics, changes: config.outsideLimits });
  const office: Office = {
    database,
    engine: () => engine,
    blobs: openBlobs(config, log),
    clock: systemClock,
    log,
    metrics,
    unpacker,
    triage: { classify: classifyMessage },
    reader,
    renderer: reader,
    paymentFiles: createPaymentFiles(),
    paymentChannel: openPaymentChannel(config, calls),
    callbacks: createCallbacks({
      hosts: config.callbackHosts,
      signingSecret: config.callbackSecret?.reveal() ?? null,
      stepFunctions: config.awsRegion === null ? null : { region: config.awsRegion, endpoint: config.awsEndpoint },
    }),
    records: createRecordParser(),
    holidays: createPublicHolidays(),
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
async function startWork(joined: Joined & { readonly progress: (line: string) => void }, undo: Undo[]): Promise<void> {
  const { config, office, auth, log, progress } = joined;
  const sample = config.hasSampleOffice ? await openSampleOffice({ office, auth, log, progress }) : null;
  if (sample !== null) undo.push(() => sample.stop());
  const sources = await startSources({ config, office, log });
  undo.push(() => sources.stop());
}
