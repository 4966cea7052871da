import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { archiveCommand, restoreCommand } from '../backup/wal-archive.ts';
import type { PostgresHome } from './postgres-home.ts';

/** What differs from a plain start. */
export interface ServerPurpose {
  /** Where the server's log (WAL) is copied all the time. */
  readonly archive?: string | null;
  /** Plays an archived log back over a restored cluster, up to a time or its end, and then goes on from there. */
  readonly recovery?: { readonly archive: string; readonly to: Date | null };
}

// What can be lost with the machine: a segment of the log is closed, and so copied, after this long at the latest.
const archiveTimeoutS = 60;

/** Writes the whole `postgresql.conf`: nothing is left to defaults that a version may change. */
export async function writeServerSettings(home: PostgresHome, port: number, purpose: ServerPurpose = {}): Promise<void> {
  const settings = {
    listen_addresses: "'127.0.0.1'",
    port: String(port),
    unix_socket_directories: "''",
    password_encryption: "'scram-sha-256'",
    // 12 for organizations, 3 for the system, 14 for the engine, 4 for sign-in, 2 that listen: for two processes at once,
    // as while one takes over from another, and room for tools.
    max_connections: '100',
    // Sized for a laptop: the sample office fits into cache many times; 26 MiB at rest.
    shared_buffers: "'64MB'",
    work_mem: "'8MB'",
    maintenance_work_mem: "'64MB'",
    max_wal_size: "'256MB'",
    min_wal_size: "'64MB'",
    max_worker_processes: '4',
    max_parallel_workers_per_gather: '0',
    jit: 'off',
    // A promise made is a promise kept through a power cut (G1).
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    // A client that died must not hold locks on an invoice for ever.
    idle_in_transaction_session_timeout: "'60s'",
    tcp_keepalives_idle: '30',
    timezone: "'UTC'",
    // No personal data in the server's log: neither statements nor the values in error details.
    log_destination: "'stderr'",
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    log_line_prefix: "'%m [%p] '",
    ...archiveSettings(purpose),
    ...recoverySettings(purpose),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const file = path.join(home.folder, 'postgresql.conf');
  await writeFile(file, `# Written by Deskhand at each start.\n${lines.join('\n')}\n`);
  await home.own(file);
}

function archiveSettings({ archive }: ServerPurpose): Record<string, string> {
  if (archive === undefined || archive === null) return {};
  return { archive_mode: 'on', archive_command: quoted(archiveCommand(archive)), archive_timeout: `'${archiveTimeoutS}s'` };
}

function recoverySettings({ recovery }: ServerPurpose): Record<string, string> {
  if (recovery === undefined) return {};
  return {
    restore_command: quoted(restoreCommand(recovery.archive)),
    // Nobody may sign in before the log is played back to its end: that a sign-in works says that it is.
    hot_standby: 'off',
    recovery_target_action: "'promote'",
    // It reads settings before it knows the name of a time zone, so the time comes with an offset.
    ...(recovery.to === null ? {} : { recovery_target_time: `'${recovery.to.toISOString().replace('Z', '+00')}'` }),
  };
}

function quoted(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
