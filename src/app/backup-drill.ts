import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DrillResult, RestoreResult } from '#interfaces';
import { rebuildProjections } from '#orchestration';
import {
  createDatabase,
  createFileBlobs,
  createLog,
  databaseUrls,
  headsNotIn,
  inspectDatabase,
  installationSecret,
  platformErrors,
  startPostgres,
  verifyAuditChain,
  type Config,
  type Database,
  type DatabaseInspection,
} from '#platform';
import { DeskhandError } from '#domain/errors';
import { restoreBackup, withLiveDatabase } from './backup.ts';

/**
 * Restores into a scratch folder, starts that database, and checks it against itself and against the live one. The live
 * one is only read.
 *
 * @throws DH_PLATFORM_BACKUP_REFUSED for a database server of one's own.
 */
export async function drillBackup(config: Config, folder: string): Promise<DrillResult> {
  if (config.databaseUrl !== null) {
    const message =
      'The database is a server of your own: rehearse its restore with the tools that back it up, then run "deskhand rebuild".';
    throw new DeskhandError(platformErrors.backupRefused, message);
  }
  const scratch = await mkdtemp(path.join(tmpdir(), 'deskhand-drill-'));
  await chmod(scratch, 0o711);
  try {
    return await withLiveDatabase(config, (liveUrl) => compare(config, { folder, scratch, liveUrl }));
  } finally {
    // As root it may be a link to where Postgres can reach it.
    const cluster = await realpath(path.join(scratch, 'postgres')).catch(() => null);
    if (cluster !== null) await rm(cluster, { recursive: true, force: true });
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Drill {
  readonly folder: string;
  readonly scratch: string;
  readonly liveUrl: string;
}

async function compare(config: Config, { folder, scratch, liveUrl }: Drill): Promise<DrillResult> {
  const startedAt = performance.now();
  const live = await inspectDatabase(liveUrl);
  const into = path.join(scratch, 'restored');
  const restored = await restoreBackup(folder, { into, to: null });
  const secret = (await installationSecret(into, config.secret)).reveal();
  const server = await startPostgres(into, createLog({ level: 'warn' }));
  try {
    const copy = await inspectDatabase(server.url);
    const urls = databaseUrls(server.url, secret);
    const database = createDatabase({ app: urls.app, system: urls.system });
    try {
      const faults = [
        ...restored.blobs.damaged.map((sha256) => `document ${sha256} is damaged in the backup`),
        ...(await faultsOfRows(database, copy)),
        ...(await faultsOfBlobs(into, copy.blobs)),
        ...(await headsNotIn(liveUrl, copy.heads)).map(
          ({ organizationId, sequence }) => `entry ${sequence} of the audit log of ${organizationId} is not in the live database`,
        ),
      ];
      return {
        restored,
        faults,
        rows: rowsOf(copy, live),
        rpoSeconds: lag(live, restored),
        rtoSeconds: (performance.now() - startedAt) / 1000,
      };
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

/** The audit chain of each organization, and the tables against the events. */
async function faultsOfRows(database: Database, { organizations }: DatabaseInspection): Promise<string[]> {
  const faults: string[] = [];
  for (const id of organizations) {
    const { isIntact, firstFault } = await database.inOrganization(id, (transaction) => verifyAuditChain(transaction, id));
    if (!isIntact) faults.push(`audit log of ${id}: ${firstFault?.message ?? 'broken'}`);
  }
  for (const { table, sha256, rebuiltSha256 } of (await rebuildProjections(database, { isApplied: false })).tables) {
    if (sha256 !== rebuiltSha256) faults.push(`table ${table} is not what the events say`);
  }
  return faults;
}

/** Reading checks each against its hash. */
async function faultsOfBlobs(dataFolder: string, hashes: readonly string[]): Promise<string[]> {
  const blobs = createFileBlobs(path.join(dataFolder, 'blobs'));
  const faults: string[] = [];
  for (const sha256 of hashes) await blobs.get(sha256).catch((error: Error) => faults.push(error.message));
  return faults;
}

function rowsOf(copy: DatabaseInspection, live: DatabaseInspection): DrillResult['rows'] {
  return Object.fromEntries(Object.entries(copy.rows).map(([table, restored]) => [table, { restored, live: live.rows[table] ?? 0 }]));
}

/** By the audit log, which every change of the office writes to: from the last entry that came back to the last one there was. */
function lag(live: DatabaseInspection, { newestEntryAt }: RestoreResult): number | null {
  if (live.newestEntryAt === null || newestEntryAt === null) return null;
  return Math.max(0, (new Date(live.newestEntryAt).getTime() - new Date(newestEntryAt).getTime()) / 1000);
}
