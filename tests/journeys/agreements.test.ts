import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgreementList } from '../../src/interfaces/api/contract-agreements.ts';
import type { InvoiceDetail, SupplierDetail, TaskSummary } from '../../src/interfaces/api/contract.ts';
import { accessibilityFaults, openBrowser, settled, sizes, widthBeyondWindow, type Size, type TestBrowser } from '../support/browser.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { untilHandled } from '../support/sample-office.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: TestBrowser;
let ana: TestClient;
let invoice: InvoiceDetail;

beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser(server.url);
  ana = await signIn(server.url, 'office-manager');
  await untilHandled(ana);
  const tasks = await ana.all<TaskSummary>('/v1/tasks?view=all');
  for (const task of tasks.filter(({ reason }) => reason === 'missing-purchase-order')) {
    const found = await ana.get<InvoiceDetail>(`/v1/invoices/${task.invoice?.id ?? ''}`);
    if (found.poNumber === null && found.supplierId !== null) invoice = found;
  }
  expect(invoice).toBeDefined();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const supplierPage = (): string => `/suppliers/${invoice.supplierId ?? ''}`;
const article = () => browser.page.getByRole('article', { name: 'Monthly service' });

test('Ana writes down what comes every month; it waits for a second person, and she can’t be the one', async () => {
  await browser.signIn('Ana');
  await browser.visit(supplierPage());
  const { page } = browser;
  await page.getByRole('button', { name: 'Write down an agreement' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Monthly service');
  await page.getByLabel('Total of one bill').fill(invoice.gross?.amount ?? '');
  await page.getByLabel('First bill expected on').fill(invoice.issuedOn ?? '');
  await page.getByLabel('May differ by percent').fill('5');
  await settled(page);
  await browser.screenshot('agreement-form');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await article().getByText('waits for a second person').waitFor();
  expect(await article().getByRole('button', { name: 'Confirm' }).count()).toBe(0);
  await browser.signOut();
});

test('another one comes from a file; what is wrong with it is said by line before anything is imported', async () => {
  const { page } = browser;
  await browser.signIn('Ana');
  await browser.visit('/agreements');
  const { number } = await ana.get<SupplierDetail>(`/v1/suppliers/${invoice.supplierId ?? ''}`);
  const csv = (supplier: string): string =>
    `supplierNumber,name,amount,currency,firstOn,bandPercent\n${supplier},Upkeep,${invoice.gross?.amount ?? ''},${invoice.gross?.currency ?? ''},${invoice.issuedOn ?? ''},5\n`;
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const choose = (text: string) =>
    page.setInputFiles('input[type=file]', { name: 'agreements.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose(csv('S-0'));
  await dialog.getByText('no supplier has this number').waitFor();
  await browser.screenshot('agreement-import-fault');
  await choose(csv(number));
  await dialog.getByRole('button', { name: 'Import 1 record' }).click();
  await page.getByRole('article', { name: 'Upkeep' }).getByText('waits for a second person').waitFor();
  await browser.signOut();
});

test('a second person confirms both; of two alike Ana says which bill it is, and it asks for no order any more', async () => {
  const { page } = browser;
  await browser.signIn('Katrin');
  await browser.visit('/agreements');
  // Looked at between the two, the bill would be taken by the first.
  const katrin = await signIn(server.url, 'controller');
  await katrin.post('/v1/automation/stop', { reason: 'two agreements at once', scope: 'organization' });
  for (const name of ['Monthly service', 'Upkeep']) {
    const card = page.getByRole('article', { name });
    await card.getByRole('button', { name: 'Confirm' }).click();
    await card.getByText('in force').waitFor();
  }
  await katrin.post('/v1/automation/resume', { reason: 'both are confirmed', scope: 'organization' });
  await browser.signOut();
  const which = async () =>
    (await ana.all<TaskSummary>('/v1/tasks?view=all')).find(
      ({ reason, status, invoice: about }) => reason === 'agreement-bill' && status === 'open' && about?.id === invoice.id,
    );
  await expect.poll(which, { timeout: 30_000 }).toBeDefined();
  await browser.signIn('Ana');
  await browser.visit(`/tasks/${(await which())?.id ?? ''}`);
  await page.getByRole('button', { name: 'Say which bill it is' }).first().click();
  const answer = page.getByRole('radio', { name: /^Monthly service, / });
  await answer.waitFor();
  for (const size of Object.keys(sizes) as Size[])
    for (const scheme of ['light', 'dark'] as const) {
      await browser.look(size, scheme);
      await settled(page);
      await browser.screenshot(`agreement-which-${size}-${scheme}`);
      expect(await widthBeyondWindow(page)).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
  await browser.look('desktop', 'light');
  await answer.check();
  await page.getByRole('button', { name: 'Say which bill it is' }).last().click();
  await browser.signOut();
  await browser.signIn('Katrin');
  await expect
    .poll(async () => (await ana.get<InvoiceDetail>(`/v1/invoices/${invoice.id}`)).match?.coveredBy, { timeout: 30_000 })
    .toMatch(/^Covered by the agreement “Monthly service”/);
  const { items } = await ana.get<AgreementList>('/v1/agreements');
  expect(items.find(({ name }) => name === 'Monthly service')?.bills).toMatchObject([{ invoiceId: invoice.id }]);
  await browser.visit(`/invoices/${invoice.id}?tab=match`);
  await browser.page.getByText('Agreed without an order').first().waitFor();
  await browser.screenshot('agreement-invoice');
});

test('the pages keep their shape on a laptop and a phone, light and dark', async () => {
  const { page } = browser;
  for (const [name, place] of [
    ['agreements', '/agreements'],
    ['agreements-supplier', supplierPage()],
  ] as const)
    for (const size of Object.keys(sizes) as Size[])
      for (const scheme of ['light', 'dark'] as const) {
        await browser.look(size, scheme);
        await browser.visit(place);
        await article().waitFor();
        await browser.screenshot(`${name}-${size}-${scheme}`);
        expect(await widthBeyondWindow(page)).toBe(0);
        expect(await accessibilityFaults(page)).toEqual([]);
      }
  expect(browser.faults).toEqual([]);
});

test('Katrin ends it with a reason, which stands beside it', async () => {
  await browser.visit('/agreements');
  await article().getByRole('button', { name: 'End …' }).click();
  const dialog = browser.page.getByRole('dialog', { name: 'End this agreement?' });
  await dialog.getByLabel('Why').fill('We moved out.');
  await dialog.getByRole('button', { name: 'End', exact: true }).click();
  await article().getByText('ended', { exact: true }).waitFor();
  await article().getByText('We moved out.').waitFor();
  expect(browser.faults).toEqual([]);
});
