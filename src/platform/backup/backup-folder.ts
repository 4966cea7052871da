import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { asDeskhandError, DeskhandError } from '#domain/errors';
import { platformErrors } from '../errors.ts';
import { namesIn, syncPath, writeDurably } from './durable-files.ts';

/** Where things lie in a backup folder. `base` holds one folder for each `backup create`. */
export const placesIn = (folder: string): Readonly<Record<'mark' | 'bases' | 'wal' | 'blobs', string>> => ({
  mark: path.join(folder, 'installation.json'),
  bases: path.join(folder, 'base'),
  wal: path.join(folder, 'wal'),
  blobs: path.join(folder, 'blobs'),
});

const markSchema = z.object({ format: z.literal(1), installation: z.string().min(1) });

const manifestSchema = z.object({
  format: z.literal(1),
  /** The first moment that it can be restored to. */
  consistentAt: z.iso.datetime(),
  /** Null when the database is a server of one's own, whose tools back it up. */
  wal: z.object({ first: z.string(), last: z.string() }).nullable(),
  files: z.array(z.object({ path: z.string(), sizeBytes: z.number(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/**
 * Takes a folder for the backups of one installation, or finds that it is taken by it.
 *
 * @throws DH_PLATFORM_BACKUP_REFUSED when something else lies in it.
 */
export async function claimBackupFolder(folder: string, installation: string): Promise<void> {
  const { mark } = placesIn(folder);
  // Mode 711: as root, Postgres runs as another user and must reach `wal`.
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const held = await readMark(folder);
  if (held === installation) return;
  if (held !== null) throw refused(`${folder} holds backups of another installation (${held}; this one is ${installation})`);
  // With a database of one's own, documents are copied there before anything claims the folder.
  if ((await namesIn(folder)).some((name) => name !== 'blobs'))
    throw refused(`${folder} is not empty, and what is in it is no backup of Deskhand's`);
  await writeDurably(Readable.from([`${JSON.stringify({ format: 1, installation })}\n`]), mark);
  await syncPath(folder);
}

/** The number that initdb gave a cluster, which all its copies keep; null when there is no cluster. */
export async function clusterIdentifier(cluster: string): Promise<string | null> {
  const bytes = await readFile(path.join(cluster, 'global', 'pg_control')).catch(() => null);
  return bytes?.readBigUInt64LE(0).toString() ?? null;
}

async function readMark(folder: string): Promise<string | null> {
  const { mark } = placesIn(folder);
  const text = await readFile(mark, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw cause;
  });
  return text === null ? null : parse(mark, text, markSchema).installation;
}

function parse<Value>(file: string, text: string, schema: z.ZodType<Value>): Value {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new DeskhandError(platformErrors.backupDamaged, `${file} is not what Deskhand wrote.`, { cause, details: { file } });
  }
}

function refused(what: string): DeskhandError {
  return new DeskhandError(platformErrors.backupRefused, `${what}. Name an empty folder.`);
}

export async function writeManifest(base: string, manifest: Manifest): Promise<void> {
  await writeDurably(Readable.from([`${JSON.stringify(manifest, null, 1)}\n`]), path.join(base, 'manifest.json'));
  await syncPath(base);
}

/**
 * The newest backup from which a time can be reached. One that was cut short has no manifest and does not count.
 *
 * @throws DH_PLATFORM_BACKUP_MISSING
 */
export async function findBase(folder: string, to: Date | null): Promise<{ readonly base: string; readonly manifest: Manifest }> {
  const { bases } = placesIn(folder);
  let earliest: string | null = null;
  for (const name of (await namesIn(bases)).toSorted().toReversed()) {
    const file = path.join(bases, name, 'manifest.json');
    if (!(await isThere(file))) continue;
    const manifest = parse(file, await readFile(file, 'utf8'), manifestSchema);
    if (to === null || new Date(manifest.consistentAt) <= to) return { base: path.join(bases, name), manifest };
    earliest = manifest.consistentAt;
  }
  const advice = earliest === null ? 'Make one with: deskhand backup create' : `The earliest time that can be restored is ${earliest}.`;
  throw new DeskhandError(
    platformErrors.backupMissing,
    `${folder} holds no whole backup${to === null ? '' : ` from before ${to.toISOString()}`}. ${advice}`,
  );
}

/** When the newest whole backup was taken; null when the folder holds none. @throws DH_PLATFORM_BACKUP_DAMAGED */
export async function lastBackupAt(folder: string): Promise<Date | null> {
  const found = await findBase(folder, null).catch((thrown: unknown) => {
    if (asDeskhandError(thrown)?.code === platformErrors.backupMissing.code) return null;
    throw thrown;
  });
  return found === null ? null : new Date(found.manifest.consistentAt);
}

async function isThere(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => null);
  await handle?.close();
  return handle !== null;
}
