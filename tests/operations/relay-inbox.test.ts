import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConnection, receiveMessage } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';
import { seededRandom } from '../support/random.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => office.close());

const seed = 20_261_123;

test(`deliveries that come several times, out of order, by two mailboxes, over relays that forget, have one effect (seed ${seed})`, async () => {
  const random = seededRandom(seed);
  const connections = [
    await openConnection(office.office, office.organizationId, 'imap', 'Invoices'),
    await openConnection(office.office, office.organizationId, 'imap', 'Archive'),
  ];
  const deliveries = Array.from({ length: 25 }, (_, index) => index)
    .flatMap((index) => Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({ index, by: random() < 0.5 ? 0 : 1 })))
    .map((delivery) => ({ delivery, place: random() }))
    .toSorted((left, right) => left.place - right.place)
    .map(({ delivery }) => delivery);
  const forgetting = new AbortController();
  const relayThatForgets = (async () => {
    while (!forgetting.signal.aborted) {
      // As if it had died after the engine took the row and before the row said so; a settled row is long past that.
      await office.query("update outbox set state = 'waiting', admitted_at = null where state = 'running' and random() < 0.5");
      await office.query("select pg_notify('deskhand_outbox', '')");
      await delay(5);
    }
  })();
  await Promise.all(
    deliveries.map(async ({ index, by }) => {
      await delay(random() * 200);
      const text = `Message-ID: <mail-${index}@x>\r\nSubject: ${index}\r\n\r\npaper ${index}`;
      const message = {
        externalId: `${by}:${index}`,
        kind: 'mail',
        fileName: `${index}.eml`,
        bytes: new TextEncoder().encode(text),
        receivedAt: new Date(),
      } as const;
      await receiveMessage(office.office, { organizationId: office.organizationId, connectionId: connections[by] ?? '', message });
    }),
  );
  forgetting.abort();
  await relayThatForgets;
  await office.settle();
  expect(deliveries.length).toBeGreaterThan(40);
  expect(await office.query('select 1 from events')).toHaveLength(25);
  expect(await office.query('select 1 from documents')).toHaveLength(25);
  expect(await office.query("select 1 from audit_entries where action = 'message.unpacked'")).toHaveLength(25);
  expect(await office.query("select 1 from tasks where kind = 'unreadable'")).toHaveLength(25);
});

test('twenty invoices at once are paid once each, and say how long they took', async () => {
  const order = await orderPaper(office, { quantity: '10000', price: '1.00' });
  const papers = Array.from({ length: 20 }, () => paperInvoice(order, { quantity: '10', price: '1.00' }));
  const startedAt = performance.now();
  await Promise.all(papers.map((paper) => office.drop(paper)));
  await office.settle();
  process.stderr.write(`20 invoices at once, from upload to scheduled payment: ${((performance.now() - startedAt) / 1000).toFixed(2)} s\n`);
  const numbers = papers.map((paper) => paper.number);
  expect(await office.query("select 1 from invoices where number = any($1) and status = 'scheduled'", [numbers])).toHaveLength(20);
});
