import { displayName, type Piece } from './gathering.ts';

/**
 * Attachments of Outlook's winmail.dat. Own reader: the npm packages for TNEF have had no release in years, and the
 * attachment part of the format is small.
 * Source: [MS-OXTNEF] 2.1.3 (attributes) and 2.1.3.4 (encapsulated properties), [MS-OXCMSG] for the property ids.
 */
export interface TnefContent {
  readonly pieces: readonly Piece[];
  readonly isDamaged: boolean;
}

const signature = 0x223e9f78;
const attribute = { startOfAttachment: 0x0006_9002, title: 0x0001_8010, data: 0x0006_800f, properties: 0x0006_9005 } as const;
const property = { data: 0x3701, fileName: 0x3704, longFileName: 0x3707, mediaType: 0x370e } as const;
// [MS-OXCDATA] 2.11.1: bytes of the fixed-size property types, padded to four.
const fixedBytes: Readonly<Record<number, number>> = {
  0x02: 4,
  0x03: 4,
  0x04: 4,
  0x05: 8,
  0x06: 8,
  0x07: 8,
  0x0a: 4,
  0x0b: 4,
  0x14: 8,
  0x40: 8,
  0x48: 16,
};
const objectType = 0x0d;
const unicodeType = 0x1f;

export function isTnef(bytes: Uint8Array): boolean {
  return bytes.byteLength > 6 && bytes[0] === 0x78 && bytes[1] === 0x9f && bytes[2] === 0x3e && bytes[3] === 0x22;
}

/** Reads all attachments; a file cut short gives what came before the cut. */
export function readTnef(bytes: Uint8Array): TnefContent {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const drafts: Draft[] = [];
  if (view.byteLength < 6 || view.readUInt32LE(0) !== signature) return { pieces: [], isDamaged: true };
  let at = 6;
  let isDamaged = false;
  while (at + 9 <= view.byteLength) {
    const id = view.readUInt32LE(at + 1);
    const length = view.readUInt32LE(at + 5);
    const level = view[at];
    if ((level !== 1 && level !== 2) || at + 9 + length > view.byteLength) {
      isDamaged = true;
      break;
    }
    if (level === 2) readAttribute(id, view.subarray(at + 9, at + 9 + length), drafts);
    at += 9 + length + 2;
  }
  return { pieces: drafts.flatMap(pieceOf), isDamaged };
}

interface Draft {
  title: string | null;
  longName: string | null;
  mediaType: string | null;
  data: Buffer | null;
}

function readAttribute(id: number, data: Buffer, drafts: Draft[]): void {
  if (id === attribute.startOfAttachment) drafts.push({ title: null, longName: null, mediaType: null, data: null });
  const draft = drafts.at(-1);
  if (draft === undefined) return;
  if (id === attribute.title) draft.title = textOf(data, false);
  if (id === attribute.data) draft.data = data;
  if (id === attribute.properties) for (const entry of propertiesOf(data)) applyProperty(entry, draft);
}

function applyProperty(entry: Property, draft: Draft): void {
  if (entry.id === property.longFileName) draft.longName = textOf(entry.value, entry.type === unicodeType);
  if (entry.id === property.fileName) draft.title ??= textOf(entry.value, entry.type === unicodeType);
  if (entry.id === property.mediaType) draft.mediaType = textOf(entry.value, entry.type === unicodeType);
  // An object begins with the 16 bytes of its interface; what follows is a TNEF stream of its own (a forwarded mail).
  if (entry.id === property.data) draft.data = entry.type === objectType ? entry.value.subarray(16) : entry.value;
}

interface Property {
  readonly id: number;
  readonly type: number;
  readonly value: Buffer;
}

/** Ends quietly where the list no longer makes sense: lengths come from outside and are checked before each step. */
function* propertiesOf(data: Buffer): Iterable<Property> {
  if (data.byteLength < 4) return;
  let at = 4;
  for (let left = data.readUInt32LE(0); left > 0 && at + 4 <= data.byteLength; left -= 1) {
    const type = data.readUInt16LE(at);
    const id = data.readUInt16LE(at + 2);
    at += 4;
    if (id >= 0x8000) at = skipName(data, at);
    const read = readValue(data, at, type);
    if (read === null) return;
    yield { id, type: type & 0x0fff, value: read.value };
    at = read.next;
  }
}

/** Named properties carry a GUID, then a number or a padded name. */
function skipName(data: Buffer, at: number): number {
  if (at + 24 > data.byteLength) return data.byteLength;
  const isNumber = data.readUInt32LE(at + 16) === 0;
  return isNumber ? at + 24 : at + 24 + padded(data.readUInt32LE(at + 20));
}

function readValue(data: Buffer, start: number, type: number): { readonly value: Buffer; readonly next: number } | null {
  const isMulti = (type & 0x1000) !== 0;
  const fixed = fixedBytes[type & 0x0fff];
  let at = start;
  let count = 1;
  if (isMulti || fixed === undefined) {
    if (at + 4 > data.byteLength) return null;
    count = data.readUInt32LE(at);
    at += 4;
  }
  let value: Buffer = Buffer.alloc(0);
  for (let index = 0; index < count; index += 1) {
    let length = fixed;
    if (length === undefined) {
      if (at + 4 > data.byteLength) return null;
      length = data.readUInt32LE(at);
      at += 4;
    }
    if (at + length > data.byteLength) return null;
    if (index === 0) value = data.subarray(at, at + length);
    at += padded(length);
  }
  return { value, next: at };
}

function padded(length: number): number {
  return length + ((4 - (length % 4)) % 4);
}

function textOf(data: Buffer, isUnicode: boolean): string {
  const text = isUnicode ? data.subarray(0, data.byteLength - (data.byteLength % 2)).toString('utf16le') : data.toString('latin1');
  return text.split('\u0000', 1)[0] ?? '';
}

function pieceOf(draft: Draft, index: number): readonly Piece[] {
  if (draft.data === null) return [];
  const fileName = displayName(draft.longName ?? draft.title, `attachment-${index + 1}`);
  return [{ fileName, mediaType: draft.mediaType?.toLowerCase() ?? 'application/octet-stream', bytes: draft.data }];
}
