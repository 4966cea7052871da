import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PostgresHome } from './postgres-home.ts';

/** Writes the whole `postgresql.conf`: nothing is left to defaults that a version may change. */
export async function writeServerSettings(home: PostgresHome, port: number): Promise<void> {
  const settings = {
    listen_addresses: "'127.0.0.1'",
    port: String(port),
    unix_socket_directories: "''",
    password_encryption: "'scram-sha-256'",
    // 12 for organizations, 3 for the system, 10 for the engine, per process, and room for workers and tools.
    max_connections: '60',
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
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const file = path.join(home.folder, 'postgresql.conf');
  await writeFile(file, `# Written by Deskhand at each start.\n${lines.join('\n')}\n`);
  await home.own(file);
}
