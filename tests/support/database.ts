import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, type DatabaseUrls, type Transaction, createDatabase, databaseUrls } from '#platform';
import { testSecret } from './postgres-server.ts';

export interface TestDatabase {
  readonly database: Database;
  /** Signs in as owner, past row-level security: for looking at what a test did. */
  readonly url: string;
  readonly urls: DatabaseUrls;
  /** Runs SQL as owner, in a connection of its own. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Closes the pools and drops the database. */
  drop(): Promise<void>;
}

/** A database of this test file's own: a clone of the migrated template, about 0.1 s. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('postgresUrl'));
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(template);
  url.pathname = `/${name}`;
  const administration = new URL(template);
  administration.pathname = '/postgres';
  await ask(administration, `create database ${name} template ${template.pathname.slice(1)}`);
  const urls = databaseUrls(url.toString(), testSecret);
  const database = createDatabase(urls, { poolSize: 6 });
  return {
    database,
    url: url.toString(),
    urls,
    query: (text, values) => ask(url, text, values),
    async drop() {
      await database.close();
      await ask(administration, `drop database ${name} with (force)`);
    },
  };
}

/** Lets a transaction write rows of projections that no event speaks of: for tests that need a table filled, not a history. */
export async function allowDirectWrites(transaction: Transaction): Promise<void> {
  await sql`select set_config('app.projecting', 'on', true)`.execute(transaction);
}

async function ask(url: URL, text: string, values: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
