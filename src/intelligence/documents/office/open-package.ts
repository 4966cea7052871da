import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { maxPackageBytes, maxPackageEntries } from '../limits.ts';

/** Parts of an office file by name, inflated within limits. */
export type PackageParts = ReadonlyMap<string, Uint8Array>;

/**
 * Inflates the wanted parts of an office file, which is a zip. Sizes that entries claim are checked while they inflate,
 * so that a zip bomb ends at the limit whatever it says of itself.
 *
 * @param isWanted - by the name of the part; pictures and macros are never wanted.
 */
export async function openPackage(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean,
): Promise<PackageParts | 'unopenable' | 'too-large'> {
  const parts = new Map<string, Uint8Array>();
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      lazyEntries: true,
      autoClose: false,
      validateEntrySizes: true,
    });
    let [entryCount, bytesLeft] = [0, maxPackageBytes];
    for await (const entry of zip.eachEntry()) {
      entryCount += 1;
      if (entryCount > maxPackageEntries) return 'too-large';
      if (!isWanted(entry.fileName)) continue;
      const part = await inflate(zip, entry, bytesLeft);
      if (part === null) return 'too-large';
      bytesLeft -= part.length;
      parts.set(entry.fileName, part);
    }
    return parts;
  } catch {
    return 'unopenable'; // yauzl and zlib name what is broken in the zip, which helps nobody who got it by mail.
  }
}

async function inflate(zip: ZipFile, entry: Entry, limitBytes: number): Promise<Uint8Array | null> {
  if (entry.uncompressedSize > limitBytes) return null;
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
