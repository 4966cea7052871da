import { randomBytes } from 'node:crypto';
import { access, constants, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DeskhandError } from '#domain/errors';
import { platformErrors } from './errors.ts';
import { isAlive, startOf } from './process-identity.ts';

/** Held by the one Deskhand that works on a data folder. */
export interface InstanceLock {
  /** Tells a second start, `status` and `doctor` where this one listens. */
  announce(url: string): Promise<void>;
  release(): Promise<void>;
}

/** Who holds a data folder. */
export interface RunningInstance {
  readonly pid: number;
  /** Null until it listens. */
  readonly url: string | null;
}

interface LockContent extends RunningInstance {
  readonly startedAt: string | null;
}

/**
 * Takes the data folder for this process, making it if need be. A lock whose process is gone, or whose number belongs to another process by
 * now, is stale and is replaced.
 *
 * @throws DH_PLATFORM_ALREADY_RUNNING with the address of the one that runs, DH_PLATFORM_DATA_FOLDER_UNUSABLE.
 */
export async function lockInstance(dataFolder: string): Promise<InstanceLock> {
  const file = lockFileOf(dataFolder);
  await makeDataFolder(dataFolder);
  const content: LockContent = { pid: process.pid, startedAt: await startOf(process.pid), url: null };
  for (;;) {
    if (await createWhole(file, content)) break;
    const holder = await findRunningInstance(dataFolder);
    if (holder !== null) throw alreadyRunning(holder, dataFolder);
    await removeStale(file);
  }
  return {
    announce: (url) => replaceWhole(file, { ...content, url }),
    async release() {
      if ((await readLock(file))?.pid === process.pid) await rm(file, { force: true });
    },
  };
}

/** The Deskhand that works on this folder right now, or null. */
export async function findRunningInstance(dataFolder: string): Promise<RunningInstance | null> {
  const held = await readLock(lockFileOf(dataFolder));
  if (held === null || !isAlive(held.pid)) return null;
  const startedAt = await startOf(held.pid);
  if (startedAt !== null && held.startedAt !== null && startedAt !== held.startedAt) return null;
  return { pid: held.pid, url: held.url };
}

/** Mode 711: others may pass through (as root, Postgres runs as another user) but not look around. */
async function makeDataFolder(dataFolder: string): Promise<void> {
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o711 });
    await access(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new DeskhandError(
      platformErrors.dataFolderUnusable,
      `The data folder ${dataFolder} cannot be made or written (${(cause as Error).message}). Set DESKHAND_DATA_DIR to a folder that this user owns.`,
      { cause },
    );
  }
}

function lockFileOf(dataFolder: string): string {
  return path.join(dataFolder, 'deskhand.pid');
}

async function readLock(file: string): Promise<LockContent | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    const content = JSON.parse(text) as Partial<LockContent>;
    if (typeof content.pid !== 'number') return null;
    return { pid: content.pid, startedAt: content.startedAt ?? null, url: content.url ?? null };
  } catch {
    return null; // cut short by a power loss: nobody holds it
  }
}

/** Link instead of open: the name appears with its whole content or not at all, and only for one process. */
async function createWhole(file: string, content: LockContent): Promise<boolean> {
  const aside = await writeAside(file, content);
  try {
    await link(aside, file);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    return false;
  } finally {
    await rm(aside, { force: true });
  }
}

async function replaceWhole(file: string, content: LockContent): Promise<void> {
  await rename(await writeAside(file, content), file);
}

async function writeAside(file: string, content: LockContent): Promise<string> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(aside, JSON.stringify(content), { mode: 0o600 });
  return aside;
}

/** Two starts may find the same stale lock; the rename makes sure that neither removes the other's fresh one unseen. */
async function removeStale(file: string): Promise<void> {
  const taken = `${file}.stale-${randomBytes(6).toString('hex')}`;
  await rename(file, taken).catch(() => null);
  const content = await readLock(taken);
  const isFresh = content !== null && isAlive(content.pid) && (await startOf(content.pid)) === content.startedAt;
  if (isFresh) await link(taken, file).catch(() => null);
  await rm(taken, { force: true });
}

function alreadyRunning({ pid, url }: RunningInstance, dataFolder: string): DeskhandError {
  const where = url === null ? 'is starting' : `runs at ${url}`;
  return new DeskhandError(
    platformErrors.alreadyRunning,
    `Deskhand already ${where} (process ${pid}) on ${dataFolder}. Stop it first, or set DESKHAND_DATA_DIR to another folder.`,
    { details: { pid, url } },
  );
}
