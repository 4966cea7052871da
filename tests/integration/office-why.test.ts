import { afterAll, beforeAll, expect, test } from 'vitest';
import { getWhy } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { accounts, cleanInvoice, importSuppliers, orderPaper, paperInvoice, receiveGoods } from '../support/office-records.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => office.close());

const whyOf = (invoiceId: string) => getWhy(office.office, office.people.bo, invoiceId);

test('an invoice that needed nobody says so', async () => {
  const id = await cleanInvoice(office, { quantity: '10', price: '18.90' });
  expect(await whyOf(id)).toEqual({
    isAutomatic: true,
    asked: [],
    obstacles: [],
    whatIf: [],
    note: 'It needed nobody: the order agrees, every figure is proven, and the account is on file.',
  });
});

test('goods that have not arrived: exactly these are named, and once they are there it goes on by itself', async () => {
  const order = await orderPaper(office, { quantity: '10', price: '18.90', received: '6' });
  const id = await office.receive(paperInvoice(order, { quantity: '10', price: '18.90' }));
  expect(await whyOf(id)).toMatchObject({
    isAutomatic: false,
    asked: [{ who: { name: 'bo' }, isOpen: true, why: `Whoever placed order ${order} knows best whether this is right.` }],
    whatIf: [`Nobody would have been asked if 4 more boxes of 'Copy paper A4 80 g' had been received on order ${order}.`],
  });
  await receiveGoods(office, order, '3.9999');
  expect((await office.invoice(id)).status).toBe('in-review');
  await receiveGoods(office, order, '0.0001');
  expect((await office.invoice(id)).status).toBe('scheduled');
  expect(await whyOf(id)).toMatchObject({ isAutomatic: true, whatIf: [] });
});

test('a price too high: the order or the tolerance; an unknown account is named beside it', async () => {
  const order = await orderPaper(office, { quantity: '5', price: '18.90' });
  const id = await office.receive(paperInvoice(order, { quantity: '5', price: '19.90' }, { iban: accounts.other }));
  const { obstacles, whatIf, note } = await whyOf(id);
  expect(obstacles.join(' ')).toContain('the order says 18.90 EUR');
  expect(whatIf).toEqual([
    'Nobody would have been asked if the bank account had been the verified one of the supplier and prices were allowed to differ by 5.3 % (today it is 2 %).',
    `Nobody would have been asked if the bank account had been the verified one of the supplier and order ${order} had said 19.90 EUR for 'Copy paper A4 80 g' instead of 18.90 EUR.`,
  ]);
  expect(note).toBeNull();
});

test('an amount above the limit names the limit that would have let it pass, and whom the policy asks', async () => {
  const id = await cleanInvoice(office, { quantity: '100', price: '18.90' });
  const { asked, whatIf } = await whyOf(id);
  expect(asked).toMatchObject([{ role: 'office-manager', why: 'For 2,249.10 EUR, the policy asks the office manager to agree.' }]);
  expect(whatIf).toEqual(['Nobody would have been asked if up to 2,249.10 EUR could pass without approval (today it is 250.00 EUR).']);
});
