import { randomBytes } from 'node:crypto';
import { chown, cp, lstat, mkdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { DeskhandError } from '#domain/errors';
import { platformErrors } from '../errors.ts';
import type { Log } from '../log.ts';
import type { PostgresBinaries } from './binaries.ts';
import { type Identity, postgresUser } from './postgres-user.ts';

/** Where Postgres lives and as whom it runs. */
export interface PostgresHome {
  /** The cluster. */
  readonly folder: string;
  /** Folder with bin, lib and share. */
  readonly binaries: string;
  /** Another user when we are root, which Postgres refuses to run as; else empty. */
  readonly identity: Partial<Identity>;
  readonly environment: NodeJS.ProcessEnv;
  /** Gives a file to the user that Postgres runs as. */
  own(file: string): Promise<void>;
}

// Root's way out when the data folder lies where no other user may enter (/root has mode 700 on most systems).
const sharedFolder = '/var/lib/deskhand';

/**
 * Decides where the cluster and the binaries lie. For a normal user: where they are. As root, Postgres runs as
 * `postgres`; what that user cannot reach is kept below /var/lib/deskhand, with a link in the data folder.
 */
export async function chooseHome(folder: string, binaries: PostgresBinaries, log: Log): Promise<PostgresHome> {
  const identity = await postgresUser();
  if (identity === null) return homeOf(folder, binaries.folder, {});
  const actual = (await canEnter(path.dirname(folder), identity)) ? folder : await moveOut(folder, log);
  const reachable = (await canEnter(binaries.folder, identity)) ? binaries.folder : await copyBinaries(binaries, log);
  const home = homeOf(actual, reachable, identity);
  await mkdir(actual, { recursive: true, mode: 0o700 });
  await home.own(actual);
  return home;
}

function homeOf(folder: string, binaries: string, identity: Partial<Identity>): PostgresHome {
  const { uid, gid } = identity;
  return {
    folder,
    binaries,
    identity,
    environment: { PATH: systemPath(), LC_ALL: 'C', TZ: 'UTC', ...windowsEnvironment() },
    own: async (file) => (uid === undefined || gid === undefined ? undefined : chown(file, uid, gid)),
  };
}

/** Postgres gets no more of our environment than it needs: PGPORT and the like would change what it does. */
function systemPath(): string {
  return process.platform === 'win32' ? 'C:\\Windows\\system32;C:\\Windows' : '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin';
}

function windowsEnvironment(): NodeJS.ProcessEnv {
  return process.platform === 'win32' ? { SystemRoot: 'C:\\Windows' } : {};
}

/** Whether the user may pass through every folder on the way. Follows links, as the system does. */
export async function canEnter(folder: string, { uid, gid }: Identity): Promise<boolean> {
  for (let current = path.resolve(folder); ; current = path.dirname(current)) {
    const { mode, uid: ownerId, gid: groupId } = await stat(current);
    const bit = ownerId === uid ? 0o100 : groupId === gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (current === path.dirname(current)) return true;
  }
}

async function moveOut(folder: string, log: Log): Promise<string> {
  const linked = await readlink(folder).catch(() => null);
  if (linked !== null) return linked;
  const existing = await lstat(folder).catch(() => null);
  const target = path.join(sharedFolder, `data-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
    await mkdir(target, { mode: 0o700 });
    // A cluster that was made before the folder was closed off moves along.
    if (existing !== null) await move(folder, target);
    await symlink(target, folder);
  } catch (cause) {
    throw new DeskhandError(
      platformErrors.dataFolderUnusable,
      `As root, the database runs as the user postgres, which cannot enter ${path.dirname(folder)}, and ${sharedFolder} cannot be written. ` +
        'Set DESKHAND_DATA_DIR to a folder that every user can enter, such as /var/lib/deskhand, or start as a normal user.',
      { cause },
    );
  }
  log.warn(
    { event: 'postgres.moved-out', target },
    `the user postgres cannot enter ${path.dirname(folder)}: the database lies in ${target}`,
  );
  return target;
}

async function move(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true });
  await rename(from, to).catch(async () => {
    await cp(from, to, { recursive: true, preserveTimestamps: true });
    await rm(from, { recursive: true });
  });
}

async function copyBinaries({ folder, version }: PostgresBinaries, log: Log): Promise<string> {
  const target = path.join(sharedFolder, `postgres-${version}`);
  if ((await stat(target).catch(() => null)) !== null) return target;
  log.info({ event: 'postgres.binaries-copied', target }, `copying the database program to ${target}`);
  await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
  const aside = `${target}.${process.pid}`;
  await cp(folder, aside, { recursive: true, verbatimSymlinks: true });
  await rename(aside, target).catch(() => rm(aside, { recursive: true, force: true }));
  return target;
}
