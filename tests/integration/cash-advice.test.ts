import { afterAll, beforeAll, expect, test } from 'vitest';
import { getCashAdvice } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers } from '../support/office-records.ts';

let office: TestOffice;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => office.close());

const advise = (limits: readonly { readonly until: string; readonly amount: string }[], costBasisPoints = 500) =>
  getCashAdvice(office.office, office.people.ana, { currency: 'EUR', costBasisPoints, limits });

test('what is scheduled is planned by what its discount is worth, and by what may leave', async () => {
  const small = await cleanInvoice(office, { quantity: '5', price: '18.90' });
  const large = await cleanInvoice(office, { quantity: '10', price: '18.90' });
  const free = await advise([]);
  expect(free).toMatchObject({ isBest: true, limits: [] });
  expect(free.payments.map(({ invoice }) => invoice.id).toSorted()).toEqual([small, large].toSorted());
  const [payment] = await office.query<{ execute_on: string; amount: string }>(
    'select execute_on::text, amount from payments where invoice_id = $1',
    [large],
  );
  const planned = free.payments.find(({ invoice }) => invoice.id === large);
  expect(planned?.chosen).toMatchObject({
    kind: 'discount',
    payOn: payment?.execute_on,
    amount: { amount: Number(payment?.amount).toFixed(2) },
  });
  expect(planned?.returnBasisPoints).toBeGreaterThan(500);

  // Enough for one of the two: the larger one's discount is worth more.
  const tight = await advise([{ until: planned?.chosen.payOn ?? '', amount: '225' }]);
  expect(new Map(tight.payments.map(({ invoice, chosen }) => [invoice.id, chosen.kind]))).toEqual(
    new Map([
      [large, 'discount'],
      [small, 'due'],
    ]),
  );
  expect(tight.limits).toEqual([
    { until: planned?.chosen.payOn, amount: { amount: '225.00', currency: 'EUR' }, leaving: planned?.chosen.amount },
  ]);

  // Money that costs more than a discount returns is kept.
  expect((await advise([], 9_900)).payments.map(({ chosen }) => chosen.kind)).toEqual(['due', 'due']);
});

test('an invoice that waits for approval tells which discount it may lose', async () => {
  const waiting = await cleanInvoice(office, { quantity: '200', price: '18.90' });
  expect(await office.invoice(waiting)).toMatchObject({ status: 'awaiting-approval' });
  const advice = await advise([]);
  expect(advice.payments.map(({ invoice }) => invoice.id)).not.toContain(waiting);
  expect(advice.waiting).toMatchObject([{ invoice: { id: waiting } }]);
  expect(Number(advice.waiting[0]?.saves.amount)).toBeGreaterThan(0);
});
