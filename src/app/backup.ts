import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { BackupResult, RestoreInput, RestoreResult } from '#interfaces';
import { DeskhandError } from '#domain/errors';
import {
  checkArchive,
  claimBackupFolder,
  clusterIdentifier,
  copyBlobs,
  copyKeys,
  createLog,
  findBase,
  findRunningInstance,
  inspectDatabase,
  installationSecret,
  lockInstance,
  placesIn,
  platformErrors,
  restoreFiles,
  runningPostgresUrl,
  startPostgres,
  syncFolders,
  takeBaseBackup,
  writeManifest,
  type Config,
} from '#platform';

/**
 * Backs up the installation, whether its server runs or not. Database first, then documents: a document is stored before
 * the row that names it and never changes, so that all that rows speak of comes along.
 *
 * @throws DH_PLATFORM_BACKUP_REFUSED, DH_PLATFORM_BACKUP_MISSING when there is nothing to back up.
 */
export async function createBackup(config: Config, to: string): Promise<BackupResult> {
  const folder = path.resolve(to);
  await claimBackupFolder(folder, await installationName(config));
  const places = placesIn(folder);
  const base = path.join(places.bases, new Date().toISOString().replaceAll(':', '-'));
  await mkdir(base, { recursive: true, mode: 0o700 });
  const { consistentAt, wal, files } =
    config.databaseUrl === null
      ? await withLiveDatabase(config, (url) => takeBaseBackup(path.join(config.dataFolder, 'postgres'), url, base))
      : { consistentAt: new Date().toISOString(), wal: null, files: [] };
  const blobs = await copyBlobs(config.blobFolder, places.blobs);
  const all = [...files, ...(await copyKeys(config.dataFolder, base))];
  await syncFolders(places.bases);
  await writeManifest(base, { format: 1, consistentAt, wal, files: all });
  return { base, hasDatabase: wal !== null, files: all.length, blobs };
}

async function installationName(config: Config): Promise<string> {
  if (config.databaseUrl !== null) {
    const secret = (await installationSecret(config.dataFolder, config.secret)).reveal();
    return `own-${createHash('sha256').update(`installation ${secret}`).digest('hex').slice(0, 16)}`;
  }
  const identifier = await clusterIdentifier(path.join(config.dataFolder, 'postgres'));
  if (identifier !== null) return identifier;
  throw new DeskhandError(
    platformErrors.backupMissing,
    `${config.dataFolder} holds no database yet. Set DESKHAND_DATA_DIR to the one in use.`,
  );
}

/** Gives the owner's URL of the embedded database: of the server that runs, or of one that runs for as long as it is needed. */
export async function withLiveDatabase<Result>(config: Config, work: (url: string) => Promise<Result>): Promise<Result> {
  if ((await findRunningInstance(config.dataFolder)) !== null) return work(await runningPostgresUrl(config.dataFolder));
  const lock = await lockInstance(config.dataFolder);
  try {
    const server = await startPostgres(config.dataFolder, createLog({ level: 'warn' }), { backupFolder: config.backupFolder });
    try {
      return await work(server.url);
    } finally {
      await server.stop();
    }
  } finally {
    await lock.release();
  }
}

/**
 * Puts the newest fitting backup into a new data folder and plays back the archived log, up to a time or to its end.
 *
 * @throws DH_PLATFORM_BACKUP_MISSING, DH_PLATFORM_BACKUP_DAMAGED naming the file, DH_PLATFORM_BACKUP_REFUSED.
 */
export async function restoreBackup(from: string, input: RestoreInput): Promise<RestoreResult> {
  const folder = path.resolve(from);
  const into = path.resolve(input.into);
  const places = placesIn(folder);
  const { base, manifest } = await findBase(folder, input.to);
  const { segments } = manifest.wal === null ? { segments: 0 } : await checkArchive(places.wal, manifest.wal.last);
  await restoreFiles(base, manifest, into);
  const blobs = await copyBlobs(places.blobs, path.join(into, 'blobs'));
  const newestEntryAt = manifest.wal === null ? null : await recover(into, places.wal, input.to);
  return { base, hasDatabase: manifest.wal !== null, segments, newestEntryAt, blobs };
}

async function recover(dataFolder: string, archive: string, to: Date | null): Promise<string | null> {
  const recovery = { archive, to };
  const server = await startPostgres(dataFolder, createLog({ level: 'warn' }), { recovery }).catch((cause: Error) => {
    if (to === null || !cause.message.includes('before configured recovery target')) throw cause;
    const message = `The archived log ends before ${to.toISOString()}. Leave --to out to restore to its end, into another new folder.`;
    throw new DeskhandError(platformErrors.backupMissing, message, { cause });
  });
  try {
    return (await inspectDatabase(server.url)).newestEntryAt;
  } finally {
    await server.stop();
  }
}
