import { copyFile, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, migrate } from '#platform';
import { type TestDatabase, createTestDatabase } from '../support/database.ts';
import { testSecret } from '../support/postgres-server.ts';

const migrations = path.resolve(import.meta.dirname, '../../migrations');
let office: TestDatabase;

beforeAll(async () => {
  office = await createTestDatabase();
  for (const id of ['org_a', 'org_b']) {
    await office.database.inOrganization(id, async (transaction) => {
      await transaction.insertInto('organizations').values({ id, name: id, currency: 'EUR', iban: null, bic: null }).execute();
      await transaction
        .insertInto('members')
        .values({
          id: `mem_${id}`,
          organization_id: id,
          auth_user_id: null,
          name: 'Ana',
          email: `ana@${id}.test`,
          roles: ['office-manager'],
        })
        .execute();
    });
  }
});
afterAll(() => office.drop());

test('a transaction sees the rows of its own organization only', async () => {
  const seen = await office.database.inOrganization('org_a', (transaction) => transaction.selectFrom('members').select('id').execute());
  expect(seen).toEqual([{ id: 'mem_org_a' }]);
});

test('a row of another organization can be neither written nor changed', async () => {
  const intrusion = office.database.inOrganization('org_a', (transaction) =>
    transaction
      .insertInto('outbox')
      .values({ organization_id: 'org_b', kind: 'start', workflow_id: 'w', payload: '{}', trace_parent: null, relayed_at: null })
      .execute(),
  );
  await expect(intrusion).rejects.toThrow(/row-level security/);
  const { numUpdatedRows } = await office.database.inOrganization('org_a', (transaction) =>
    transaction.updateTable('members').set({ name: 'Eve' }).where('id', '=', 'mem_org_b').executeTakeFirst(),
  );
  expect(numUpdatedRows).toBe(0n);
});

test('an empty organization id is refused, and one that nobody has sees nothing', async () => {
  await expect(office.database.inOrganization('', () => Promise.resolve())).rejects.toMatchObject({
    code: 'DH_PLATFORM_ORGANIZATION_MISSING',
  });
  const seen = await office.database.inOrganization('org_none', (transaction) => transaction.selectFrom('members').select('id').execute());
  expect(seen).toEqual([]);
});

test('a connection of the app without an organization sees nothing in any table', async () => {
  const tables = await office.query(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations'",
  );
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: office.urls.app });
  await client.connect();
  for (const { name } of tables) {
    const { rows } = await client.query(`select * from ${pg.escapeIdentifier(String(name))}`);
    expect(rows, String(name)).toEqual([]);
  }
  await client.end();
});

test('the organization does not stay on the connection after the transaction', async () => {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: office.urls.app });
  await client.connect();
  await client.query("begin; select set_config('app.organization_id', 'org_a', true); commit");
  expect((await client.query('select id from members')).rows).toEqual([]);
  await client.end();
});

test('every table of an organization has row-level security that binds its owner too', async () => {
  const open = await office.query(
    `select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname <> 'schema_migrations' and not (relrowsecurity and relforcerowsecurity)`,
  );
  expect(open).toEqual([]);
});

test('none of the roles can bypass row-level security, create roles or become another one', async () => {
  const roles = await office.query(
    `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
      exists (select from pg_auth_members where member = pg_roles.oid) as "isMember" from pg_roles where rolname like 'deskhand\\_%' and rolname <> 'deskhand_owner'`,
  );
  expect(roles.length).toBeGreaterThanOrEqual(3);
  for (const role of roles) {
    expect(role).toMatchObject({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, isMember: false });
  }
});

test('the system role sees organizations, members and the outbox, and nothing else', async () => {
  const members = await office.database.inSystem((transaction) => transaction.selectFrom('members').select('id').orderBy('id').execute());
  expect(members.map(({ id }) => id)).toEqual(['mem_org_a', 'mem_org_b']);
  await expect(office.database.inSystem((transaction) => transaction.selectFrom('invoices').select('id').execute())).rejects.toThrow(
    /permission denied/,
  );
});

test('the audit log refuses update and delete, also from its owner', async () => {
  await expect(office.query('delete from audit_entries')).rejects.toThrow(/append-only/);
  const change = office.database.inOrganization('org_a', (transaction) =>
    transaction.updateTable('audit_entries').set({ actor: 'x' }).execute(),
  );
  await expect(change).rejects.toThrow(/permission denied/);
});

