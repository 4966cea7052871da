export type { AuditFinding, AuditRecord } from './audit.ts';
export { appendAudit, verifyAuditChain } from './audit.ts';
export { createFileBlobs } from './blobs.ts';
export { copyBlobs } from './backup/blob-copies.ts';
export type { BlobCopies } from './backup/blob-copies.ts';
export { claimBackupFolder, clusterIdentifier, findBase, lastBackupAt, placesIn, writeManifest } from './backup/backup-folder.ts';
export { takeBaseBackup } from './backup/base-backup.ts';
export { syncFolders } from './backup/durable-files.ts';
export { headsNotIn, inspectDatabase } from './backup/inspect-database.ts';
export type { DatabaseInspection } from './backup/inspect-database.ts';
export { createMirroredBlobs } from './backup/mirrored-blobs.ts';
export { copyKeys, restoreFiles } from './backup/restore-files.ts';
export { checkArchive } from './backup/wal-archive.ts';
export { systemClock } from './clock.ts';
export type { Database, DatabaseOptions, Transaction } from './database.ts';
export { createDatabase } from './database.ts';
export { databaseAway, isConnectionLost, isDatabaseAway, throughRestart, untilDatabaseCame } from './database-away.ts';
export { platformErrors } from './errors.ts';
export { newId } from './ids.ts';
export type { InstanceLock, RunningInstance } from './instance-lock.ts';
export { findRunningInstance, lockInstance } from './instance-lock.ts';
export type { IsolatedPool, IsolatedPoolOptions } from './isolation/isolated-pool.ts';
export { createIsolatedPool } from './isolation/isolated-pool.ts';
export type { Log, LogLevel, LogOptions } from './log.ts';
export { createLog } from './log.ts';
export type { MigrationReport } from './migrate.ts';
export { migrate, untilMigrated } from './migrate.ts';
export { openPool } from './open-pool.ts';
export type { OutboxMessage, Queueing } from './outbox.ts';
export { enqueue, replayWork, settleWork } from './outbox.ts';
export { isAlive } from './process-identity.ts';
export type {
  OutsideCalls,
  OutsideCallsOptions,
  OutsideDeed,
  OutsideState,
  OutsideSystem,
  OutsideWork,
} from './outside-calls/outside-calls.ts';
export { createOutsideCalls, isRefusal } from './outside-calls/outside-calls.ts';
export type { PostgresServer } from './postgres/start-postgres.ts';
export { runningPostgresUrl, startPostgres } from './postgres/start-postgres.ts';
export type { DatabaseUrls } from './roles.ts';
export { databaseUrls } from './roles.ts';
export type { Tables } from './tables/tables.ts';
export type { Config, ConfigFault, ConfigSources } from './config.ts';
export { describeConfig, readConfig } from './config.ts';
export type { Metrics } from './metrics.ts';
export { createMetrics, metricDefinitions } from './metrics.ts';
export { createSealing, openBytes, sealBytes, sealingKeyOf } from './sealing.ts';
export type { Sealing, SealingKey } from './sealing.ts';
export { installationSecret, Secret } from './secret.ts';
export { authenticatorUri, newAuthenticatorSecret, timeStepOf } from './signing/authenticators.ts';
export type { DeviceAnswer, Passkey, PasskeySignature, SigningSite } from './signing/passkeys.ts';
export { askForPasskey, askForSignature, readNewPasskey, readSignature } from './signing/passkeys.ts';
export type { SpanAttributes, TelemetryOptions } from './telemetry.ts';
export { currentTraceParent, inSpan, spanOutlet, startTelemetry, withTraceParent } from './telemetry.ts';
