import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideTask } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';
import { closeRebuildable } from '../support/rebuild.ts';

let office: TestOffice;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => closeRebuildable(office));

const reasonsOf = async (invoiceId: string): Promise<string[]> => (await office.openTasks(invoiceId)).map((task) => task.reason);
const bill = { quantity: '50', price: '18.90' };

test('the same number again names the first one, and rejecting it leaves the first as it was', async () => {
  const order = await orderPaper(office, bill);
  const paper = paperInvoice(order, bill);
  const first = await office.receive(paper);
  const copy = await office.receive(paper, 'the-same-again.pdf');
  expect(await reasonsOf(first)).toEqual(['approval']);
  const [task, ...others] = await office.openTasks(copy);
  expect(others).toEqual([]);
  expect(task).toMatchObject({ reason: 'duplicate', role: 'office-manager', facts: { otherInvoiceId: first } });
  await office.decide('ana', task, { decision: 'reject' });
  expect(await office.invoice(copy)).toMatchObject({ status: 'rejected' });
  expect(await office.invoice(first)).toMatchObject({ status: 'awaiting-approval' });
  const [approval] = await office.openTasks(first);
  await office.decide('ana', approval, { decision: 'approve' });
  expect(await office.invoice(first)).toMatchObject({ status: 'scheduled' });
});

test('a first invoice can be approved while its copy is still in question', async () => {
  const order = await orderPaper(office, bill);
  const paper = paperInvoice(order, bill);
  const first = await office.receive(paper);
  const copy = await office.receive(paper, 'once-more.pdf');
  const [approval] = await office.openTasks(first);
  await office.decide('ana', approval, { decision: 'approve' });
  expect(await office.invoice(first)).toMatchObject({ status: 'scheduled' });
  expect(await reasonsOf(copy)).toEqual(['duplicate']);
});

test('a rescan whose number is misread in one character is found', async () => {
  const order = await orderPaper(office, bill);
  const first = await office.receive(paperInvoice(order, bill, { number: 'RE-48151' }));
  const rescan = await office.receive(paperInvoice(order, bill, { number: 'RE-48751' }));
  const [task] = await office.openTasks(rescan);
  expect(task).toMatchObject({ reason: 'duplicate', facts: { otherInvoiceId: first } });
});

test('when the first of two is rejected, the question about the second settles itself', async () => {
  const order = await orderPaper(office, bill);
  const paper = paperInvoice(order, bill);
  const first = await office.receive(paper);
  const second = await office.receive(paper, 'better-scan.pdf');
  const [approval] = await office.openTasks(first);
  await office.decide('ana', approval, { decision: 'reject' });
  expect(await reasonsOf(second)).toEqual(['approval']);
});

test('a copy that a person says is another invoice goes on, and is asked about the order it exceeds', async () => {
  const order = await orderPaper(office, bill);
  const paper = paperInvoice(order, bill);
  const first = await office.receive(paper);
  const other = await office.receive(paper, 'really-another.pdf');
  const [task] = await office.openTasks(other);
  await office.decide('ana', task, { decision: 'accept' });
  expect(await reasonsOf(other)).toEqual(['quantity']);
  expect(await reasonsOf(first)).toEqual(['approval']);
});

test('of copies dropped at the same moment one is paid and all others are in question', async () => {
  const order = await orderPaper(office, { quantity: '10', price: '18.90' });
  const paper = paperInvoice(order, { quantity: '10', price: '18.90' });
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => office.drop(paper, `copy-${name}.pdf`)));
  await office.settle();
  const copies = await office.query<{ status: string; open: string }>(
    "select status, (select string_agg(reason, ',') from tasks t where t.invoice_id = i.id and t.status = 'open') as open from invoices i where number = $1",
    [paper.number],
  );
  expect(copies.filter((copy) => copy.status === 'scheduled')).toHaveLength(1);
  expect(copies.filter((copy) => copy.open === 'duplicate')).toHaveLength(5);
});

test('partial invoices count together: the third, which exceeds the order, is asked about', async () => {
  const order = await orderPaper(office, { quantity: '100', price: '18.90' });
  const part = { quantity: '40', price: '18.90' };
  const [one, two, three] = [
    await office.receive(paperInvoice(order, part)),
    await office.receive(paperInvoice(order, part)),
    await office.receive(paperInvoice(order, part)),
  ];
  expect([await reasonsOf(one), await reasonsOf(two), await reasonsOf(three)]).toEqual([['approval'], ['approval'], ['quantity']]);
  // The one in question does not push the waiting ones out.
  const [second] = await office.openTasks(two);
  await office.decide('ana', second, { decision: 'approve' });
  expect(await office.invoice(two)).toMatchObject({ status: 'scheduled' });
  // Accepted by whoever ordered, it takes its place behind them.
  const [surplus] = await office.openTasks(three);
  await office.decide('bo', surplus, { decision: 'accept' });
  const [first] = await office.openTasks(one);
  await office.decide('ana', first, { decision: 'approve' });
  expect(await office.invoice(one)).toMatchObject({ status: 'scheduled' });
  expect(await reasonsOf(three)).toEqual(['approval']);
});

test('partial invoices that arrive at the same moment never take more than was ordered', async () => {
  const order = await orderPaper(office, { quantity: '20', price: '18.90' });
  await Promise.all(Array.from({ length: 4 }, () => office.drop(paperInvoice(order, { quantity: '8', price: '18.90' }))));
  await office.settle();
  const [taken] = await office.query<{ paid: string; asking: string }>(
    `select count(*) filter (where status = 'scheduled') as paid, count(*) filter (where status = 'in-review') as asking
       from invoices where po_number = $1`,
    [order],
  );
  expect(taken).toEqual({ paid: '2', asking: '2' });
});

test('a question about an invoice that is decided meanwhile can not be answered any more', async () => {
  const order = await orderPaper(office, bill);
  const paper = paperInvoice(order, bill);
  await office.receive(paper);
  const copy = await office.receive(paper, 'too-late.pdf');
  const [task] = await office.openTasks(copy);
  await office.decide('ana', task, { decision: 'reject' });
  await expect(decideTask(office.office, office.people.ana, { taskId: task?.id ?? '', decision: 'accept' })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_ALREADY_DECIDED',
  });
});
