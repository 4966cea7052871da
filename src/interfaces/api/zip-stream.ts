import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** A file to be put into a zip; its path uses `/`. */
interface ZippedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What is packed already is not packed again. */
const isPacked = /\.(pdf|png|jpg|webp|bin)$/;

/**
 * A zip that is written while it is read: one file at a time is in memory, and the writer waits for a slow reader.
 *
 * @param write - adds the files; what it throws ends the stream as broken.
 */
export function zipStream(write: (add: (file: ZippedFile) => Promise<void>) => Promise<unknown>): Readable {
  const out = new PassThrough();
  const zip = new Zip((error, chunk, isLast) => {
    if (error !== null) out.destroy(error);
    else if (isLast) out.end(chunk);
    else out.write(chunk);
  });
  const add = async ({ path, bytes }: ZippedFile): Promise<void> => {
    const entry = isPacked.test(path) ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 });
    zip.add(entry);
    entry.push(bytes, true);
    // A reader that goes away ends the writing as well.
    if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), once(out, 'close')]);
    if (out.destroyed) throw out.errored ?? new DOMException('Nobody reads the zip any more.', 'AbortError');
  };
  write(add).then(
    () => zip.end(),
    (thrown: unknown) => out.destroy(thrown instanceof Error ? thrown : undefined),
  );
  return out;
}
