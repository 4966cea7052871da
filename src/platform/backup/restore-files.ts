import { createReadStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { DeskhandError } from '#domain/errors';
import { platformErrors } from '../errors.ts';
import type { Manifest } from './backup-folder.ts';
import { type FileRecord, forEachFile, hashFile, namesIn, syncFolders, writeDurably } from './durable-files.ts';
import { compressedSuffix } from './wal-archive.ts';

// Folders of a cluster that may hold no file; Postgres does not start without them.
const clusterFolders =
  'pg_commit_ts pg_dynshmem pg_logical/mappings pg_logical/snapshots pg_notify pg_replslot pg_serial pg_snapshots pg_stat pg_stat_tmp pg_subtrans pg_tblspc pg_twophase pg_wal/archive_status'.split(
    ' ',
  );

/** What only this installation has, beside database and documents. A secret from DESKHAND_SECRET is not among it. */
const keys = ['secret', 'postgres-password', 'deskhand.config.json'];

export async function copyKeys(dataFolder: string, into: string): Promise<FileRecord[]> {
  const records: FileRecord[] = [];
  for (const name of await namesIn(dataFolder)) {
    if (!keys.includes(name)) continue;
    records.push({ path: name, ...(await writeDurably(createReadStream(path.join(dataFolder, name)), path.join(into, name))) });
  }
  return records;
}

/**
 * Puts the files of one backup into an empty data folder, each checked against the manifest first.
 *
 * @throws DH_PLATFORM_BACKUP_REFUSED when the folder is not empty, DH_PLATFORM_BACKUP_DAMAGED naming the file.
 */
export async function restoreFiles(base: string, manifest: Manifest, dataFolder: string): Promise<void> {
  if ((await namesIn(dataFolder)).length > 0) {
    throw new DeskhandError(platformErrors.backupRefused, `${dataFolder} is not empty. Name a new folder: a restore never overwrites.`);
  }
  await mkdir(dataFolder, { recursive: true, mode: 0o711 });
  await forEachFile(manifest.files, async (record) => {
    const source = path.join(base, record.path);
    await check(source, record);
    const isWal = record.path.startsWith('wal/');
    const name = isWal ? `postgres/pg_wal/${path.basename(record.path, compressedSuffix)}` : record.path;
    await writeDurably(createReadStream(source), path.join(dataFolder, name), isWal ? [createGunzip()] : []);
  });
  if (manifest.wal !== null) {
    for (const folder of clusterFolders) await mkdir(path.join(dataFolder, 'postgres', folder), { recursive: true, mode: 0o700 });
  }
  await syncFolders(dataFolder);
}

async function check(file: string, { sizeBytes, sha256 }: FileRecord): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => null,
  );
  if (size === sizeBytes && (await hashFile(file)) === sha256) return;
  const what = size === null ? 'is missing' : 'was changed after the backup wrote it';
  throw new DeskhandError(
    platformErrors.backupDamaged,
    `${file} ${what}. Take it from another copy of the backup, or restore an earlier backup.`,
    {
      details: { file },
    },
  );
}
