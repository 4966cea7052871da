import path from 'node:path';
import type { MoveInput } from '#interfaces';
import { migrateEngine, openDbosPlace, openTemporalPlace, type EngineMove } from '#orchestration';
import { createLog, installationSecret, lockInstance, migrate, openPool, startPostgres, type Config } from '#platform';
import { temporalCluster } from './open-engine.ts';
import { projectFolder } from './project-folder.ts';

/**
 * Moves all unfinished work from one engine to the other while nobody carries any.
 *
 * @throws DH_PLATFORM_ALREADY_RUNNING, DH_ORCHESTRATION_ENGINE_BUSY, DH_ORCHESTRATION_ENGINE_UNREACHABLE
 */
export async function moveEngine(config: Config, { from, isDryRun, onMoved }: MoveInput): Promise<EngineMove> {
  await using undo = new AsyncDisposableStack();
  const log = createLog({ level: 'error' });
  const lock = await lockInstance(config.dataFolder);
  undo.defer(() => lock.release());
  const secret = (await installationSecret(config.dataFolder, config.secret)).reveal();
  const server = config.databaseUrl === null ? await startPostgres(config.dataFolder, log, { backupFolder: config.backupFolder }) : null;
  undo.defer(async () => server?.stop());
  const { urls } = await migrate(config.databaseUrl?.reveal() ?? server?.url ?? '', path.join(projectFolder, 'migrations'), secret);
  const pool = openPool({ connectionString: urls.engine, max: 6, application_name: 'deskhand-migrate-engine' }, () => undefined);
  undo.defer(() => pool.end());
  const temporal = await openTemporalPlace({ ...temporalCluster(config, secret), pool, log });
  undo.defer(() => temporal.close());
  const dbos = await openDbosPlace({ pool, databaseUrl: urls.engine, log });
  undo.defer(() => dbos.close());
  const [source, target] = from === 'dbos' ? [dbos, temporal] : [temporal, dbos];
  return await migrateEngine({ pool, source, target, isDryRun, onMoved });
}
