import { randomBytes, randomInt } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { DeskhandError } from '#domain/errors';
import { platformErrors } from '../errors.ts';
import type { Log } from '../log.ts';
import { isAlive } from '../process-identity.ts';
import { locateBinaries } from './binaries.ts';
import { type Restart, keepRunning, postmasterOf } from './keep-running.ts';
import { clearOrphan, isOurServer } from './orphans.ts';
import { prepareArchive, prepareRecovery } from './prepare-archive.ts';
import { type PostgresHome, chooseHome } from './postgres-home.ts';
import { runTool } from './run-tool.ts';
import { type ServerPurpose, writeServerSettings } from './server-settings.ts';

/** The embedded database server of one data folder. */
export interface PostgresServer {
  /** Signs in as the owner of the database `deskhand`: for migrations only. */
  readonly url: string;
  /** Ends open transactions and stops the server; returns when it is down. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** From DESKHAND_BACKUP_DIR: the server's log is copied there all the time. */
  readonly backupFolder?: string | null;
  /** For a cluster that was just put back from a backup. */
  readonly recovery?: ServerPurpose['recovery'];
  /** Has it started again, on the same port, whenever it dies before `stop`; told how each start went. @default left dead */
  readonly supervise?: { readonly restarted: (outcome: Restart) => void };
}

const owner = 'deskhand_owner';
const databaseName = 'deskhand';

// A clean start takes 0.1 s, crash recovery of 256 MB of WAL some seconds; after a minute something is wrong.
const startTimeoutS = 60;
// Between two looks whether the log is played back.
const recoveryPauseMs = 100;

/**
 * Starts Postgres 18 from npm binaries in `<dataFolder>/postgres`, on 127.0.0.1 only. Recovers by itself from whatever a
 * `kill -9` left behind: a server that still runs is stopped first, a stale lock file removed.
 *
 * @param dataFolder - absolute.
 * @throws DH_PLATFORM_POSTGRES_FAILED with the end of the server's log.
 */
export async function startPostgres(dataFolder: string, log: Log, options: StartOptions = {}): Promise<PostgresServer> {
  const home = await chooseHome(path.join(dataFolder, 'postgres'), await locateBinaries(), log);
  const password = await ownerPassword(dataFolder);
  if (!(await isInitialised(home))) await initialise(home, password, log);
  await clearOrphan(home, log);
  const { backupFolder = null, recovery } = options;
  const archive = backupFolder === null ? null : await prepareArchive(home, backupFolder);
  if (recovery !== undefined) await prepareRecovery(home, recovery.archive);
  const port = await freePort(dataFolder);
  await writeServerSettings(home, port, { archive, ...(recovery === undefined ? {} : { recovery }) });
  await start(home);
  const urlOf = (database: string): string => urlAt(port, password, database);
  if (recovery !== undefined) await untilRecovered(home, urlOf('postgres'));
  await ensureDatabase(urlOf('postgres'));
  log.info({ event: 'postgres.started', port }, 'postgres started');
  const keeper =
    options.supervise === undefined
      ? null
      : keepRunning({ home, log, start: (signal) => startAgain(home, log, signal), restarted: options.supervise.restarted });
  return {
    url: urlOf(databaseName),
    async stop() {
      await keeper?.stop();
      await stop(home, log);
    },
  };
}

/** With the settings it had. One that somebody else started meanwhile, by `pg_ctl restart` for instance, is as good. */
async function startAgain(home: PostgresHome, log: Log, signal: AbortSignal): Promise<void> {
  const pid = await postmasterOf(home);
  if (pid !== null && isAlive(pid) && (await isOurServer(pid, home))) return;
  await clearOrphan(home, log);
  await start(home, signal);
}

/** One that is dead already has nothing to stop. */
async function stop(home: PostgresHome, log: Log): Promise<void> {
  const isDead = async (): Promise<boolean> => {
    const pid = await postmasterOf(home);
    return pid === null || !isAlive(pid);
  };
  if (await isDead()) {
    log.warn({ event: 'postgres.was-gone' }, 'postgres was gone already');
    return;
  }
  try {
    await runTool(home, 'pg_ctl', ['stop', '-D', home.folder, '-m', 'fast', '-w', '-t', String(startTimeoutS)]);
  } catch (thrown) {
    if (!(await isDead())) throw thrown;
  }
  log.info({ event: 'postgres.stopped' }, 'postgres stopped');
}

/** Owner's URL of the embedded server that another process runs on this data folder. */
export async function runningPostgresUrl(dataFolder: string): Promise<string> {
  const [port, password] = await Promise.all(
    ['postgres-port', 'postgres-password'].map(async (name) => (await readFile(path.join(dataFolder, name), 'utf8')).trim()),
  );
  return urlAt(Number(port), password ?? '', databaseName);
}

