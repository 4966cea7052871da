import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgreementList } from '../../src/interfaces/api/contract-agreements.ts';
import type { InvoiceDetail, TaskSummary } from '../../src/interfaces/api/contract.ts';
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

test('a second person confirms it, and the bill that asked for an order asks no more', async () => {
  await browser.signIn('Katrin');
  await browser.visit('/agreements');
  await article().getByRole('button', { name: 'Confirm' }).click();
  await article().getByText('in force').waitFor();
  await expect
    .poll(async () => (await ana.get<InvoiceDetail>(`/v1/invoices/${invoice.id}`)).match?.coveredBy, { timeout: 30_000 })
    .toMatch(/^Covered by the agreement “Monthly service”/);
  const { items } = await ana.get<AgreementList>('/v1/agreements');
  expect(items[0]?.bills).toMatchObject([{ invoiceId: invoice.id }]);
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
