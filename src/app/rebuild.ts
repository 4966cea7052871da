import path from 'node:path';
import type { RebuildFinding } from '#orchestration';
import { rebuildProjections } from '#orchestration';
import { createDatabase, createLog, installationSecret, lockInstance, migrate, startPostgres, type Config } from '#platform';
import { projectFolder } from './project-folder.ts';

/**
 * Builds the projections anew and compares them. On a Postgres of one's own the server may run meanwhile; on the
 * embedded one it must not.
 *
 * @throws DH_PLATFORM_ALREADY_RUNNING
 */
export async function rebuild(config: Config, { isApplied }: { readonly isApplied: boolean }): Promise<RebuildFinding> {
  const lock = config.databaseUrl === null ? await lockInstance(config.dataFolder) : null;
  const log = createLog({ level: 'warn' });
  const secret = (await installationSecret(config.dataFolder, config.secret)).reveal();
  const server = config.databaseUrl === null ? await startPostgres(config.dataFolder, log, { backupFolder: config.backupFolder }) : null;
  try {
    const ownerUrl = config.databaseUrl?.reveal() ?? server?.url ?? '';
    const { urls } = await migrate(ownerUrl, path.join(projectFolder, 'migrations'), secret);
    // Putting right needs the owner of the tables; looking does not.
    const database = createDatabase(isApplied ? { app: ownerUrl, system: urls.system } : urls);
    try {
      return await rebuildProjections(database, { isApplied });
    } finally {
      await database.close();
    }
  } finally {
    await server?.stop();
    await lock?.release();
  }
}
