import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DeskhandError } from '#domain/errors';
import { claimBackupFolder, clusterIdentifier, placesIn } from '../backup/backup-folder.ts';
import { namesIn } from '../backup/durable-files.ts';
import { platformErrors } from '../errors.ts';
import { type PostgresHome, canEnter } from './postgres-home.ts';

/** Makes the folder for the log of this cluster. @throws DH_PLATFORM_BACKUP_REFUSED when it cannot be used. */
export async function prepareArchive(home: PostgresHome, backupFolder: string): Promise<string> {
  if (process.platform === 'win32') {
    throw new DeskhandError(
      platformErrors.backupRefused,
      'DESKHAND_BACKUP_DIR needs a POSIX shell with gzip, which Windows lacks. Unset it, and run "deskhand backup create" by a schedule.',
    );
  }
  await claimBackupFolder(backupFolder, (await clusterIdentifier(home.folder)) ?? '');
  const { wal } = placesIn(backupFolder);
  await mkdir(wal, { recursive: true, mode: 0o700 });
  await home.own(wal);
  await refuseUnreachable(home, wal);
  return wal;
}

/** Gives a cluster that was put back to the user that Postgres runs as, and tells Postgres to play back the log. */
export async function prepareRecovery(home: PostgresHome, archive: string): Promise<void> {
  await refuseUnreachable(home, path.dirname(archive));
  // An archive that was copied by root would be closed to Postgres, and the log would seem to end there.
  for (const name of await namesIn(archive)) await home.own(path.join(archive, name));
  if ((await namesIn(archive)).length > 0) await home.own(archive);
  await writeFile(path.join(home.folder, 'recovery.signal'), '');
  for (const entry of await readdir(home.folder, { recursive: true })) await home.own(path.join(home.folder, entry));
}

async function refuseUnreachable({ identity: { uid, gid } }: PostgresHome, folder: string): Promise<void> {
  if (uid === undefined || gid === undefined || (await canEnter(folder, { uid, gid }))) return;
  throw new DeskhandError(
    platformErrors.backupRefused,
    `As root, the database runs as the user postgres, which cannot enter ${folder}. Name a folder that every user can enter, or run Deskhand as a normal user.`,
  );
}
