import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TaxStatement } from '#domain/documents';
import { correctInvoice, getTaxIdentity, getWhy, setTaxIdentity } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { accounts, cleanInvoice, importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';
import { closeRebuildable } from '../support/rebuild.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
  await setTaxIdentity(office.office, office.people.ana, { country: 'de', vatId: 'DE 811 569 869' });
});
afterAll(() => closeRebuildable(office));

const bill = { quantity: '10', price: '18.90' };
const nothingSaid: TaxStatement = {
  source: 'page',
  shares: [],
  reasons: [],
  vatIds: [],
  buyerVatId: null,
  suppliedFrom: null,
  suppliedTo: null,
};
const french = { supplierName: 'Atelier Lumière SARL', taxId: 'FR40303265045', iban: accounts.lumiere, taxRate: '20' };

/** An ordered and received delivery of Lumière. */
async function fromFrance(): Promise<string> {
  return office.receive(paperInvoice(await orderPaper(office, { ...bill, supplier: 'S-2' }), bill, french));
}

test('the tax of another country goes to the controller, once for each supplier', async () => {
  const invoiceId = await fromFrance();
  const [task, ...others] = await office.openTasks(invoiceId);
  expect(others).toEqual([]);
  expect(task).toMatchObject({
    reason: 'tax-treatment',
    role: 'controller',
    choices: ['accept', 'reject'],
    facts: { difference: '+37.80 EUR' },
  });
  expect(task?.question).toContain("Atelier Lumière SARL charges 37.80 EUR of tax of France, which can't be deducted in Germany.");
  expect(await getWhy(office.office, office.people.katrin, invoiceId)).toMatchObject({
    asked: [{ why: 'Whether this tax may be paid and deducted is for a controller to say.' }],
    whatIf: ['Nobody would have been asked if tax and VAT ids had raised no question.'],
  });
  await expect(office.decide('ana', task, { decision: 'accept' })).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await office.decide('katrin', task, { decision: 'accept' });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
  expect(await office.invoice(await fromFrance())).toMatchObject({ status: 'scheduled' });
});

test('master data may say that the tax is borne, and later imports leave it so', async () => {
  await office.import(
    'suppliers',
    `number,name,vatId,country,currency,netDays,iban,chargesForeignTax\nS-2,Atelier Lumière SARL,FR40303265045,FR,EUR,45,${accounts.lumiere},yes\n`,
  );
  await importSuppliers(office);
  expect(await office.query(`select number, charges_foreign_tax from suppliers order by number`)).toEqual([
    { number: 'S-1', charges_foreign_tax: false },
    { number: 'S-2', charges_foreign_tax: true },
  ]);
});

test('a rate that no country has, and a VAT id that cannot be, go to the office manager; corrected, only the approval is left', async () => {
  await office.query(`update suppliers set vat_id = null where number = 'S-1'`);
  const invoiceId = await cleanInvoice(office, bill, { taxRate: '18', taxId: 'DE136695977' });
  const tasks = await office.openTasks(invoiceId);
  expect(tasks.map(({ reason, role }) => `${reason} ${role}`).toSorted()).toEqual(['tax-rate office-manager', 'vat-id office-manager']);
  expect(tasks.find(({ reason }) => reason === 'tax-rate')?.question).toContain('18 % is no tax rate of Germany');
  await office.decide(
    'ana',
    tasks.find(({ reason }) => reason === 'tax-rate'),
    { decision: 'accept' },
  );
  const { version: expectedVersion } = await office.invoice(invoiceId);
  await correctInvoice(office.office, office.people.ana, { invoiceId, expectedVersion, fields: { supplierTaxId: 'DE136695976' } });
  await office.settle();
  expect(await office.openTasks(invoiceId)).toMatchObject([{ kind: 'approval' }]);
});

test('no tax at home asks for the reason, unless the paper gives it', async () => {
  const silent = await cleanInvoice(office, bill, { taxRate: '0', tax: nothingSaid });
  expect(await office.openTasks(silent)).toMatchObject([{ reason: 'tax-treatment', role: 'controller' }]);
  const small = { ...nothingSaid, reasons: [{ reason: 'small-business' as const, text: '§ 19 UStG' }] };
  expect(await office.invoice(await cleanInvoice(office, bill, { taxRate: '0', tax: small }))).toMatchObject({ status: 'scheduled' });
  const charged = await cleanInvoice(office, bill, { tax: small });
  expect((await office.openTasks(charged))[0]?.question).toContain('small business');
});

test('who the office is to the tax office is said by whoever keeps the master data, and what waits is looked at again', async () => {
  const say = (person: 'bo' | 'ana', vatId: string) => setTaxIdentity(office.office, office.people[person], { country: 'DE', vatId });
  await expect(say('bo', 'DE811569869')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await expect(say('ana', 'DE811569868')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_VALUE_INVALID' });
  expect(await getTaxIdentity(office.office, office.people.bo)).toEqual({ country: 'DE', vatId: 'DE811569869' });
  const foreign = await cleanInvoice(office, bill, { tax: { ...nothingSaid, buyerVatId: 'DE136695976' } });
  expect(await office.openTasks(foreign)).toMatchObject([{ reason: 'vat-id' }]);
  await say('ana', 'DE136695976');
  await office.settle();
  expect(await office.invoice(foreign)).toMatchObject({ status: 'scheduled' });
});

test('an office that does not say where it is, is asked nothing about missing or foreign tax', async () => {
  await setTaxIdentity(office.office, office.people.ana, { country: null, vatId: null });
  expect(await office.invoice(await cleanInvoice(office, bill, { taxRate: '0', tax: nothingSaid }))).toMatchObject({ status: 'scheduled' });
});
