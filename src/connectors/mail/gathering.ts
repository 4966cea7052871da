import type { MessagePart, UnpackProblem } from '#domain/messages';
import type { UnpackLimits } from './unpack-limits.ts';

/** What has been found in one message so far, and how much more may be. Changed in place while containers are opened. */
export interface Gathering {
  readonly limits: UnpackLimits;
  readonly parts: MessagePart[];
  readonly calendars: string[];
  readonly problems: UnpackProblem[];
  readonly texts: string[];
  bytesLeft: number;
  /** Bytes that may still be inflated, kept or not: what bounds the time that refused zip entries cost. */
  inflateLeft: number;
  isFull: boolean;
}

/** One piece inside a mail or zip, before it is known whether it is a document or a container. */
export interface Piece {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export function startGathering(limits: UnpackLimits): Gathering {
  return {
    limits,
    parts: [],
    calendars: [],
    problems: [],
    texts: [],
    bytesLeft: limits.totalBytes,
    inflateLeft: 2 * limits.totalBytes,
    isFull: false,
  };
}

export function addProblem(gathering: Gathering, code: string, message: string, fileName: string | null = null): void {
  // One line per cause is enough for a person; a zip with 900 locked files must not make 900 of them.
  const isKnown = gathering.problems.some((problem) => problem.code === code && problem.fileName === fileName);
  if (!isKnown && gathering.problems.length < 50) gathering.problems.push({ code, message, fileName });
}

/** Keeps one document, or says why it can't. */
export function addPart(gathering: Gathering, piece: Piece, path: readonly string[]): void {
  const { limits } = gathering;
  if (gathering.parts.length >= limits.parts) {
    gathering.isFull = true;
    addProblem(
      gathering,
      'too-many-parts',
      `The message holds more than ${limits.parts} documents. Only the first ${limits.parts} were taken.`,
    );
    return;
  }
  if (!reserveBytes(gathering, piece.bytes.byteLength, piece.fileName)) return;
  gathering.parts.push({ fileName: piece.fileName, declaredMediaType: piece.mediaType, bytes: piece.bytes, path });
}

/** Counts bytes against the message's total; false (with a problem) when the document or the message is too large. */
export function reserveBytes(gathering: Gathering, sizeBytes: number, fileName: string): boolean {
  const { partBytes, totalBytes } = gathering.limits;
  if (sizeBytes > partBytes) {
    addProblem(
      gathering,
      'too-large',
      `"${fileName}" is larger than ${inMegabytes(partBytes)} and was left out. Ask for a smaller file.`,
      fileName,
    );
    return false;
  }
  if (sizeBytes > gathering.bytesLeft) {
    const text = `The documents of this message are larger than ${inMegabytes(totalBytes)} together. "${fileName}" was left out.`;
    addProblem(gathering, 'too-large', text, fileName);
    return false;
  }
  gathering.bytesLeft -= sizeBytes;
  return true;
}

export function inMegabytes(sizeBytes: number): string {
  return `${Math.round(sizeBytes / 1024 / 1024)} MB`;
}

/**
 * A sender's file name as one line for a screen: last path segment, no control characters and no direction overrides
 * (U+202E shows "gnp.exe" as "exe.png"). Never used as a path.
 */
export function displayName(name: string | null | undefined, fallback: string): string {
  const segment = (name ?? '').split(/[\\/]/).findLast((text) => text.trim() !== '') ?? '';
  const clean = segment.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]/g, '').trim();
  return clean === '' ? fallback : clean.slice(0, 255);
}
