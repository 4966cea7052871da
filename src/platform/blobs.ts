import { createHash, randomBytes } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { DeskhandError } from '#domain/errors';
import type { Blobs } from '#domain/ports';
import { platformErrors } from './errors.ts';

/**
 * Blobs as files: `<folder>/ab/abcdef…`, named by SHA-256. A file is written aside, synced and renamed, so that a name
 * never stands for half a content.
 */
export function createFileBlobs(folder: string): Blobs {
  const fileOf = (sha256: string): string => path.join(folder, sha256.slice(0, 2), sha256);
  return {
    async put(bytes) {
      const sha256 = hashOf(bytes);
      const file = fileOf(sha256);
      // A name that another writer has just made may not be on disk yet, and we promise that it is.
      if (await exists(file)) await syncFolder(path.dirname(file));
      else await writeDurably(file, bytes);
      return { sha256, sizeBytes: bytes.byteLength };
    },
    async get(sha256) {
      const bytes = await readBlob(fileOf(checked(sha256)), sha256);
      if (hashOf(bytes) !== sha256) {
        throw new DeskhandError(platformErrors.blobDamaged, `File ${sha256} in ${folder} was changed on disk. Restore it from a backup.`, {
          details: { sha256 },
        });
      }
      return bytes;
    },
    has: (sha256) => exists(fileOf(checked(sha256))),
  };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A name becomes a path, so nothing but a hash may pass. */
function checked(sha256: string): string {
  if (/^[0-9a-f]{64}$/.test(sha256)) return sha256;
  throw new DeskhandError(platformErrors.blobMissing, 'A file is asked for by its SHA-256: 64 lower-case hex digits.');
}

async function readBlob(file: string, sha256: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new DeskhandError(platformErrors.blobMissing, `File ${sha256} is not in the data folder. Restore it from a backup.`, {
      cause,
      details: { sha256 },
    });
  }
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const folder = path.dirname(file);
  const isNewFolder = (await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined;
  const aside = `${file}.${randomBytes(6).toString('hex')}.part`;
  try {
    const handle = await open(aside, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, file);
  } catch (cause) {
    await rm(aside, { force: true });
    throw cause;
  }
  await syncFolder(folder);
  if (isNewFolder) await syncFolder(path.dirname(folder));
}

/** Makes the name itself durable. Windows cannot open a folder; NTFS journals names. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
