import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { DeskhandError } from '#domain/errors';
import { platformErrors } from './errors.ts';
import { numberOf, readMigrations, type Migration } from './migration-files.ts';
import { type DatabaseUrls, databaseUrls, ensureRoles } from './roles.ts';

export interface MigrationReport {
  readonly applied: readonly string[];
  /** What a newer version added; this one works on beside it. */
  readonly ahead: readonly string[];
  readonly urls: DatabaseUrls;
}

export interface MigrateOptions {
  /** A migration that does not get its locks lets those behind it pass, and tries again. @default 3000 milliseconds */
  readonly lockTimeoutMs?: number;
}

// Any fixed number does; this one spells "deskhand" on a telephone's keys, cut to a bigint's safe half.
const lockKey = 33_754_263;
const lookAgainMs = 200;
// With the pauses between them about four minutes: longer than any query of ours.
const mostTries = 60;

/**
 * Brings the database to the version of this program: roles, then `migrations/NNNN_name.sql` in order, each in a
 * transaction of its own. Processes that start at once wait for each other. A database that a newer version brought
 * further is left as it is, as long as that took nothing away that this version needs.
 *
 * @param secret - the installation's secret; the roles' passwords come from it.
 * @throws DH_PLATFORM_MIGRATION_EDITED when a file that already ran is not what it was, DH_PLATFORM_MIGRATION_UNKNOWN when
 *   the database is too new for this version, DH_PLATFORM_MIGRATION_FAILED.
 */
export async function migrate(ownerUrl: string, folder: string, secret: string, options: MigrateOptions = {}): Promise<MigrationReport> {
  const migrations = await readMigrations(folder);
  const client = await connectAsOwner(ownerUrl);
  try {
    await untilAlone(client);
    await ensureRoles(client, secret);
    await ensureRecord(client);
    const { waiting, ahead } = compare(migrations, await ranMigrations(client));
    for (const migration of waiting) await apply(client, migration, options.lockTimeoutMs ?? 3000);
    return { applied: waiting.map(({ name }) => name), ahead, urls: databaseUrls(ownerUrl, secret) };
  } finally {
    await client.end();
  }
}

/**
 * For processes that leave migrating to a server: waits until the database is as far as this program.
 *
 * @throws DH_PLATFORM_SCHEMA_BEHIND when no server came to do it, and as `migrate`.
 */
export async function untilMigrated(ownerUrl: string, folder: string, patienceMs: number): Promise<void> {
  const migrations = await readMigrations(folder);
  const client = await connectAsOwner(ownerUrl);
  const startedAt = performance.now();
  try {
    for (;;) {
      const { waiting } = compare(migrations, await ranMigrations(client));
      const [first] = waiting;
      if (first === undefined) return;
      if (performance.now() - startedAt > patienceMs) throw schemaBehind(first.name, waiting.length);
      await delay(lookAgainMs);
    }
  } finally {
    await client.end();
  }
}

/** Asks instead of waiting in Postgres: a wait would hold a snapshot, for whose end `create index concurrently` of another waits. */
async function untilAlone(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lockKey]);
    if (rows[0]?.mine === true) return;
    await delay(lookAgainMs);
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

interface Ran {
  readonly name: string;
  readonly sha256: string;
  readonly works_since: string | null;
}

async function ensureRecord(client: pg.Client): Promise<void> {
  await client.query(
    'create table if not exists schema_migrations (name text primary key, sha256 char(64) not null, applied_at timestamptz not null default now())',
  );
  // Databases from before November 2026 lack it.
  await client.query('alter table schema_migrations add column if not exists works_since char(4)');
}

async function ranMigrations(client: pg.Client): Promise<readonly Ran[]> {
  const { rows: found } = await client.query<{ has: boolean }>(
    `select exists (select from pg_attribute where attrelid = to_regclass('schema_migrations') and attname = 'works_since') as has`,
  );
  if (found[0]?.has !== true) return [];
  return (await client.query<Ran>('select name, sha256, works_since from schema_migrations order by name')).rows;
}

/** What has yet to run, and what a newer version ran. */
function compare(migrations: readonly Migration[], ran: readonly Ran[]): { waiting: readonly Migration[]; ahead: readonly string[] } {
  const done = new Map(ran.map((one) => [one.name, one.sha256]));
  const newest = numberOf(migrations.at(-1)?.name ?? '');
  const strange = ran.filter(({ name }) => migrations.every((migration) => migration.name !== name));
  for (const { name, works_since: worksSince } of strange) {
    const isNewer = newest !== '' && numberOf(name) > newest;
    if (!isNewer) throw unknownMigration(name);
    if (worksSince !== null && worksSince > newest) throw tooNew(name, worksSince);
  }
  for (const { name, sha256 } of migrations) {
    const before = done.get(name);
    if (before !== undefined && before !== sha256) throw editedMigration(name);
  }
  return { waiting: migrations.filter(({ name }) => !done.has(name)), ahead: strange.map(({ name }) => name) };
}

async function apply(client: pg.Client, migration: Migration, lockTimeoutMs: number): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      if (migration.statements === null) await applyWhole(client, migration, lockTimeoutMs);
      else await applyInSteps(client, migration, migration.statements);
      return;
    } catch (cause) {
      // 55P03: somebody else's long query holds the table; whoever came after us got it meanwhile.
      if ((cause as { code?: unknown }).code !== '55P03' || tried === mostTries) throw failedMigration(migration, cause);
    }
    await delay(Math.min(lookAgainMs * tried, 1000));
  }
}

async function applyWhole(client: pg.Client, migration: Migration, lockTimeoutMs: number): Promise<void> {
  try {
    await client.query('begin');
    await client.query(`set local lock_timeout = ${lockTimeoutMs}`);
    await client.query(migration.text);
    await note(client, migration);
    await client.query('commit');
  } catch (thrown) {
    await client.query('rollback');
    throw thrown;
  }
}

/** What Postgres refuses inside a transaction. Cut off, it begins again from its first statement at the next start. */
async function applyInSteps(client: pg.Client, migration: Migration, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await client.query(statement);
  await note(client, migration);
}

async function note(client: pg.Client, { name, sha256, worksSince }: Migration): Promise<void> {
  await client.query('insert into schema_migrations (name, sha256, works_since) values ($1, $2, $3)', [name, sha256, worksSince]);
}

function failedMigration({ name, statements }: Migration, cause: unknown): DeskhandError {
  const left = statements === null ? 'and was undone' : 'on the way, and begins again at the next start';
  return new DeskhandError(platformErrors.migrationFailed, `Migration ${name} failed ${left}: ${(cause as Error).message}`, {
    cause,
    details: { name },
  });
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

function tooNew(name: string, worksSince: string): DeskhandError {
  return new DeskhandError(
    platformErrors.migrationUnknown,
    `This database ran ${name}, which took away what this version of Deskhand still needs; versions that know migration ${worksSince} do without it. ` +
      'Start the newer version, or restore a backup made before it (docs/guides/upgrade.md).',
    { details: { name, worksSince } },
  );
}

function schemaBehind(name: string, count: number): DeskhandError {
  return new DeskhandError(
    platformErrors.schemaBehind,
    `The database is older than this version of Deskhand: ${count} migrations from ${name} on have not run. ` +
      'A process with the role `server` runs them at its start; start one of this version first.',
    { details: { name, count } },
  );
}
