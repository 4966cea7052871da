import { afterAll, beforeAll, expect, test } from 'vitest';
import { correctInvoice } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { accounts, cleanInvoice, importSuppliers, orderPaper, paperInvoice, receiveGoods } from '../support/office-records.ts';
import { closeRebuildable } from '../support/rebuild.ts';

let office: TestOffice;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => closeRebuildable(office));

const accountPaid = (invoiceId: string) =>
  office.query('select a.iban, a.status from payments p join supplier_bank_accounts a on a.id = p.bank_account_id where invoice_id = $1', [
    invoiceId,
  ]);
const reasonsOf = async (invoiceId: string): Promise<string[]> => (await office.openTasks(invoiceId)).map((task) => task.reason);

test('a price exception goes to whoever ordered, and accepting it covers exactly these facts', async () => {
  const order = await orderPaper(office, { quantity: '10', price: '18.90' });
  const invoiceId = await office.receive(paperInvoice(order, { quantity: '10', price: '21.00' }));
  const [price] = await office.openTasks(invoiceId);
  expect(price).toMatchObject({ reason: 'price', member_id: office.people.bo.memberId, role: 'approver' });
  await expect(office.decide('ana', price, { decision: 'accept' })).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await office.decide('bo', price, { decision: 'accept' });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'awaiting-approval' });
  const line = { description: 'Copy paper A4 80 g', quantity: '10', unitPrice: '22.00', netAmount: '220.00', taxRate: '19' };
  await correctInvoice(office.office, office.people.katrin, {
    invoiceId,
    expectedVersion: 1,
    fields: { netTotal: '220.00', taxTotal: '41.80', grossTotal: '261.80' },
    lines: [line],
  });
  await office.settle();
  expect(await reasonsOf(invoiceId)).toEqual(['price']);
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'in-review' });
});

test('a question that was taken back and stands again is asked again', async () => {
  const order = await orderPaper(office, { quantity: '10', price: '18.90' });
  const invoiceId = await office.receive(paperInvoice(order, { quantity: '10', price: '21.00' }));
  const fields = (net: string, tax: string, gross: string) => ({ netTotal: net, taxTotal: tax, grossTotal: gross });
  const line = (price: string, net: string) => [
    { description: 'Copy paper A4 80 g', quantity: '10', unitPrice: price, netAmount: net, taxRate: '19' },
  ];
  const correct = async (expectedVersion: number, price: string, net: string, totals: ReturnType<typeof fields>): Promise<void> => {
    await correctInvoice(office.office, office.people.ana, { invoiceId, expectedVersion, fields: totals, lines: line(price, net) });
    await office.settle();
  };
  await correct(1, '18.90', '189.00', fields('189.00', '35.91', '224.91'));
  expect(await reasonsOf(invoiceId)).toEqual(['approval']);
  await correct(2, '21.00', '210.00', fields('210.00', '39.90', '249.90'));
  expect(await reasonsOf(invoiceId)).toEqual(['price']);
});

test('a missing receipt settles itself when the goods are booked in', async () => {
  const order = await orderPaper(office, { quantity: '10', price: '18.90', received: '4' });
  const invoiceId = await office.receive(paperInvoice(order, { quantity: '10', price: '18.90' }));
  expect(await reasonsOf(invoiceId)).toEqual(['missing-receipt']);
  await receiveGoods(office, order, '6');
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
  expect(await office.openTasks(invoiceId)).toEqual([]);
});

test('a doubtful value settles itself when it is corrected, and accepting it asks no second time', async () => {
  const order = await orderPaper(office, { quantity: '10', price: '18.90' });
  const doubtful = { number: 'RE-55O1', doubtful: { invoiceNumber: 0.4 } } as const;
  const invoiceId = await office.receive(paperInvoice(order, { quantity: '10', price: '18.90' }, doubtful));
  expect(await reasonsOf(invoiceId)).toEqual(['doubtful-value']);
  await correctInvoice(office.office, office.people.ana, { invoiceId, expectedVersion: 1, fields: { invoiceNumber: 'RE-5501' } });
  await office.settle();
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });

  const second = await orderPaper(office, { quantity: '12', price: '18.90' });
  const accepted = await office.receive(
    paperInvoice(second, { quantity: '10', price: '18.90' }, { number: 'RE-6602', doubtful: { invoiceNumber: 0.4 } }),
  );
  const [task] = await office.openTasks(accepted);
  await office.decide('ana', task, { decision: 'accept' });
  expect(await office.openTasks(accepted)).toEqual([]);
});

