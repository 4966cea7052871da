import { afterAll, beforeAll, expect, test } from 'vitest';
import { draftTaskQuestion } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';

let office: TestOffice;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => office.close());

test('a question names the order and both prices, in the language of whoever is asked', async () => {
  const order = await orderPaper(office, { quantity: '10', price: '18.90' });
  const invoiceId = await office.receive(paperInvoice(order, { quantity: '10', price: '21.00' }));
  const [task] = await office.openTasks(invoiceId);
  const request = { taskId: task?.id ?? '', recipient: 'supplier' } as const;
  const draft = await draftTaskQuestion(office.office, office.people.bo, request);
  expect(draft).toMatchObject({ language: 'de', toName: 'Nordwind Papier GmbH' });
  expect(draft.subject).toContain(order);
  expect(draft.body).toContain('Position 1, Copy paper A4 80 g: bestellt zu 18,90 EUR, berechnet 21,00 EUR');
  const inside = await draftTaskQuestion(office.office, office.people.bo, { ...request, recipient: 'buyer' });
  expect(inside).toMatchObject({ language: 'en', toAddress: 'bo@office.example' });
  expect(inside.body).toContain('ordered at 18.90 EUR, invoiced 21.00 EUR');
});