function urlAt(port: number, password: string, database: string): string {
  return `postgres://${owner}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

async function ownerPassword(dataFolder: string): Promise<string> {
  const file = path.join(dataFolder, 'postgres-password');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    const password = randomBytes(24).toString('base64url');
    await writeFile(file, `${password}\n`, { mode: 0o600, flag: 'wx' });
    return password;
  }
}

/** `initdb` writes PG_VERSION early; our mark comes last, so that an initdb that was killed is done again. */
async function isInitialised(home: PostgresHome): Promise<boolean> {
  return stat(path.join(home.folder, 'deskhand-initialised')).then(
    () => true,
    () => false,
  );
}

async function initialise(home: PostgresHome, password: string, log: Log): Promise<void> {
  log.info({ event: 'postgres.initialising' }, 'creating the database');
  const passwordFile = path.join(path.dirname(home.folder), `.initdb-${randomBytes(6).toString('hex')}`);
  await rm(home.folder, { recursive: true, force: true });
  await mkdir(home.folder, { mode: 0o700, recursive: true });
  await home.own(home.folder);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await home.own(passwordFile);
  try {
    // The built-in C.UTF-8 locale sorts the same on each system and cannot change under an index with an upgrade of libc.
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const access = ['--auth=scram-sha-256', `--pwfile=${passwordFile}`, `--username=${owner}`];
    await runTool(home, 'initdb', [`--pgdata=${home.folder}`, ...locale, ...access, '--no-instructions']);
  } finally {
    await rm(passwordFile, { force: true });
  }
  const mark = path.join(home.folder, 'deskhand-initialised');
  await writeFile(mark, '');
  await home.own(mark);
}

// Below 32768, where Linux begins to lend ports to outgoing connections (others at 49152): one of those could take ours while a
// server that died is started again, and whoever waits for it would wait at the wrong door.
const [lowestPort, highestPort] = [20_000, 32_767];
const portTries = 20;
// A server that was killed holds its port until the kernel has taken it apart: some seconds on a busy machine. Moving away in
// that moment would leave others waiting at the old one.
const portPatienceMs = 10_000;
const portPauseMs = 100;

/** The port of last time as soon as it is free, else another; kept so that tools can be pointed at it. */
async function freePort(dataFolder: string): Promise<number> {
  const file = path.join(dataFolder, 'postgres-port');
  const before = Number(await readFile(file, 'utf8').catch(() => '0'));
  const isUsable = Number.isInteger(before) && before > 0 && before < 65_536;
  const port = (isUsable ? await patientlyTry(before) : null) ?? (await newPort());
  if (port !== before) await writeFile(file, `${port}\n`);
  return port;
}

async function patientlyTry(port: number): Promise<number | null> {
  for (const giveUpAt = performance.now() + portPatienceMs; ;) {
    const free = await tryPort(port);
    if (free !== null || performance.now() > giveUpAt) return free;
    await new Promise((resume) => setTimeout(resume, portPauseMs));
  }
}

async function newPort(): Promise<number> {
  for (let tries = 0; tries < portTries; tries += 1) {
    const port = await tryPort(randomInt(lowestPort, highestPort + 1));
    if (port !== null) return port;
  }
  const any = await tryPort(0);
  if (any === null) throw new DeskhandError(platformErrors.postgresFailed, 'No free port on 127.0.0.1 for the database.');
  return any;
}

async function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : null));
    });
  });
}

// After kill -9 of the postmaster its children take a moment to notice; until then shared memory is "still in use".
const startAttempts = 100;
const pauseMs = 200;

async function start(home: PostgresHome, signal?: AbortSignal): Promise<void> {
  const logFile = path.join(home.folder, 'server.log');
  await shortenLog(logFile);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await runTool(home, 'pg_ctl', ['start', '-D', home.folder, '-l', logFile, '-w', '-t', String(startTimeoutS)]);
      return;
    } catch (cause) {
      const said = await lastLines(logFile);
      if (attempt < startAttempts && signal?.aborted !== true && said.includes('shared memory block')) {
        await new Promise((resume) => setTimeout(resume, pauseMs));
        continue;
      }
      throw new DeskhandError(platformErrors.postgresFailed, `The database did not start. The end of ${logFile} says:\n${said}`, { cause });
    }
  }
}

// 5 MB hold months of warnings; more is a loop and not worth keeping.
const logLimitBytes = 5 * 1024 * 1024;

async function shortenLog(file: string): Promise<void> {
  const size = await stat(file).then(
    ({ size: bytes }) => bytes,
    () => 0,
  );
  if (size > logLimitBytes) await rm(file);
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '(no log)');
  return text.trimEnd().split('\n').slice(-8).join('\n');
}

/** Playing back takes as long as it takes; the server ends by itself when it cannot. */
async function untilRecovered(home: PostgresHome, url: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    const refusal = await client.connect().then(
      () => null,
      (error: Error) => error,
    );
    await client.end();
    if (refusal === null) return;
    const isRunning = await stat(path.join(home.folder, 'postmaster.pid')).then(
      () => true,
      () => false,
    );
    if (!isRunning) {
      const said = await lastLines(path.join(home.folder, 'server.log'));
      throw new DeskhandError(platformErrors.postgresFailed, `The database could not be restored. It says:\n${said}`, { cause: refusal });
    }
    await new Promise((resume) => setTimeout(resume, recoveryPauseMs));
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}
