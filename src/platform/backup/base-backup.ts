import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { DeskhandError } from '#domain/errors';
import { platformErrors } from '../errors.ts';
import { type FileRecord, forEachFile, writeDurably } from './durable-files.ts';
import { compressedSuffix, segmentsBetween } from './wal-archive.ts';

export interface BaseBackup {
  readonly consistentAt: string;
  readonly wal: { readonly first: string; readonly last: string };
  readonly files: readonly FileRecord[];
}

// Made anew at each start, or of no use without the server that wrote it; so says the Postgres manual, "Making a Base
// Backup Using the Low Level API". The folders themselves must be there.
const emptiedFolders = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const leftOut =
  /^(?:postmaster\.(?:pid|opts)|postgresql\.conf|server\.log|backup_label.*|tablespace_map.*|recovery\.signal|pgsql_tmp.*|pg_internal\.init.*)$/;

/**
 * Copies the embedded server's cluster while it works, with the log that makes the copy whole, into `<into>/postgres` and
 * `<into>/wal`.
 *
 * @param url - of the owner.
 */
export async function takeBaseBackup(cluster: string, url: string, into: string): Promise<BaseBackup> {
  const client = new pg.Client({ connectionString: url });
  // One session from start to stop: Postgres gives the backup up when it ends.
  await client.connect();
  try {
    const folder = await realpath(cluster);
    // A slot of this session keeps the log from being recycled while we copy, whether or not there is an archive.
    await client.query(`select pg_create_physical_replication_slot('deskhand_backup', true, true)`);
    const { first } = await ask(client, `select pg_walfile_name(pg_backup_start('deskhand', true)) as first`);
    const files = await copyCluster(folder, into);
    const { lsn, label, spaces } = await ask(
      client,
      'select lsn::text as lsn, labelfile as label, spcmapfile as spaces from pg_backup_stop(false)',
    );
    if ((spaces ?? '') !== '') {
      throw new DeskhandError(platformErrors.backupRefused, 'The database has tablespaces outside its folder, which are not backed up.');
    }
    const { last, at } = await ask(
      client,
      `select pg_walfile_name($1::pg_lsn) as last, to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`,
      [lsn],
    );
    files.push(await record(into, 'postgres/backup_label', Readable.from([label ?? ''])));
    const wal = { first: first ?? '', last: last ?? '' };
    for (const name of segmentsBetween(wal.first, wal.last)) {
      const segment = createReadStream(path.join(folder, 'pg_wal', name));
      files.push(await record(into, `wal/${name}${compressedSuffix}`, segment, [createGzip({ level: 1 })]));
    }
    return { consistentAt: at ?? '', wal, files };
  } finally {
    await client.end();
  }
}

async function ask(client: pg.Client, text: string, values: unknown[] = []): Promise<Readonly<Record<string, string>>> {
  const { rows } = await client.query<Record<string, string>>(text, values);
  return rows[0] ?? {};
}

async function record(into: string, name: string, source: Readable, through: NodeJS.ReadWriteStream[] = []): Promise<FileRecord> {
  return { path: name, ...(await writeDurably(source, path.join(into, name), through)) };
}

async function copyCluster(cluster: string, into: string): Promise<FileRecord[]> {
  const files: FileRecord[] = [];
  const control = 'global/pg_control';
  const names: string[] = [];
  const list = async (below: string): Promise<void> => {
    await mkdir(path.join(into, 'postgres', below), { recursive: true, mode: 0o700 });
    for (const entry of await readdir(path.join(cluster, below), { withFileTypes: true })) {
      const name = path.posix.join(below, entry.name);
      if (leftOut.test(entry.name) || name === control) continue;
      if (entry.isDirectory()) {
        if (emptiedFolders.has(name)) await mkdir(path.join(into, 'postgres', name), { recursive: true, mode: 0o700 });
        else await list(name);
      } else if (entry.isFile()) names.push(name);
    }
  };
  const copyFile = async (name: string): Promise<void> => {
    // A table that was dropped meanwhile is gone; the log says so too.
    const handle = await open(path.join(cluster, name), 'r').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return null;
      throw cause;
    });
    if (handle !== null) files.push(await record(into, `postgres/${name}`, handle.createReadStream()));
  };
  await list('');
  await forEachFile(names, copyFile);
  // Last, as pg_basebackup does.
  await copyFile(control);
  return files;
}
