import { chmod, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  appendAudit,
  copyBlobs,
  createDatabase,
  createFileBlobs,
  createLog,
  createMetrics,
  createMirroredBlobs,
  lastBackupAt,
  lockInstance,
  migrate,
  newId,
  readConfig,
  startPostgres,
  type Database,
  type InstanceLock,
  type PostgresServer,
} from '#platform';
import { watchBackups } from '../../src/orchestration/upkeep/watch-backups.ts';
import { drillBackup } from '../../src/app/backup-drill.ts';
import { createBackup, restoreBackup } from '../../src/app/backup.ts';
import { addOrganization } from '../support/people.ts';
import { testSecret } from '../support/postgres-server.ts';

const log = createLog({ level: 'silent' });
const migrations = path.resolve(import.meta.dirname, '../../migrations');
const organizationId = newId('org');

let base = '';
let lock: InstanceLock | null = null;
let server: PostgresServer | null = null;
let database: Database | null = null;
const data = () => path.join(base, 'data');
const backups = () => path.join(base, 'backups');
const config = () =>
  readConfig({ DESKHAND_DATA_DIR: data(), DESKHAND_BACKUP_DIR: backups(), DESKHAND_SECRET: testSecret }, { workingFolder: base });

beforeAll(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'deskhand-backup-'));
  await chmod(base, 0o755);
  lock = await lockInstance(data());
  server = await startPostgres(data(), log, { backupFolder: backups() });
  const { urls } = await migrate(server.url, migrations, testSecret);
  database = createDatabase(urls);
  await addOrganization(database, organizationId);
}, 60_000);
afterAll(async () => {
  await database?.close();
  await server?.stop();
  await lock?.release();
  await rm(base, { recursive: true, force: true });
});

