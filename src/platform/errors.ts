import type { ErrorDefinition } from '#domain/errors';

/** Errors of the platform room. docs/reference/errors.md is generated from this table. */
export const platformErrors = {
  configInvalid: { code: 'DH_PLATFORM_CONFIG_INVALID', kind: 'invalid', retryable: false },
  /** Another Deskhand works on this data folder; the message says where. */
  alreadyRunning: { code: 'DH_PLATFORM_ALREADY_RUNNING', kind: 'conflict', retryable: false },
  /** The data folder cannot be made, written or entered. */
  dataFolderUnusable: { code: 'DH_PLATFORM_DATA_FOLDER_UNUSABLE', kind: 'invalid', retryable: false },
  postgresMissing: { code: 'DH_PLATFORM_POSTGRES_MISSING', kind: 'missing', retryable: false },
  postgresFailed: { code: 'DH_PLATFORM_POSTGRES_FAILED', kind: 'unavailable', retryable: false },
  databaseUnreachable: { code: 'DH_PLATFORM_DATABASE_UNREACHABLE', kind: 'unavailable', retryable: true },
  /** A role of ours in the user's own Postgres could bypass row-level security. */
  roleUnsafe: { code: 'DH_PLATFORM_ROLE_UNSAFE', kind: 'denied', retryable: false },
  /** A migration that this database already ran is no longer what it was. */
  migrationEdited: { code: 'DH_PLATFORM_MIGRATION_EDITED', kind: 'conflict', retryable: false },
  /** The database ran migrations that this version does not have, and cannot work beside. */
  migrationUnknown: { code: 'DH_PLATFORM_MIGRATION_UNKNOWN', kind: 'conflict', retryable: false },
  /** A process that does not migrate waited in vain for a server that does. */
  schemaBehind: { code: 'DH_PLATFORM_SCHEMA_BEHIND', kind: 'unavailable', retryable: true },
  migrationFailed: { code: 'DH_PLATFORM_MIGRATION_FAILED', kind: 'defect', retryable: false },
  /** What was sealed under another secret of the installation, or was changed. */
  sealUnreadable: { code: 'DH_PLATFORM_SEAL_UNREADABLE', kind: 'denied', retryable: false },
  blobMissing: { code: 'DH_PLATFORM_BLOB_MISSING', kind: 'missing', retryable: false },
  blobDamaged: { code: 'DH_PLATFORM_BLOB_DAMAGED', kind: 'defect', retryable: false },
  organizationMissing: { code: 'DH_PLATFORM_ORGANIZATION_MISSING', kind: 'defect', retryable: false },
  /** A task in a process of its own took too long, grew too large, ended its process, or was cut off by a stop. */
  isolatedTimedOut: { code: 'DH_PLATFORM_ISOLATED_TIMED_OUT', kind: 'unavailable', retryable: false },
  isolatedOutOfMemory: { code: 'DH_PLATFORM_ISOLATED_OUT_OF_MEMORY', kind: 'unavailable', retryable: false },
  isolatedCrashed: { code: 'DH_PLATFORM_ISOLATED_CRASHED', kind: 'defect', retryable: false },
  /** The process could not even load its own code: a fault of the installation, not of what it was given. */
  isolatedBroken: { code: 'DH_PLATFORM_ISOLATED_BROKEN', kind: 'defect', retryable: false },
  /** The guard of outside calls said no, and nothing was sent: left alone after failures, too many at a time, too many a minute. */
  outsideResting: { code: 'DH_PLATFORM_OUTSIDE_RESTING', kind: 'unavailable', retryable: true },
  outsideBusy: { code: 'DH_PLATFORM_OUTSIDE_BUSY', kind: 'unavailable', retryable: true },
  outsideTooOften: { code: 'DH_PLATFORM_OUTSIDE_TOO_OFTEN', kind: 'unavailable', retryable: true },
  outsideTimedOut: { code: 'DH_PLATFORM_OUTSIDE_TIMED_OUT', kind: 'unavailable', retryable: true },
  /** A call may have had its effect or not, and the other side could not say. Never repeated blindly. */
  outcomeUnknown: { code: 'DH_PLATFORM_OUTCOME_UNKNOWN', kind: 'unavailable', retryable: false },
  isolatedClosed: { code: 'DH_PLATFORM_ISOLATED_CLOSED', kind: 'unavailable', retryable: true },
  databaseAway: { code: 'DH_PLATFORM_DATABASE_AWAY', kind: 'unavailable', retryable: true },
  /** The folder holds something else, or what there is cannot be backed up. */
  backupRefused: { code: 'DH_PLATFORM_BACKUP_REFUSED', kind: 'conflict', retryable: false },
  /** No backup, or none from which the wanted time can be reached. */
  backupMissing: { code: 'DH_PLATFORM_BACKUP_MISSING', kind: 'missing', retryable: false },
  /** A file of a backup is not what was written; the message names it. */
  backupDamaged: { code: 'DH_PLATFORM_BACKUP_DAMAGED', kind: 'defect', retryable: false },
} as const satisfies Record<string, ErrorDefinition>;
