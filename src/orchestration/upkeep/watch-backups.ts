import { sql } from 'kysely';
import type { Office } from '../tasks/office.ts';

/** When the newest whole backup was taken; null when there is none. */
export type LastBackup = () => Promise<Date | null>;

/**
 * Measures what a restore would rest on: whether Postgres gets its log into the archive, and how old the newest backup is.
 * Without an archive, or without a folder of backups, there is nothing to tell.
 */
export async function watchBackups(
  { database, metrics }: Pick<Office, 'database' | 'metrics'>,
  lastBackup: LastBackup | null,
): Promise<void> {
  const { rows } = await database.inSystem((transaction) =>
    sql<{ failures: number; failing_seconds: number }>`
      select failed_count::float8 as failures,
        case when last_failed_time > coalesce(last_archived_time, '-infinity')
          then extract(epoch from clock_timestamp() - greatest(last_archived_time, stats_reset))::float8 else 0 end as failing_seconds
      from pg_stat_archiver where current_setting('archive_mode') <> 'off'
    `.execute(transaction),
  );
  const [archiver] = rows;
  if (archiver !== undefined) {
    metrics.set('walArchiveFailures', {}, archiver.failures);
    metrics.set('walArchiveFailingSeconds', {}, archiver.failing_seconds);
  }
  const takenAt = await lastBackup?.();
  // A folder without any whole backup is as old as can be.
  if (takenAt !== undefined)
    metrics.set('backupAgeSeconds', {}, takenAt === null ? Number.POSITIVE_INFINITY : (Date.now() - takenAt.getTime()) / 1000);
}