async function ask<Row extends object>(url: string | undefined, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** An entry, and a document that a row speaks of, as the office would make them. */
async function write(word: string): Promise<string> {
  const blobs = createMirroredBlobs(createFileBlobs(path.join(data(), 'blobs')), createFileBlobs(path.join(backups(), 'blobs')), log);
  const { sha256, sizeBytes } = await blobs.put(new TextEncoder().encode(word));
  await database?.inOrganization(organizationId, async (transaction) => {
    await appendAudit(transaction, organizationId, new Date(), {
      actor: 'deskhand',
      action: 'word.written',
      subjects: [],
      details: { word, sha256 },
    });
  });
  await ask(
    server?.url,
    `insert into connections (id, organization_id, kind, name) values ('con_1', $1, 'folder', 'test') on conflict do nothing`,
    [organizationId],
  );
  await ask(
    server?.url,
    `insert into events (id, organization_id, connection_id, external_id, content_sha256, kind, file_name, size_bytes, received_at)
     values ($1, $2, 'con_1', $1, $3, 'file', $4, $5, now())`,
    [newId('msg'), organizationId, sha256, word, sizeBytes],
  );
  return sha256;
}

const wordsIn = async (url: string | undefined): Promise<string[]> =>
  (
    await ask<{ word: string }>(url, `select details->>'word' as word from audit_entries where action = 'word.written' order by sequence`)
  ).map(({ word }) => word);

async function archiveAll(): Promise<void> {
  const [closed] = await ask<{ name: string }>(server?.url, 'select pg_walfile_name(pg_switch_wal()) as name');
  await expect.poll(async () => await readdir(path.join(backups(), 'wal')), { timeout: 20_000 }).toContain(`${closed?.name ?? ''}.gz`);
}

test('what was written up to a moment comes back, from a backup taken while others wrote; what came later does not', async () => {
  await write('before');
  let isBusy = true;
  const writer = (async () => {
    for (let number = 1; isBusy; number += 1) await write(`during ${number}`);
  })();
  const taken = await createBackup(config(), backups());
  isBusy = false;
  await writer;
  expect(taken).toMatchObject({ hasDatabase: true, blobs: { damaged: [] } });
  await write('after');
  const expected = await wordsIn(server?.url);
  // JavaScript's times end at milliseconds, those of Postgres do not.
  await new Promise((resume) => setTimeout(resume, 20));
  const [moment] = await ask<{ at: Date }>(server?.url, 'select clock_timestamp() as at');
  await new Promise((resume) => setTimeout(resume, 20));
  await write('too late');
  await archiveAll();

  const into = path.join(base, 'restored');
  const restored = await restoreBackup(backups(), { into, to: moment?.at ?? null });
  expect(restored.segments).toBeGreaterThan(0);
  const copy = await startPostgres(into, log);
  try {
    expect(await wordsIn(copy.url)).toEqual(expected);
    expect(expected.filter((word) => word.startsWith('during')).length).toBeGreaterThan(0);
  } finally {
    await copy.stop();
  }
}, 60_000);

test('a log that does not reach the archive is measured, until it does again, and so is the age of the newest backup', async () => {
  const metrics = createMetrics();
  const measured = async (name: string): Promise<number> => {
    if (database !== null) await watchBackups({ database, metrics }, () => lastBackupAt(backups()));
    return Number(new RegExp(`^${name} (.*)$`, 'm').exec((await metrics.read()).text)?.[1]);
  };
  expect(await measured('deskhand_backup_age_seconds')).toBeLessThan(60);
  await write('archived');
  await archiveAll();
  expect(await measured('deskhand_wal_archive_failing_seconds')).toBe(0);
  await rename(path.join(backups(), 'wal'), path.join(backups(), 'away'));
  await write('not archived');
  await ask(server?.url, 'select pg_switch_wal()');
  await expect.poll(() => measured('deskhand_wal_archive_failing_seconds'), { timeout: 20_000 }).toBeGreaterThan(0);
  expect(await measured('deskhand_wal_archive_failures')).toBeGreaterThan(0);
  await rename(path.join(backups(), 'away'), path.join(backups(), 'wal'));
  await write('archived again');
  await archiveAll();
  expect(await measured('deskhand_wal_archive_failing_seconds')).toBe(0);
}, 60_000);

test('a drill finds nothing wrong with it, and no loss once the log is archived', async () => {
  await write('for the drill');
  await archiveAll();
  const { faults, rpoSeconds, rows } = await drillBackup(config(), backups());
  expect(faults).toEqual([]);
  expect(rpoSeconds).toBe(0);
  expect(rows['events']?.restored).toBe(rows['events']?.live);
}, 60_000);

test('a document that was changed in the backup is left out and named', async () => {
  const sha256 = await write('to be damaged');
  await writeFile(path.join(backups(), 'blobs', sha256.slice(0, 2), sha256), 'something else');
  const { damaged, copied } = await copyBlobs(path.join(backups(), 'blobs'), path.join(base, 'blobs-again'));
  expect(damaged).toEqual([sha256]);
  expect(copied).toBeGreaterThan(0);
});

test('a damaged or missing piece of the log stops a restore and is named', async () => {
  const folder = path.join(backups(), 'wal');
  await write('in the last piece');
  await archiveAll();
  const last =
    (await readdir(folder))
      .filter((name) => /^[0-9A-F]{24}\.gz$/.test(name))
      .toSorted()
      .at(-1) ?? '';
  const file = path.join(folder, last);
  const bytes = await readFile(file);
  await writeFile(file, bytes.subarray(0, bytes.byteLength - 9));
  const restoring = () => restoreBackup(backups(), { into: path.join(base, 'never'), to: null });
  await expect(restoring()).rejects.toMatchObject({ code: 'DH_PLATFORM_BACKUP_DAMAGED', details: { file } });
  await writeFile(file, bytes);
  await write('one more');
  await archiveAll();
  await rm(file);
  await expect(restoring()).rejects.toMatchObject({ code: 'DH_PLATFORM_BACKUP_DAMAGED', details: { file } });
}, 60_000);

test('a folder that holds something else, and a time that no backup reaches, are refused', async () => {
  await expect(createBackup(config(), data())).rejects.toMatchObject({ code: 'DH_PLATFORM_BACKUP_REFUSED' });
  await expect(restoreBackup(backups(), { into: data(), to: null })).rejects.toMatchObject({
    code: expect.stringMatching(/DH_PLATFORM_BACKUP/),
  });
  const tooEarly = restoreBackup(backups(), { into: path.join(base, 'never'), to: new Date('2020-01-01') });
  await expect(tooEarly).rejects.toMatchObject({ code: 'DH_PLATFORM_BACKUP_MISSING' });
});
