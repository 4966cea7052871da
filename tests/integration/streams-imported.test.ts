import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildProjections } from '#orchestration';
import { openApiOffice, seedOrganization, type ApiOffice } from '../support/api-office.ts';
import { importStreams } from '../support/import-streams.ts';
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
  expect(await importStreams(api.testDatabase)).toBe(3);
  await expectRebuildable(api);
});
