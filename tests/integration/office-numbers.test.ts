import { afterAll, beforeAll, expect, test } from 'vitest';
import { figureNames, getNumbers, listInvoices, proposePaymentRun, releasePaymentRun } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';

let office: TestOffice;
const period = String(new Date().getFullYear());

/**
 * Five invoices of Nordwind (2 % for ten days): two go through by themselves, one of which is paid with its discount and
 * one after it ended; one price is accepted and then approved; one repeats another and is rejected; one still asks.
 */
beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
  const first = await cleanInvoice(office, { quantity: '10', price: '10.00' });
  await pay(first);
  const second = await cleanInvoice(office, { quantity: '10', price: '15.00' });
  office.setDay('2026-03-16');
  await pay(second);
  office.setDay('2026-03-02');
  const order = await orderPaper(office, { quantity: '2', price: '10.00' });
  const dear = await office.receive(paperInvoice(order, { quantity: '2', price: '20.00' }));
  const [price] = await office.openTasks(dear);
  await office.decide('bo', price, { decision: 'accept' });
  const [approval] = await office.openTasks(dear);
  await office.decide('ana', approval, { decision: 'approve' });
  const paper = paperInvoice(await orderPaper(office, { quantity: '4', price: '10.00' }), { quantity: '2', price: '10.00' });
  await office.receive(paper);
  const again = await office.receive({ ...paper, dueOn: '2026-05-01' });
  const [twice] = (await office.openTasks(again)).filter(({ reason }) => reason === 'duplicate');
  await office.decide('ana', twice, { decision: 'reject' });
  const waiting = await orderPaper(office, { quantity: '2', price: '10.00', received: '1' });
  await office.receive(paperInvoice(waiting, { quantity: '2', price: '10.00' }));
});
afterAll(() => office.close());

async function pay(invoiceId: string): Promise<void> {
  const rows = await office.query<{ id: string }>('select id from payments where invoice_id = $1', [invoiceId]);
  const { paymentRunId } = await proposePaymentRun(office.office, office.people.ana, { paymentIds: rows.map(({ id }) => id) });
  await releasePaymentRun(office.office, office.people.katrin, { paymentRunId });
}

test('the figures are those worked out by hand', async () => {
  const { figures, hoursSaved, exceptions, cycleTime } = await getNumbers(office.office, office.people.katrin, period);
  const byName = Object.fromEntries(figures.map(({ name, value, invoices }) => [name, [value, invoices]]));
  expect(byName).toEqual({
    // Two clean, one accepted, the first of the pair, and the rejected one.
    decided: ['5', 5],
    touchless: ['60 %', 3],
    // All but the one whose price differed.
    'matched-by-itself': ['4', 4],
    // 119.00 less 2 %, and 178.50 in full.
    'paid-by-run': ['295.12 EUR', 2],
    asked: ['3', 3],
    'asked-again': ['0', 0],
    'discount-won': ['2.38 EUR', 1],
    'discount-lost': ['3.57 EUR', 1],
    'duplicate-stopped': ['23.80 EUR', 1],
    'fraud-stopped': ['nothing', 0],
    'questions-asked': ['0', 0],
    'questions-answered': ['0', 0],
    'questions-closed': ['0', 0],
  });
  // Read 5 × 4, compared 4 × 3, approved by policy 3 × 2, paid 2 × 1: 40 minutes.
  expect(hoursSaved.hours).toBe('0.7');
  expect(exceptions.map(({ reason, supplier, questions }) => [reason, supplier, questions])).toEqual([
    ['duplicate', 'Nordwind Papier GmbH', 1],
    ['missing-receipt', 'Nordwind Papier GmbH', 1],
    ['price', 'Nordwind Papier GmbH', 1],
  ]);
  expect(cycleTime.medianHours).not.toBeNull();
});

test('each figure leads to exactly the invoices it counts', async () => {
  const { figures } = await getNumbers(office.office, office.people.katrin, period);
  expect(figures.map(({ name }) => name)).toEqual([...figureNames]);
  for (const { name, invoices } of figures) {
    const { items } = await listInvoices(office.office, office.people.katrin, { figure: name, period });
    expect([name, items.length]).toEqual([name, invoices]);
  }
  const { items } = await listInvoices(office.office, office.people.katrin, { figure: 'asked', period, reason: 'price' });
  expect(items).toHaveLength(1);
});

test('minutes that the organization states itself count instead of the usual ones', async () => {
  await office.query(
    `insert into policies (organization_id, kind, version, content) values ($1, 'tasks', 1, '{"minutesByHand": {"read": 60, "pay": -1}}')`,
    [office.organizationId],
  );
  const { hoursSaved } = await getNumbers(office.office, office.people.katrin, period);
  expect(hoursSaved.minutes).toEqual({ read: 60, match: 3, approve: 2, pay: 1 });
});

test('a period in which nothing happened has no figures but nought, and one that is none is refused', async () => {
  const { figures, cycleTime } = await getNumbers(office.office, office.people.katrin, '2020-01');
  expect(figures.every(({ invoices }) => invoices === 0)).toBe(true);
  expect(cycleTime.medianHours).toBeNull();
  await expect(getNumbers(office.office, office.people.katrin, 'then')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_PERIOD_UNKNOWN' });
});
