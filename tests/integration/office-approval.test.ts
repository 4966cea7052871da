import { afterAll, beforeAll, expect, test } from 'vitest';
import { correctInvoice, decideTask } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';
import { closeRebuildable } from '../support/rebuild.ts';

let office: TestOffice;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => closeRebuildable(office));

const paymentOf = async (invoiceId: string) =>
  (await office.query('select *, execute_on::text as day, valid_until::text as until from payments where invoice_id = $1', [invoiceId]))[0];

test('a clean small invoice is approved by policy and scheduled on the last payment day of its discount', async () => {
  const invoiceId = await cleanInvoice(office, { quantity: '10', price: '18.90' });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled', gross: '224.9100' });
  // 224.91 less 2 % (4.4982, rounded to 4.50), on the tenth day after 2 March.
  expect(await paymentOf(invoiceId)).toMatchObject({ amount: '220.4100', discount: '4.5000', day: '2026-03-12', until: '2026-03-12' });
  expect(await office.openTasks(invoiceId)).toEqual([]);
});

test('an invoice whose discount is over is paid in full on its due date', async () => {
  const invoiceId = await cleanInvoice(office, { quantity: '10', price: '18.90' }, { issuedOn: '2026-02-10' });
  expect(await paymentOf(invoiceId)).toMatchObject({ amount: '224.9100', discount: '0.0000', day: '2026-03-12', until: null });
});

test.each([
  ['the office manager', 'office-manager', { quantity: '50', price: '18.90' }],
  ['an approver', 'approver', { quantity: '200', price: '18.90' }],
])('a clean larger invoice waits for %s and is scheduled after the yes', async (_, role, bill) => {
  const invoiceId = await cleanInvoice(office, bill);
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'awaiting-approval' });
  const [task, ...others] = await office.openTasks(invoiceId);
  expect(others).toEqual([]);
  expect(task).toMatchObject({ kind: 'approval', role });
  await office.decide(role === 'approver' ? 'bo' : 'ana', task, { decision: 'approve' });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
  expect(await paymentOf(invoiceId)).toMatchObject({ status: 'scheduled' });
});

test('a large invoice needs two people, one after the other', async () => {
  const invoiceId = await cleanInvoice(office, { quantity: '1000', price: '18.90' });
  const [first] = await office.openTasks(invoiceId);
  await office.decide('bo', first, { decision: 'approve' });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'awaiting-approval' });
  const [second, ...others] = await office.openTasks(invoiceId);
  expect(others).toEqual([]);
  expect(second).toMatchObject({ role: 'controller' });
  await expect(office.decide('bo', second, { decision: 'approve' })).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_FOUR_EYES' });
  await expect(office.decide('ana', second, { decision: 'approve' })).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_FOUR_EYES' });
  await office.decide('katrin', second, { decision: 'approve' });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
});

test('a yes given before a correction counts no more: the first step is asked again', async () => {
  const invoiceId = await cleanInvoice(office, { quantity: '1000', price: '18.90' });
  const [first] = await office.openTasks(invoiceId);
  await office.decide('bo', first, { decision: 'approve' });
  await correctInvoice(office.office, office.people.kim, { invoiceId, expectedVersion: 1, fields: { dueDate: '2026-05-04' } });
  await office.settle();
  const [again] = await office.openTasks(invoiceId);
  expect(again).toMatchObject({ role: 'approver', facts: { step: 1 } });
  await office.decide('bela', again, { decision: 'approve' });
  const [second] = await office.openTasks(invoiceId);
  await office.decide('katrin', second, { decision: 'approve' });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
});

test('a rejected invoice ends, and what it took of the order is free for the next one', async () => {
  const order = await orderPaper(office, { quantity: '50', price: '18.90' });
  const first = await office.receive(paperInvoice(order, { quantity: '50', price: '18.90' }));
  const second = await office.receive(paperInvoice(order, { quantity: '50', price: '18.90' }));
  expect((await office.openTasks(second)).map((task) => task.reason)).toContain('quantity');
  const [approval] = await office.openTasks(first);
  await office.decide('ana', approval, { decision: 'reject' });
  expect(await office.invoice(first)).toMatchObject({ status: 'rejected' });
  expect(await office.query('select 1 from allocations where invoice_id = $1', [first])).toEqual([]);
  expect(await office.openTasks(first)).toEqual([]);
  // The second looked again by itself.
  expect((await office.openTasks(second)).map((task) => task.kind)).toEqual(['approval']);
});

test('who corrected the amount can not approve it, neither in the total nor in the lines', async () => {
  const order = await orderPaper(office, { quantity: '50', price: '18.90' });
  const invoiceId = await office.receive(
    paperInvoice(order, { quantity: '50', price: '18.90' }, { gross: '1124.65', doubtful: { grossTotal: 0.4 } }),
  );
  const { version } = await office.invoice(invoiceId);
  await correctInvoice(office.office, office.people.ana, { invoiceId, expectedVersion: version, fields: { grossTotal: '1124.55' } });
  await office.settle();
  const [task] = await office.openTasks(invoiceId);
  expect(task).toMatchObject({ kind: 'approval', role: 'approver' });
  await expect(office.decide('ana', task, { decision: 'approve' })).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_FOUR_EYES' });

  const other = await orderPaper(office, { quantity: '40', price: '18.90' });
  const lined = await office.receive(paperInvoice(other, { quantity: '40', price: '18.90' }));
  const lines = [{ description: 'Copy paper A4 80 g', quantity: '20', unitPrice: '37.80', netAmount: '756.00', taxRate: '19' }];
  await correctInvoice(office.office, office.people.katrin, { invoiceId: lined, expectedVersion: 1, lines });
  await office.settle();
  const [price] = await office.openTasks(lined);
  await office.decide('bo', price, { decision: 'accept' });
  const [approval] = await office.openTasks(lined);
  expect(approval).toMatchObject({ kind: 'approval', role: 'office-manager' });
  await expect(office.decide('katrin', approval, { decision: 'approve' })).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_FOUR_EYES' });
  await office.decide('ana', approval, { decision: 'approve' });
  expect(await office.invoice(lined)).toMatchObject({ status: 'scheduled' });
});

