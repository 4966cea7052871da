import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { DeskhandError } from '#domain/errors';
import { platformErrors } from './errors.ts';
import { type DatabaseUrls, databaseUrls, ensureRoles } from './roles.ts';

export interface MigrationReport {
  readonly applied: readonly string[];
  readonly urls: DatabaseUrls;
}

interface Migration {
  readonly name: string;
  readonly sha256: string;
  readonly text: string;
}

// Any fixed number does; this one spells "deskhand" on a telephone's keys, cut to a bigint's safe half.
const lockKey = 33_754_263;

/**
 * Brings the database to the version of this program: roles, then `migrations/NNNN_name.sql` in order, each in a
 * transaction of its own. Processes that start at once wait for each other.
 *
 * @param secret - the installation's secret; the roles' passwords come from it.
 * @throws DH_PLATFORM_MIGRATION_EDITED when a file that already ran is not what it was.
 */
export async function migrate(ownerUrl: string, folder: string, secret: string): Promise<MigrationReport> {
  const migrations = await readMigrations(folder);
  const client = await connectAsOwner(ownerUrl);
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await ensureRoles(client, secret);
    const waiting = await waitingMigrations(client, migrations);
    for (const migration of waiting) await apply(client, migration);
    return { applied: waiting.map(({ name }) => name), urls: databaseUrls(ownerUrl, secret) };
  } finally {
    await client.end();
  }
}

async function connectAsOwner(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'deskhand-migrate', connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const { hostname, port, pathname } = new URL(url);
    throw new DeskhandError(
      platformErrors.databaseUnreachable,
      `Postgres at ${hostname}:${port || '5432'}${pathname} did not let us in: ${(cause as Error).message}. Check DATABASE_URL and that the server runs.`,
      { cause },
    );
  }
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_-]+\.sql$/.test(name)).toSorted();
  return Promise.all(
    names.map(async (name) => {
      // Line ends by checkout (Windows) are not an edit.
      const text = (await readFile(path.join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function waitingMigrations(client: pg.Client, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  await client.query(
    'create table if not exists schema_migrations (name text primary key, sha256 char(64) not null, applied_at timestamptz not null default now())',
  );
  const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from schema_migrations order by name');
  const done = new Map(rows.map(({ name, sha256 }) => [name, sha256]));
  for (const name of done.keys()) if (!migrations.some((migration) => migration.name === name)) throw unknownMigration(name);
  for (const { name, sha256 } of migrations) {
    const before = done.get(name);
    if (before !== undefined && before !== sha256) throw editedMigration(name);
  }
  return migrations.filter(({ name }) => !done.has(name));
}

async function apply(client: pg.Client, { name, sha256, text }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(text);
    await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [name, sha256]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new DeskhandError(platformErrors.migrationFailed, `Migration ${name} failed and was undone: ${(cause as Error).message}`, {
      cause,
      details: { name },
    });
  }
}

function editedMigration(name: string): DeskhandError {
  return new DeskhandError(
    platformErrors.migrationEdited,
    `Migration ${name} already ran on this database and was edited since. Undo the edit and put the change into a new file.`,
    { details: { name } },
  );
}

function unknownMigration(name: string): DeskhandError {
  return new DeskhandError(
    platformErrors.migrationUnknown,
    `This database ran ${name}, which this version of Deskhand does not have. Start the newer version, or restore a backup made before it.`,
    { details: { name } },
  );
}
