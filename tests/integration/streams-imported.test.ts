import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildProjections } from '#orchestration';
import { openApiOffice, seedOrganization, type ApiOffice } from '../support/api-office.ts';
import { expectRebuildable } from '../support/rebuild.ts';

let api: ApiOffice;
beforeAll(async () => {
  api = await openApiOffice();
  await seedOrganization(api, 'north');
});
afterAll(() => api.close());

test('rows from before there were streams become one imported event each, and rebuild to the same bytes', async () => {
  const { isEqual, tables } = await rebuildProjections(api.office.database, { isApplied: false });
  expect(isEqual).toBe(false);
  expect(tables.find(({ table }) => table === 'invoices')?.firstDifference).toMatchObject({ kind: 'extra' });
  const migration = readFileSync(path.resolve(import.meta.dirname, '../../migrations/0005_event_streams.sql'), 'utf8');
  const imports = migration.match(/^insert into stream_events[^;]+;/gm) ?? [];
  expect(imports).toHaveLength(3);
  for (const statement of imports) await api.testDatabase.query(statement);
  await expectRebuildable(api);
});
