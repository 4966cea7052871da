import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from '#platform';
import { rebuildProjections } from '#orchestration';
import { append } from '../../src/orchestration/streams/append.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers } from '../support/office-records.ts';
import { expectRebuildable } from '../support/rebuild.ts';

let office: TestOffice;
let invoiceId = '';

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
  invoiceId = await cleanInvoice(office, { quantity: '10', price: '18.90' });
  const waiting = await cleanInvoice(office, { quantity: '200', price: '18.90' });
  await office.decide('bo', (await office.openTasks(waiting))[0], { decision: 'approve' });
});
afterAll(() => office.close());

const differences = async () =>
  (await rebuildProjections(office.office.database, { isApplied: false })).tables.flatMap(({ firstDifference }) => firstDifference ?? []);

const tampering: readonly [string, string, object][] = [
  ['a changed total', "update invoices set gross = gross + 1000 where id = '$id'", { kind: 'changed', columns: ['gross', 'gross_units'] }],
  [
    'a moved payment',
    "update payments set execute_on = execute_on + 1 where invoice_id = '$id'",
    { kind: 'changed', columns: ['execute_on'] },
  ],
  ['a removed line', "delete from invoice_lines where invoice_id = '$id' and position = 1", { kind: 'missing' }],
  ['a removed approval', "delete from approvals where invoice_id = '$id'", { kind: 'missing' }],
  [
    'an approval that nobody gave',
    "insert into approvals (organization_id, invoice_id, step, role, decision, digest, policy_version) select organization_id, id, 2, 'controller', 'approved', repeat('0', 64), 1 from invoices where id = '$id'",
    { kind: 'extra' },
  ],
];
test.each(tampering)('a rebuild finds %s, and puts it right when told to', async (_, statement, expected) => {
  await expectRebuildable(office);
  await office.query(statement.replace('$id', invoiceId));
  expect(await differences()).toMatchObject([expected]);
  const owner = createDatabase({ app: office.testDatabase.url, system: office.testDatabase.url });
  try {
    expect(await rebuildProjections(owner, { isApplied: true })).toMatchObject({ isEqual: false });
  } finally {
    await owner.close();
  }
  await expectRebuildable(office);
});

test('the application cannot write a projection past its events, nor change what happened', async () => {
  const write = (work: Parameters<TestOffice['office']['database']['inOrganization']>[1]) =>
    office.office.database.inOrganization(office.organizationId, work);
  await expect(write((transaction) => transaction.updateTable('invoices').set({ gross: '1' }).execute())).rejects.toThrow(
    'invoices is a projection',
  );
  await expect(write((transaction) => transaction.deleteFrom('allocations').execute())).rejects.toThrow('allocations is a projection');
  await expect(write((transaction) => transaction.updateTable('stream_events').set({ type: 'x' }).execute())).rejects.toThrow(
    'permission denied',
  );
  await expect(office.query('delete from stream_events')).rejects.toThrow('append-only');
});

test('of two writers that saw the same past, the second is refused', async () => {
  const [row] = await office.query<{ version: number }>('select max(version) as version from stream_events where stream_id = $1', [
    invoiceId,
  ]);
  const write = () =>
    office.office.database.inOrganization(office.organizationId, (transaction) =>
      append(transaction, {
        kind: 'invoice',
        id: invoiceId,
        actor: 'deskhand',
        expectedVersion: row?.version ?? 0,
        events: [{ type: 'invoice.scheduled', data: {} }],
      }),
    );
  const outcomes = await Promise.allSettled([write(), write(), write()]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes.filter((candidate) => candidate.status === 'rejected'))
    expect(outcome.reason).toMatchObject({ code: 'DH_ORCHESTRATION_STREAM_CONFLICT' });
  await expectRebuildable(office);
});