test('a deadlock is tried again and both transactions have their effect', async () => {
  await office.query("insert into effects (key, organization_id, result) values ('one', 'org_a', '0'), ('two', 'org_a', '0')");
  const add = (first: string, second: string): Promise<void> =>
    office.database.inOrganization('org_a', async (transaction) => {
      for (const key of [first, second]) {
        await sql`update effects set result = to_jsonb((result #>> '{}')::int + 1) where key = ${key}`.execute(transaction);
        await sql`select pg_sleep(0.1)`.execute(transaction);
      }
    });
  await Promise.all([add('one', 'two'), add('two', 'one')]);
  expect(await office.query('select result from effects order by key')).toEqual([{ result: 2 }, { result: 2 }]);
});

test('a listener hears each notice and hears again after its connection was cut', async () => {
  const heard: string[] = [];
  const waitFor = async (count: number): Promise<void> => {
    for (let tries = 0; heard.length < count && tries < 100; tries += 1) await new Promise((resume) => setTimeout(resume, 50));
  };
  const end = await office.database.listen('deskhand_changes', (payload) => heard.push(payload));
  await office.query("select pg_notify('deskhand_changes', 'first')");
  await waitFor(1);
  await office.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'deskhand-listen' and datname = current_database()",
  );
  await waitFor(2); // the empty notice that says: you may have missed some
  await office.query("select pg_notify('deskhand_changes', 'second')");
  await waitFor(3);
  end();
  expect(heard).toEqual(['first', '', 'second']);
});

test('while Postgres has no connection left, work goes on with those there are, and with more once there are more', async () => {
  const database = createDatabase(office.urls, { poolSize: 6 });
  const name = new URL(office.url).pathname.slice(1);
  /** @returns how many connections did the work */
  const work = async (times: number): Promise<number> => {
    const done = Array.from({ length: times }, () =>
      database.inOrganization('org_a', async (transaction) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid, pg_sleep(0.02)`.execute(transaction);
        return rows[0]?.pid;
      }),
    );
    return new Set(await Promise.all(done)).size;
  };
  expect(await work(2)).toBe(2);
  await office.query(`alter database ${name} connection limit 1`);
  expect(await work(100)).toBe(2);
  await office.query(`alter database ${name} connection limit -1`);
  await expect.poll(() => work(100), { timeout: 10_000 }).toBe(6);
  await database.close();
});

test('dates arrive as written, whatever the time zone of the machine', async () => {
  const day = await office.database.inOrganization('org_a', (transaction) =>
    sql<{ day: string; days: string[] }>`select date '2026-03-29' as day, array[date '2026-03-29'] as days`.execute(transaction),
  );
  expect(day.rows).toEqual([{ day: '2026-03-29', days: ['2026-03-29'] }]);
});

test('migrations that ran are not run again', async () => {
  expect((await migrate(office.url, migrations, testSecret)).applied).toEqual([]);
});

test('refuses a migration that was edited after it ran, and one that this version does not know', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'migrations-'));
  const names = (await readdir(migrations)).toSorted();
  for (const name of names) await copyFile(path.join(migrations, name), path.join(folder, name));
  await writeFile(path.join(folder, names[0] ?? ''), '-- edited');
  await expect(migrate(office.url, folder, testSecret)).rejects.toMatchObject({ code: 'DH_PLATFORM_MIGRATION_EDITED' });
  const empty = await mkdtemp(path.join(os.tmpdir(), 'migrations-'));
  await expect(migrate(office.url, empty, testSecret)).rejects.toMatchObject({ code: 'DH_PLATFORM_MIGRATION_UNKNOWN' });
});

test('a migration that fails is undone whole', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'migrations-'));
  for (const name of await readdir(migrations)) await copyFile(path.join(migrations, name), path.join(folder, name));
  await writeFile(path.join(folder, '9999_broken.sql'), 'create table half (id text); select 1 / 0;');
  await expect(migrate(office.url, folder, testSecret)).rejects.toMatchObject({ code: 'DH_PLATFORM_MIGRATION_FAILED' });
  expect(await office.query("select to_regclass('half') as half")).toEqual([{ half: null }]);
});
