import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, untilMigrated } from '#platform';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { openTestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers } from '../support/office-records.ts';
import { testSecret } from '../support/postgres-server.ts';

const ours = path.resolve(import.meta.dirname, '../../migrations');
const folders: string[] = [];
let testDatabase: TestDatabase;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(async () => {
  await testDatabase.drop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** The migrations of a version that has these besides. */
async function versionWith(more: Readonly<Record<string, string>>, isOurs: (name: string) => boolean = () => true): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'deskhand-version-'));
  folders.push(folder);
  for (const name of (await readdir(ours)).filter(isOurs)) await copyFile(path.join(ours, name), path.join(folder, name));
  for (const [name, text] of Object.entries(more)) await writeFile(path.join(folder, name), text);
  return folder;
}

// All that the expand phase of an upgrade may do, in tables that every invoice passes through.
const expand = {
  '9997_expand.sql': `
alter table invoices add column channel text, add column weight integer not null default 1;
alter table tasks add column channel text;
alter table payments add column purpose text default 'invoice';
alter table payments add constraint purpose_known check (purpose in ('invoice', 'refund')) not valid;
create table invoice_notes (id bigint generated always as identity primary key, invoice_id text not null references invoices, note text);
`,
  '9998_index.sql': `-- outside-transaction: an index on a table that grows
drop index concurrently if exists invoices_by_channel;
create index concurrently invoices_by_channel on invoices (channel);
`,
};

test('a server of today works on a database that the next release brought further, and is started on it again', async () => {
  const office = await openTestOffice();
  try {
    const next = await versionWith(expand);
    const { url } = office.testDatabase;
    await importSuppliers(office);
    const waiting = await cleanInvoice(office, { quantity: '50', price: '18.90' });
    expect((await migrate(url, next, testSecret)).applied).toEqual(Object.keys(expand));
    // The old server goes on: with what it had begun, and with what comes now.
    await office.decide('ana', (await office.openTasks(waiting))[0], { decision: 'approve' });
    expect(await office.invoice(waiting)).toMatchObject({ status: 'scheduled', weight: 1, channel: null });
    await office.restart(async () => {
      expect(await migrate(url, ours, testSecret)).toMatchObject({ applied: [], ahead: Object.keys(expand) });
    });
    const later = await cleanInvoice(office, { quantity: '10', price: '18.90' });
    expect(await office.invoice(later)).toMatchObject({ status: 'scheduled', weight: 1 });
  } finally {
    await office.close();
  }
});

test('a contract step lets the release before work on, and is refused by those that still need what went', async () => {
  const contract = `-- contract-phase: after 9997, nothing since then reads the weight\nalter table invoices drop column weight;`;
  const newest = await versionWith({ ...expand, '9999_contract.sql': contract });
  await migrate(testDatabase.url, newest, testSecret);
  const before = await versionWith(expand);
  expect(await migrate(testDatabase.url, before, testSecret)).toMatchObject({ applied: [], ahead: ['9999_contract.sql'] });
  const refusal: unknown = await migrate(testDatabase.url, ours, testSecret).catch((thrown: unknown) => thrown);
  expect(refusal).toMatchObject({ code: 'DH_PLATFORM_MIGRATION_UNKNOWN', details: { name: '9999_contract.sql', worksSince: '9997' } });
  expect(String(refusal)).toMatch(/Start the newer version, or restore a backup/);
});

test('a worker on an older database waits for a server that migrates, and says what is missing when none comes', async () => {
  const database = await createTestDatabase();
  try {
    const next = await versionWith({ '9997_expand.sql': 'create table a_new_one (id text);' });
    await expect(untilMigrated(database.url, next, 0)).rejects.toMatchObject({
      code: 'DH_PLATFORM_SCHEMA_BEHIND',
      details: { name: '9997_expand.sql', count: 1 },
    });
    const worker = untilMigrated(database.url, next, 20_000);
    await migrate(database.url, next, testSecret);
    await worker;
  } finally {
    await database.drop();
  }
});

test('servers that start at once wait for each other, also while one builds an index outside a transaction', async () => {
  const database = await createTestDatabase();
  try {
    const next = await versionWith(expand);
    const reports = await Promise.all([1, 2, 3].map(() => migrate(database.url, next, testSecret)));
    expect(reports.map(({ applied }) => applied.length).toSorted((one, other) => one - other)).toEqual([0, 0, 2]);
    expect(await database.query(`select indisvalid from pg_index where indexrelid = 'invoices_by_channel'::regclass`)).toEqual([
      { indisvalid: true },
    ]);
  } finally {
    await database.drop();
  }
});

test('a table that somebody reads for long holds a migration up, not those who use the table', async () => {
  const database = await createTestDatabase();
  const reader = new pg.Client({ connectionString: database.url });
  await reader.connect();
  try {
    await reader.query('begin; select from invoices');
    const next = await versionWith({ '9997_expand.sql': 'alter table invoices add column channel text;' });
    const migrating = migrate(database.url, next, testSecret, { lockTimeoutMs: 30 });
    // Another reader gets in although the migration asked first: it lets go and asks again.
    for (let round = 0; round < 5; round += 1) await database.query('select count(*) from invoices');
    await reader.query('commit');
    expect((await migrating).applied).toEqual(['9997_expand.sql']);
  } finally {
    await reader.end();
    await database.drop();
  }
});
