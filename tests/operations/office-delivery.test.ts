import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideTask, openConnection, receiveMessage, verifyAudit } from '#orchestration';
import { failureOf, openTestOffice, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';

let office: TestOffice;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => office.close());

const bill = { quantity: '10', price: '18.90' };

async function deliver(mailbox: string, uid: string, text: string): Promise<{ eventId: string; isNew: boolean }> {
  const connectionId = await openConnection(office.office, office.organizationId, 'imap', mailbox);
  return receiveMessage(office.office, {
    organizationId: office.organizationId,
    connectionId,
    message: { externalId: uid, kind: 'mail', fileName: `${uid}.eml`, bytes: new TextEncoder().encode(text), receivedAt: new Date() },
  });
}

test('one message delivered five times at once is one event', async () => {
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => deliver('Invoices', '1:1', '<one@mail>\nvia a\nhello')));
  await office.settle();
  expect(outcomes.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(new Set(outcomes.map(({ eventId }) => eventId)).size).toBe(1);
  expect(await office.query("select 1 from documents d join events e on e.id = d.event_id where e.message_id = '<one@mail>'")).toHaveLength(
    1,
  );
});

test('one mail by several mailboxes at once is one set of documents, and asks nobody', async () => {
  const mailboxes = ['Invoices', 'Office', 'Archive', 'Purchase'];
  const events = await Promise.all(mailboxes.map((name, index) => deliver(name, `2:${index}`, `<two@mail>\nvia ${name}\nthe same paper`)));
  await office.settle();
  const ids = events.map(({ eventId }) => eventId);
  expect(new Set(ids).size).toBe(4);
  expect(await office.query('select 1 from documents where event_id = any($1)', [ids])).toHaveLength(1);
  expect(await office.query("select 1 from events where id = any($1) and classification = 'delivered-twice'", [ids])).toHaveLength(3);
  expect(await office.query("select 1 from tasks where kind = 'failed' and event_id = any($1)", [ids])).toEqual([]);
});

test('a mail that only bears the Message-ID of another is not thrown away', async () => {
  await deliver('Invoices', '3:1', '<three@mail>\nvia a\none paper');
  await office.settle();
  const { eventId } = await deliver('Invoices', '3:2', '<three@mail>\nvia a\nanother paper');
  await office.settle();
  expect(await office.query('select 1 from documents where event_id = $1', [eventId])).toHaveLength(1);
});

test('an activity that fails twice for a passing reason succeeds without a task', async () => {
  const order = await orderPaper(office, bill);
  office.failNext('readDocument', 2, failureOf(true));
  const invoiceId = await office.receive(paperInvoice(order, bill));
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
  expect(await office.openTasks()).toEqual((await office.openTasks()).filter((task) => task.kind !== 'failed'));
});

test.each(['readDocument', 'assessInvoice', 'askApproval', 'schedulePayment'] as const)(
  'when %s gives up a person sees why, and trying again goes on to the payment',
  async (activity) => {
    const order = await orderPaper(office, bill);
    office.failNext(activity, 1, failureOf(false, `The disk of ${activity} is full.`));
    const eventId = await office.drop(paperInvoice(order, bill));
    await office.settle();
    const [failed] = (await office.openTasks()).filter((task) => task.kind === 'failed');
    expect(failed).toMatchObject({ reason: 'DH_TEST_FAILED', question: expect.stringContaining(`The disk of ${activity} is full.`) });
    await office.decide('ana', failed, { decision: 'retry' });
    const [invoice] = await office.query('select i.status from invoices i join documents d on d.id = i.document_id where d.event_id = $1', [
      eventId,
    ]);
    expect(invoice).toEqual({ status: 'scheduled' });
  },
);

test('work that gave up and is set aside ends: nothing stays open, nothing is paid', async () => {
  const order = await orderPaper(office, bill);
  office.failNext('schedulePayment', 1, failureOf(false));
  const invoiceId = await office.receive(paperInvoice(order, bill));
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'approved' });
  const [failed] = (await office.openTasks()).filter((task) => task.kind === 'failed');
  await office.decide('ana', failed, { decision: 'dismiss' });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'rejected' });
  expect(await office.query('select 1 from payments where invoice_id = $1', [invoiceId])).toEqual([]);
});

test('what a person said of an unreadable paper is not asked again when later work is tried again', async () => {
  const { eventId } = await deliver('Invoices', '4:1', '<four@mail>\nvia a\nnothing to read');
  await office.settle();
  const [unreadable] = await office.query<{ id: string }>(
    "select id from tasks where kind = 'unreadable' and status = 'open' and event_id = $1",
    [eventId],
  );
  office.failNext('assessInvoice', 1, failureOf(false));
  await decideTask(office.office, office.people.ana, { taskId: unreadable?.id ?? '', decision: 'enter' });
  await office.settle();
  const [failed] = (await office.openTasks()).filter((task) => task.kind === 'failed');
  await office.decide('ana', failed, { decision: 'retry' });
  const open = await office.query<{ reason: string }>(
    "select reason from tasks where status = 'open' and document_id in (select id from documents where event_id = $1)",
    [eventId],
  );
  expect(open.map(({ reason }) => reason)).toEqual(['doubtful-value']);
});

test('a restart while approvals wait loses nothing, not even what was decided while it was down', async () => {
  const waiting = [
    await cleanInvoice(office, { quantity: '50', price: '18.90' }),
    await cleanInvoice(office, { quantity: '60', price: '18.90' }),
  ];
  const [first, second] = [(await office.openTasks(waiting[0]))[0], (await office.openTasks(waiting[1]))[0]];
  const order = await orderPaper(office, bill);
  const paper = paperInvoice(order, bill);
  await office.restart(async () => {
    await decideTask(office.office, office.people.ana, { taskId: first?.id ?? '', decision: 'approve' });
    await office.drop(paper);
  });
  expect(await office.invoice(waiting[0] ?? '')).toMatchObject({ status: 'scheduled' });
  expect(await office.query('select status from invoices where number = $1', [paper.number])).toEqual([{ status: 'scheduled' }]);
  await office.decide('ana', second, { decision: 'approve' });
  expect(await office.invoice(waiting[1] ?? '')).toMatchObject({ status: 'scheduled' });
});

test('the audit log of all this is intact, and a change to one entry is found by its number', async () => {
  const verify = () => verifyAudit(office.office, office.people.katrin);
  const before = await verify();
  expect(before).toMatchObject({ isIntact: true, firstFault: null });
  expect(before.entries).toBeGreaterThan(50);
  const tamper = (statement: string) =>
    office.query(`alter table audit_entries disable trigger all; ${statement}; alter table audit_entries enable trigger all`);
  await expect(office.query("update audit_entries set actor = 'nobody' where sequence = 17")).rejects.toThrow('append-only');
  const [entry] = await office.query<{ actor: string }>('select actor from audit_entries where sequence = 17');
  await tamper("update audit_entries set actor = 'nobody' where sequence = 17");
  expect(await verify()).toMatchObject({ isIntact: false, firstFault: { sequence: 17 } });
  await tamper(`update audit_entries set actor = '${entry?.actor ?? ''}' where sequence = 17`);
  expect(await verify()).toEqual(before);
  await tamper('delete from audit_entries where sequence = 23');
  expect(await verify()).toMatchObject({ isIntact: false, firstFault: { sequence: 23 } });
});
