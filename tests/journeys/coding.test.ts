import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InvoiceDetail, InvoiceSummary } from '../../src/interfaces/api/contract.ts';
import { accessibilityFaults, openBrowser, settled, sizes, widthBeyondWindow, type Size, type TestBrowser } from '../support/browser.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { untilHandled } from '../support/sample-office.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: TestBrowser;
let ana: TestClient;
let invoice: InvoiceSummary;

const lists = {
  accounts: 'number,name\n4930,Office supplies\n3400,Goods\n4950,Legal and consulting\n',
  'cost-centres': 'number,name\n100,Administration\n300,Production\n',
};

beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser(server.url);
  ana = await signIn(server.url, 'office-manager');
  await untilHandled(ana);
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

test('where no accounts are kept, the page says what to do; Ana imports them there', async () => {
  const { items } = await ana.get<{ items: InvoiceSummary[] }>('/v1/invoices?status=in-review');
  // In question for something else, and with all that coding needs.
  invoice = items.find(({ number, gross, issuedOn }) => number !== null && gross !== null && issuedOn !== null) ?? expect.fail();
  await browser.signIn('Ana');
  await browser.visit(`/invoices/${invoice.id}?tab=booking`);
  const { page } = browser;
  await page.getByText('Nothing is booked here').waitFor();
  for (const [kind, csv] of Object.entries(lists)) {
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(kind === 'accounts' ? 'Accounts' : 'Cost centres', { exact: true }).click();
    await settled(page);
    await page.setInputFiles('input[type=file]', { name: `${kind}.csv`, mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await dialog.getByRole('button', { name: /^Import \d/ }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
});

test('a line is split between two cost centres, and the page shows who said so', async () => {
  const { page } = browser;
  await browser.visit(`/invoices/${invoice.id}?tab=booking`);
  const line = page.getByRole('article').first();
  await line.getByLabel('Account').click();
  await page.getByRole('option', { name: '4930 Office supplies' }).click();
  await line.getByRole('button', { name: 'Split' }).click();
  for (const [at, centre] of ['100 Administration', '300 Production'].entries()) {
    await line.getByLabel('Cost centre').nth(at).click();
    await page.getByRole('option', { name: centre }).click();
  }
  await line.getByRole('button', { name: 'Book it so' }).click();
  await page.getByText('Said by Ana').first().waitFor();
  const { coding } = await ana.get<InvoiceDetail>(`/v1/invoices/${invoice.id}`);
  expect(coding?.[0]).toMatchObject({
    by: 'person',
    parts: [
      { percent: '50', costCentre: '100' },
      { percent: '50', costCentre: '300' },
    ],
  });
});

test('the page keeps its shape on a laptop and a phone, light and dark', async () => {
  const { page } = browser;
  for (const size of Object.keys(sizes) as Size[])
    for (const scheme of ['light', 'dark'] as const) {
      await browser.look(size, scheme);
      await browser.visit(`/invoices/${invoice.id}?tab=booking`);
      await settled(page);
      await browser.screenshot(`coding-${size}-${scheme}`);
      expect(await widthBeyondWindow(page)).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
  expect(browser.faults).toEqual([]);
});
