import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DeskhandError } from '#domain/errors';
import { platformErrors } from '../errors.ts';
import { namesIn } from './durable-files.ts';

/** Postgres' segments as initdb makes them by default: 16 MiB, 256 to a "log". */
const segmentBytes = 16 * 1024 * 1024;
const segmentsPerLog = 256;

const segmentPattern = /^[0-9A-F]{24}$/;
export const compressedSuffix = '.gz';

/**
 * For `archive_command`. It never overwrites: what is there already must be the same, as after a crash. Compressed,
 * because a segment that is closed after a minute is mostly zeros; gzip's own checksum finds what is damaged later.
 */
export function archiveCommand(folder: string): string {
  const target = `${shellWord(folder).replaceAll('%', '%%')}/%f${compressedSuffix}`;
  return [
    `if test -f ${target}; then gzip -dc ${target} | cmp -s - "%p"`,
    `else gzip -1 -c "%p" > ${target}.part && sync ${target}.part && mv ${target}.part ${target}; fi`,
  ].join('; ');
}

/** For `restore_command`: fails, as it should, for what the archive does not hold. */
export function restoreCommand(folder: string): string {
  const source = `${shellWord(folder).replaceAll('%', '%%')}/%f${compressedSuffix}`;
  return `test -f ${source} && gzip -dc ${source} > "%p"`;
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Segments of one timeline from the first to the last, by name. */
export function segmentsBetween(first: string, last: string): readonly string[] {
  const names: string[] = [];
  for (let number = numberOf(first); number <= numberOf(last); number += 1) names.push(nameOf(first.slice(0, 8), number));
  return names;
}

/**
 * Reads every archived segment that a restore from a backup could need, and says which one is damaged or missing. A
 * restore would otherwise end at the fault without a word, as if the log ended there.
 *
 * @param after - the last segment that the backup itself holds.
 * @throws DH_PLATFORM_BACKUP_DAMAGED
 */
export async function checkArchive(folder: string, after: string): Promise<{ readonly segments: number }> {
  const held = (await namesIn(folder))
    .filter((name) => name.endsWith(compressedSuffix))
    .map((name) => name.slice(0, -compressedSuffix.length))
    // Names sort by timeline, then by position.
    .filter((name) => segmentPattern.test(name) && name > after)
    .toSorted();
  for (const [timeline, names] of Map.groupBy(held, (name) => name.slice(0, 8))) {
    const from = timeline === after.slice(0, 8) ? nameOf(timeline, numberOf(after) + 1) : (names[0] ?? after);
    const missing = segmentsBetween(from, names.at(-1) ?? from).find((name) => !names.includes(name));
    if (missing !== undefined) throw damaged(path.join(folder, missing + compressedSuffix), 'is missing, though later ones are there');
    for (const name of names) await checkSegment(path.join(folder, name + compressedSuffix));
  }
  return { segments: held.length };
}

async function checkSegment(file: string): Promise<void> {
  let sizeBytes = 0;
  try {
    await pipeline(createReadStream(file), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) sizeBytes += chunk.byteLength;
    });
  } catch (cause) {
    throw damaged(file, `cannot be read (${(cause as Error).message})`, cause);
  }
  if (sizeBytes !== segmentBytes) throw damaged(file, `holds ${sizeBytes} bytes and not ${segmentBytes}`);
}

function damaged(file: string, what: string, cause?: unknown): DeskhandError {
  return new DeskhandError(
    platformErrors.backupDamaged,
    `${file} ${what}. Take it from another copy of the backup, or move it and all later ones away: the restore then ends before it.`,
    { cause, details: { file } },
  );
}

function numberOf(name: string): number {
  return Number.parseInt(name.slice(8, 16), 16) * segmentsPerLog + Number.parseInt(name.slice(16), 16);
}

function nameOf(timeline: string, number: number): string {
  const hex = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0');
  return `${timeline}${hex(Math.floor(number / segmentsPerLog))}${hex(number % segmentsPerLog)}`;
}