test('a correction of a version that is gone is refused, and a closed invoice takes none', async () => {
  const invoiceId = await cleanInvoice(office, { quantity: '50', price: '18.90' });
  const correct = (expectedVersion: number): Promise<void> =>
    correctInvoice(office.office, office.people.ana, { invoiceId, expectedVersion, fields: { dueDate: '2026-04-30' } });
  const outcomes = await Promise.allSettled([correct(1), correct(1), correct(1)]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(correct(1)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_INVOICE_CHANGED' });
  await office.settle();
  const [task] = await office.openTasks(invoiceId);
  await office.decide('ana', task, { decision: 'approve' });
  const { version } = await office.invoice(invoiceId);
  await expect(correct(version)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_INVOICE_CLOSED' });
});

test('an unknown supplier that Ana names is recognised by itself from then on', async () => {
  const order = await orderPaper(office, { quantity: '20', price: '18.90' });
  const stranger = { supplierName: 'NWP Büroversand', taxId: null, iban: null } as const;
  const first = await office.receive(paperInvoice(order, { quantity: '10', price: '18.90' }, stranger));
  const [task] = await office.openTasks(first);
  expect(task).toMatchObject({ reason: 'unknown-supplier', role: 'office-manager' });
  await expect(office.decide('bo', task, { decision: 'assign' })).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await expect(office.decide('ana', task, { decision: 'assign' })).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_DECISION_INCOMPLETE' });
  const [nordwind] = await office.query<{ id: string }>("select id from suppliers where number = 'S-1'");
  await office.decide('ana', task, { decision: 'assign', supplierId: nordwind?.id });
  // Who it is was one person's word, so policy alone does not pay it.
  expect(await office.invoice(first)).toMatchObject({ status: 'awaiting-approval', supplier_id: nordwind?.id });
  const second = await office.receive(paperInvoice(order, { quantity: '10', price: '18.90' }, stranger));
  expect(await office.invoice(second)).toMatchObject({ status: 'scheduled', supplier_id: nordwind?.id });
});

test('the account of a supplier that Ana puts on file is paid only after the controller verified it', async () => {
  const newcomer = { supplierName: 'Fix & Fertig Montage', taxId: null, iban: accounts.third } as const;
  const invoiceId = await office.receive(paperInvoice(null, { quantity: '2', price: '60.00' }, newcomer));
  const [unknown] = await office.openTasks(invoiceId);
  await office.decide('ana', unknown, {
    decision: 'create',
    newSupplier: { name: 'Fix & Fertig Montage', vatId: null, country: 'DE', iban: accounts.third, netDays: 14 },
  });
  expect(await office.query('select status from supplier_bank_accounts where iban = $1', [accounts.third])).toEqual([
    { status: 'proposed' },
  ]);
  const [withoutOrder, account, ...others] = await office.openTasks(invoiceId);
  expect(others).toEqual([]);
  expect(withoutOrder).toMatchObject({ reason: 'missing-purchase-order' });
  expect(account).toMatchObject({ reason: 'bank-account-changed', role: 'office-manager' });
  // There is no account on file to keep to.
  expect(account?.choices).toEqual(['called', 'reject']);
  await office.decide('ana', withoutOrder, { decision: 'accept' });
  const call = { spokeWith: 'Mr. Fix', outcome: 'confirmed', calledAt: '2026-03-02T08:30:00Z' } as const;
  await expect(office.decide('ana', account, { decision: 'called', call })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_DECISION_INCOMPLETE',
  });
  await office.decide('ana', account, { decision: 'called', call: { ...call, phone: '+49 30 555 0199', phoneSource: 'His shop’s sign.' } });
  const [confirmation] = await office.openTasks(invoiceId);
  expect(confirmation).toMatchObject({ reason: 'bank-account-called', role: 'controller', choices: ['verify', 'refuse', 'reject'] });
  for (const person of ['ana', 'bo', 'toni'] as const) {
    await expect(office.decide(person, confirmation, { decision: 'verify' })).rejects.toMatchObject({
      code: 'DH_ORCHESTRATION_NOT_ALLOWED',
    });
  }
  await office.decide('katrin', confirmation, { decision: 'verify' });
  const [approval] = await office.openTasks(invoiceId);
  // Ana said who it is, so the next one up says whether it is paid.
  expect(approval).toMatchObject({ kind: 'approval' });
  await expect(office.decide('ana', approval, { decision: 'approve' })).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_FOUR_EYES' });
  await office.decide('bo', approval, { decision: 'approve' });
  expect(await accountPaid(invoiceId)).toEqual([{ iban: accounts.third, status: 'verified' }]);
});

test('what is paid to the account on file, though another is printed, needs an approval', async () => {
  const order = await orderPaper(office, { quantity: '10', price: '18.90', supplier: 'S-2' });
  const lumiere = { supplierName: 'Atelier Lumière SARL', taxId: 'FR40303265045', iban: accounts.other, taxRate: '20' } as const;
  const invoiceId = await office.receive(paperInvoice(order, { quantity: '10', price: '18.90' }, lumiere));
  const [task] = await office.openTasks(invoiceId);
  expect(task).toMatchObject({ reason: 'bank-account-changed', role: 'office-manager' });
  await expect(office.decide('bo', task, { decision: 'keep-on-file' })).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await office.decide('ana', task, { decision: 'keep-on-file', note: 'Called Madame Lumière.' });
  // Kept to the account on file against what is printed: a person approves it whatever its size.
  const [approval] = await office.openTasks(invoiceId);
  await office.decide('ana', approval, { decision: 'approve' });
  expect(await accountPaid(invoiceId)).toEqual([{ iban: accounts.lumiere, status: 'verified' }]);
});

test('an account that can not be one is corrected, never verified', async () => {
  const order = await orderPaper(office, { quantity: '10', price: '18.90' });
  const invoiceId = await office.receive(paperInvoice(order, { quantity: '10', price: '18.90' }, { iban: 'DE03120300000000202051' }));
  const [task] = await office.openTasks(invoiceId);
  expect(task?.choices).toEqual(['keep-on-file', 'reject']);
  await correctInvoice(office.office, office.people.katrin, { invoiceId, expectedVersion: 1, fields: { iban: accounts.nordwind } });
  await office.settle();
  expect(await reasonsOf(invoiceId)).toEqual(['approval']);
});

test('a rejected invoice with a changed account pays nothing and verifies nothing', async () => {
  const order = await orderPaper(office, { quantity: '10', price: '18.90' });
  const invoiceId = await office.receive(paperInvoice(order, { quantity: '10', price: '18.90' }, { iban: 'DE75512108001245126199' }));
  const [task] = await office.openTasks(invoiceId);
  await office.decide('ana', task, { decision: 'reject' });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'rejected' });
  expect(await office.query("select 1 from supplier_bank_accounts where iban = 'DE75512108001245126199'")).toEqual([]);
});
