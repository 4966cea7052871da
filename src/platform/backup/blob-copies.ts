import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { forEachFile, hashFile, namesIn, syncFolders, writeDurably } from './durable-files.ts';

export interface BlobCopies {
  readonly copied: number;
  readonly present: number;
  /** Hashes whose content is another by now, where they were copied from. */
  readonly damaged: readonly string[];
}

const blobPattern = /^[0-9a-f]{64}$/;

/**
 * Copies what `to` lacks. A blob never changes, so what is there is left alone; each copied one is checked against its
 * name, and a damaged one is left out and named.
 */
export async function copyBlobs(from: string, to: string): Promise<BlobCopies> {
  const damaged: string[] = [];
  let copied = 0;
  let present = 0;
  await forEachFile(await blobsIn(from), async ({ sha256, file }) => {
    const target = path.join(to, sha256.slice(0, 2), sha256);
    if (await isFile(target)) present += 1;
    else if ((await hashFile(file)) !== sha256) damaged.push(sha256);
    else {
      await writeDurably(createReadStream(file), target);
      copied += 1;
    }
  });
  if (copied > 0) await syncFolders(to);
  return { copied, present, damaged };
}

async function blobsIn(folder: string): Promise<readonly { readonly sha256: string; readonly file: string }[]> {
  const found: { sha256: string; file: string }[] = [];
  for (const prefix of await namesIn(folder)) {
    for (const sha256 of await namesIn(path.join(folder, prefix))) {
      if (blobPattern.test(sha256)) found.push({ sha256, file: path.join(folder, prefix, sha256) });
    }
  }
  return found;
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