test('a small invoice whose amount a person changed is not approved by policy', async () => {
  const order = await orderPaper(office, { quantity: '10', price: '18.90' });
  const invoiceId = await office.receive(
    paperInvoice(order, { quantity: '10', price: '18.90' }, { gross: '224.19', doubtful: { grossTotal: 0.4 } }),
  );
  await correctInvoice(office.office, office.people.ana, { invoiceId, expectedVersion: 1, fields: { grossTotal: '224.91' } });
  await office.settle();
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'awaiting-approval' });
});

test('a correction while an approval waits asks anew, and a correction back asks once more', async () => {
  const invoiceId = await cleanInvoice(office, { quantity: '50', price: '18.90' });
  const [first] = await office.openTasks(invoiceId);
  await correctInvoice(office.office, office.people.katrin, { invoiceId, expectedVersion: 1, fields: { invoiceNumber: 'RE-OTHER' } });
  await expect(decideTask(office.office, office.people.ana, { taskId: first?.id ?? '', decision: 'approve' })).rejects.toMatchObject({
    kind: 'conflict',
  });
  await office.settle();
  const [second] = await office.openTasks(invoiceId);
  expect(second?.facts['digest']).not.toBe(first?.facts['digest']);
  const { number } =
    (
      await office.query(
        "select extraction->'fields'->'invoiceNumber'->>'value' as number from documents d join invoices i on i.document_id = d.id where i.id = $1",
        [invoiceId],
      )
    )[0] ?? {};
  await correctInvoice(office.office, office.people.katrin, { invoiceId, expectedVersion: 2, fields: { invoiceNumber: String(number) } });
  await office.settle();
  const [third, ...others] = await office.openTasks(invoiceId);
  expect(others).toEqual([]);
  expect(third).toMatchObject({ kind: 'approval', facts: { digest: first?.facts['digest'] } });
  await office.decide('ana', third, { decision: 'approve' });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
});

test('a correction between the look and the approval is looked at before anyone or any policy says yes', async () => {
  const order = await orderPaper(office, { quantity: '10', price: '18.90' });
  office.before('askApproval', async () => {
    const [row] = await office.query("select id from invoices where number = 'RE-RACE'");
    const lines = [{ description: 'Copy paper A4 80 g', quantity: '11', unitPrice: '18.90', netAmount: '207.90', taxRate: '19' }];
    const fields = { netTotal: '207.90', taxTotal: '39.50', grossTotal: '247.40' };
    await correctInvoice(office.office, office.people.ana, { invoiceId: String(row?.['id']), expectedVersion: 1, fields, lines });
  });
  const invoiceId = await office.receive(paperInvoice(order, { quantity: '10', price: '18.90' }, { number: 'RE-RACE' }));
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'in-review' });
  expect((await office.openTasks(invoiceId)).map((task) => task.reason)).toEqual(['quantity']);
});

test('an invoice rejected between the look and the approval stays rejected', async () => {
  const order = await orderPaper(office, { quantity: '50', price: '18.90' });
  const invoiceId = await office.receive(paperInvoice(order, { quantity: '50', price: '18.90' }));
  const [task] = await office.openTasks(invoiceId);
  office.before('askApproval', () => decideTask(office.office, office.people.ana, { taskId: task?.id ?? '', decision: 'reject' }));
  // News without a change: the same approval stands, and is answered while the workflow is on its way to ask for it.
  const [row] = await office.query('select document_id from invoices where id = $1', [invoiceId]);
  await office.query("insert into outbox (organization_id, kind, workflow_id, payload) values ($1, 'signal', $2, $3)", [
    office.organizationId,
    `document:${String(row?.['document_id'])}`,
    JSON.stringify({ signal: 'news', payload: {} }),
  ]);
  await office.settle();
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'rejected' });
  expect(await office.openTasks(invoiceId)).toEqual([]);
});

test('one task decided twice at the same time has one effect', async () => {
  const invoiceId = await cleanInvoice(office, { quantity: '200', price: '18.90' });
  const [task] = await office.openTasks(invoiceId);
  const decisions = (['bo', 'bela', 'bo', 'bela'] as const).map((person) =>
    decideTask(office.office, office.people[person], { taskId: task?.id ?? '', decision: 'approve' }),
  );
  const outcomes = await Promise.allSettled(decisions);
  await office.settle();
  // The winner's second yes is harmless; the other person hears that it is settled.
  expect(outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => outcome.reason.code)).toEqual([
    'DH_ORCHESTRATION_ALREADY_DECIDED',
    'DH_ORCHESTRATION_ALREADY_DECIDED',
  ]);
  expect(await office.query('select 1 from approvals where invoice_id = $1', [invoiceId])).toHaveLength(1);
  expect(await office.query('select 1 from payments where invoice_id = $1', [invoiceId])).toHaveLength(1);
});
