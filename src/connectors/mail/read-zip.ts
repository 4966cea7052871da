import { fromBufferPromise, getFileNameLowLevel, type Entry, type ZipFile } from 'yauzl';
import { addProblem, displayName, inMegabytes, type Gathering, type Piece } from './gathering.ts';

/** Whether the bytes begin like a zip (local header, or the end record of an empty one). */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));
}

/**
 * Gives the files of a zip one by one, each within the limits; problems go to the gathering. Gives null when the zip is
 * itself a document (docx, xlsx, odt, jar are zips too).
 *
 * Entry names are only shown, never used as paths, so `../../etc/passwd` is just a name.
 */
export async function openZip(bytes: Uint8Array, zipName: string, gathering: Gathering): Promise<AsyncIterable<Piece> | null> {
  let zip: ZipFile;
  const entries: Entry[] = [];
  try {
    zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      // yauzl would refuse the whole archive for one name with `..`; names are decoded here instead.
      decodeStrings: false,
      lazyEntries: true,
      autoClose: false,
      validateEntrySizes: true,
    });
  } catch {
    addProblem(gathering, 'zip-damaged', `"${zipName}" looks like a zip file but is damaged. Ask the sender to send it again.`, zipName);
    return null;
  }
  try {
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      if (entries.length > gathering.limits.zipEntries) break;
    }
  } catch {
    addProblem(gathering, 'zip-damaged', `The table of contents of "${zipName}" is damaged; what could be read was taken.`, zipName);
  }
  if (entries.some((entry) => isOfficeMark(nameOf(entry)))) return null;
  return unpackEntries(zip, entries, zipName, gathering);
}

/** OOXML, OpenDocument/EPUB and Java archives are documents (or nothing for us), not collections of documents. */
function isOfficeMark(name: string): boolean {
  return name === '[Content_Types].xml' || name === 'mimetype' || name === 'META-INF/MANIFEST.MF';
}

async function* unpackEntries(zip: ZipFile, entries: readonly Entry[], zipName: string, gathering: Gathering): AsyncIterable<Piece> {
  const { zipEntries } = gathering.limits;
  for (const entry of entries.slice(0, zipEntries)) {
    if (gathering.isFull) return;
    const name = nameOf(entry);
    if (name.endsWith('/') || isClutter(name)) continue;
    const bytes = await inflate(zip, entry, displayName(name, 'unnamed'), zipName, gathering);
    if (bytes !== null) yield { fileName: displayName(name, 'unnamed'), mediaType: 'application/octet-stream', bytes };
  }
  if (entries.length > zipEntries) {
    addProblem(
      gathering,
      'too-many-parts',
      `"${zipName}" holds more than ${zipEntries} files. Only the first ${zipEntries} were looked at.`,
      zipName,
    );
  }
}

/** What macOS and Windows add to a zip without being asked. */
function isClutter(name: string): boolean {
  return name.startsWith('__MACOSX/') || /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(name);
}

function nameOf(entry: Entry): string {
  // With decodeStrings off, fileName is the raw buffer; the low level function knows UTF-8 flag, CP437 and the Unicode extra field.
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
}

async function inflate(zip: ZipFile, entry: Entry, name: string, zipName: string, gathering: Gathering): Promise<Uint8Array | null> {
  if (entry.isEncrypted()) {
    addProblem(
      gathering,
      'zip-encrypted',
      `"${zipName}" is locked with a password. Ask the sender for it, unpack it yourself and drop the documents here.`,
      zipName,
    );
    return null;
  }
  if (!entry.canDecodeFileData()) {
    addProblem(
      gathering,
      'zip-unsupported',
      `"${name}" in "${zipName}" is packed in a way that can't be read here. Ask for an ordinary zip.`,
      name,
    );
    return null;
  }
  const limitBytes = Math.min(gathering.limits.partBytes, gathering.bytesLeft);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const piece = chunk as Uint8Array;
      sizeBytes += piece.byteLength;
      gathering.inflateLeft -= piece.byteLength;
      if (gathering.inflateLeft < 0) return stopInflating(zipName, gathering);
      if (isBomb(sizeBytes, entry.compressedSize, gathering)) return refuseBomb(zipName, gathering);
      if (sizeBytes > limitBytes) {
        addProblem(
          gathering,
          'too-large',
          `"${name}" in "${zipName}" is larger than ${inMegabytes(limitBytes)} once unpacked and was left out.`,
          name,
        );
        return null;
      }
      chunks.push(piece);
    }
  } catch {
    addProblem(gathering, 'zip-damaged', `"${name}" in "${zipName}" is damaged and was left out. Ask the sender to send it again.`, name);
    return null;
  }
  return Buffer.concat(chunks);
}

function isBomb(sizeBytes: number, compressedBytes: number, gathering: Gathering): boolean {
  const { zipRatio, zipRatioFromBytes } = gathering.limits;
  return sizeBytes > zipRatioFromBytes && sizeBytes > zipRatio * Math.max(compressedBytes, 1);
}

function stopInflating(zipName: string, gathering: Gathering): null {
  gathering.isFull = true;
  addProblem(
    gathering,
    'too-large',
    `"${zipName}" holds more data than one message may. The rest of it was left out; ask for fewer documents at once.`,
    zipName,
  );
  return null;
}

function refuseBomb(zipName: string, gathering: Gathering): null {
  const { zipRatio } = gathering.limits;
  addProblem(
    gathering,
    'zip-bomb',
    `"${zipName}" grows to more than ${zipRatio} times its size when unpacked, as zip bombs do. That part was left out.`,
    zipName,
  );
  return null;
}
