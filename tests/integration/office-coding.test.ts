import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeInvoice, getInvoice, listCodes } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers } from '../support/office-records.ts';
import { closeRebuildable } from '../support/rebuild.ts';

let office: TestOffice;
// Above the automatic limit, so that a person approves.
const bill = { quantity: '20', price: '18.90' };

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => closeRebuildable(office));

const code = async (invoiceId: string, parts: readonly Partial<Record<string, string>>[]): Promise<void> => {
  const whole = { account: null, costCentre: null, project: null, taxCode: null, percent: null, amount: null };
  const { version } = await office.invoice(invoiceId);
  const lines = [{ line: 1, parts: parts.map((part) => ({ ...whole, ...part })) }];
  await codeInvoice(office.office, office.people.ana, { invoiceId, expectedVersion: version, lines });
  await office.settle();
};
const coded = async (invoiceId: string) => (await getInvoice(office.office, office.people.ana, invoiceId)).coding;
const booked = () =>
  office.query('select reference, line, part, account, cost_centre from past_bookings where invoice_id is not null order by id');

test('without accounts nothing is coded and nobody is asked', async () => {
  const invoiceId = await cleanInvoice(office, bill);
  expect(await coded(invoiceId)).toBeNull();
  expect(await office.openTasks(invoiceId)).toMatchObject([{ kind: 'approval' }]);
});

test('a line nobody can foretell is asked about; a person splits it, another coding voids the approval, and it teaches', async () => {
  await office.import('accounts', 'number,name\n4930,Office supplies\n4940,Books\n');
  await office.import('cost-centres', 'number,name,isActive\n100,Administration,yes\n300,Production,yes\n900,Old works,no\n');
  await office.settle();
  expect((await listCodes(office.office, office.people.ana)).items).toHaveLength(5);
  const invoiceId = await cleanInvoice(office, bill);
  expect(await office.openTasks(invoiceId)).toMatchObject([
    { reason: 'coding', question: expect.stringContaining('is not coded: the account and cost centre are not sure.') },
  ]);
  await expect(code(invoiceId, [{ account: '4930', costCentre: '900' }])).rejects.toThrow('there is no cost centre “900” in use');
  await expect(
    code(invoiceId, [
      { account: '4930', percent: '60' },
      { account: '4930', percent: '39' },
    ]),
  ).rejects.toThrow('make 99 %');
  await code(invoiceId, [
    { account: '4930', costCentre: '100', percent: '33.3333' },
    { account: '4930', costCentre: '300', percent: '66.6667' },
  ]);
  const [line] = (await coded(invoiceId)) ?? [];
  expect(line).toMatchObject({ by: 'person', member: { name: 'ana' }, parts: [{ amount: '126.00' }, { amount: '252.00' }] });

  const [first] = await office.openTasks(invoiceId);
  expect(first).toMatchObject({ kind: 'approval' });
  await code(invoiceId, [{ account: '4930', costCentre: '100' }]);
  const [second] = await office.openTasks(invoiceId);
  expect(second?.facts['digest']).not.toBe(first?.facts['digest']);
  await expect(office.decide('bo', first, { decision: 'approve' })).rejects.toThrow(/settled/);
  expect(await booked()).toEqual([]);
  await office.decide('bo', second, { decision: 'approve' });
  expect(await booked()).toMatchObject([{ line: 1, part: 1, account: '4930', cost_centre: '100' }]);
});

test('what was always booked alike is coded by itself, with its reason, and an approved prediction teaches', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => `S-1,OLD-${at},1,"Copy paper A4 80 g",,2025-11-03,4930,100`);
  await office.import(
    'past-bookings',
    `supplierNumber,invoiceNumber,line,description,taxRate,bookedOn,account,costCentre\n${rows.join('\n')}\n`,
  );
  const invoiceId = await cleanInvoice(office, bill);
  const [line] = (await coded(invoiceId)) ?? [];
  expect(line).toMatchObject({ by: 'history', parts: [{ account: '4930', costCentre: '100', amount: '378.00' }] });
  expect(line?.predictions[0]?.reason).toMatch(/^Like all of the last 8 lines from this supplier/);
  const [task] = await office.openTasks(invoiceId);
  expect(task).toMatchObject({ kind: 'approval' });
  await office.decide('bo', task, { decision: 'approve' });
  expect(await booked()).toHaveLength(2);
  await expect(office.query('delete from past_bookings')).rejects.toThrow(/append-only/);
});
