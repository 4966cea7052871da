import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PostgresServer, createDatabase, createLog, migrate, startPostgres } from '#platform';
import { testSecret } from '../support/postgres-server.ts';

const migrations = path.resolve(import.meta.dirname, '../../migrations');
let folder = '';
let server: PostgresServer;

// A server as a company has it: our user owns one database, may create roles, and is no superuser.
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'own-server-'));
  await chmod(folder, 0o711);
  server = await startPostgres(folder, createLog({ level: 'silent' }));
  await ask(server.url, "create role company login createrole password 'company'");
  for (const name of ['own_one', 'own_two']) await ask(server.url, `create database ${name} owner company`);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function urlOf(database: string): string {
  const url = new URL(server.url);
  url.username = 'company';
  url.password = 'company';
  url.pathname = `/${database}`;
  return url.toString();
}

async function ask(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

test('an owner without superuser rights suffices, and processes that start at once wait for each other', async () => {
  const reports = await Promise.all([1, 2, 3].map(() => migrate(urlOf('own_one'), migrations, testSecret)));
  const applied = reports.map((report) => report.applied.length).toSorted((left, right) => left - right);
  expect(applied.slice(0, 2)).toEqual([0, 0]);
  expect(applied[2]).toBeGreaterThan(0);
  const database = createDatabase(reports[0]?.urls ?? { app: '', system: '' });
  const seen = await database.inOrganization('org_none', (transaction) => transaction.selectFrom('organizations').selectAll().execute());
  expect(seen).toEqual([]);
  await database.close();
});

test('a role that could bypass row-level security is refused', async () => {
  await migrate(urlOf('own_two'), migrations, testSecret);
  await ask(server.url, 'alter role deskhand_app bypassrls');
  await expect(migrate(urlOf('own_two'), migrations, testSecret)).rejects.toMatchObject({ code: 'DH_PLATFORM_ROLE_UNSAFE' });
  await ask(server.url, 'alter role deskhand_app nobypassrls');
});

test('a server that does not answer or refuses the password is named, without the password', async () => {
  const wrong = new URL(urlOf('own_one'));
  wrong.password = 'hunter2';
  const failure: unknown = await migrate(wrong.toString(), migrations, testSecret).catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ code: 'DH_PLATFORM_DATABASE_UNREACHABLE' });
  expect(String(failure)).not.toContain('hunter2');
  await expect(migrate('postgres://a:b@127.0.0.1:1/x', migrations, testSecret)).rejects.toMatchObject({
    code: 'DH_PLATFORM_DATABASE_UNREACHABLE',
  });
});
