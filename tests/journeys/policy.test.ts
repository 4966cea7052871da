import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PolicyDetailView, PolicyListView } from '../../src/interfaces/api/contract-policies.ts';
import { accessibilityFaults, openBrowser, sizes, widthBeyondWindow, type Size, type TestBrowser } from '../support/browser.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: TestBrowser;
let ana: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser(server.url);
  ana = await signIn(server.url, 'office-manager');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

test('Ana raises the automatic limit, is told of a cell that is none, and saves a version with a test case', async () => {
  const { page } = browser;
  await browser.signIn('Ana');
  await browser.visit('/policy');
  await page.getByText('decides now', { exact: true }).waitFor();
  await page.getByText('EUR, up to 250.00, to be paid, no difference').waitFor();
  await change(2, 'Amount up to', '');
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('Row 3 never counts').waitFor();
  await change(2, 'Amount up to', '2600');
  await change(1, 'Amount up to', '500');
  await page.getByText('EUR, up to 500.00, to be paid, no difference').waitFor();
  await page.getByLabel('A clean invoice').fill('at the new limit');
  await page.getByRole('textbox', { name: 'Amount', exact: true }).fill('500.00');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill('office-1');
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await page.getByText('Your role does not switch policies on.').waitFor();
  await page.getByRole('button', { name: 'Try it on past invoices' }).click();
  await page.getByText(/decisions?,/).waitFor();
  await page.getByRole('region', { name: 'Who approves' }).getByRole('button', { name: 'Change row 1' }).click();
  await page.getByRole('dialog', { name: 'Row 1' }).waitFor();
  expect(await lookedAt('policy-row')).toEqual([]);
  await page.getByRole('button', { name: 'Leave as it was' }).click();
  expect(await lookedAt('policy')).toEqual([]);
});

test('Katrin, who did not write it, switches it on', async () => {
  const { page } = browser;
  const { items } = await ana.get<PolicyListView>('/v1/policies');
  expect(items[0]).toMatchObject({ version: 1, name: 'office-1', state: 'draft' });
  await browser.signOut();
  await browser.signIn('Katrin');
  await browser.visit('/policy?version=1');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByText('Version 1 is switched on.').waitFor();
  await page.getByText('decides now', { exact: true }).waitFor();
  expect(await ana.get<PolicyDetailView>('/v1/policies/1')).toMatchObject({ state: 'active', activatedBy: { name: 'Katrin Weber' } });
  expect(browser.faults).toEqual([]);
});

/** Fills one field of a row's form and takes it over. */
async function change(row: number, label: string, text: string): Promise<void> {
  const { page } = browser;
  const rows = page.getByRole('region', { name: 'Who approves' });
  await rows.getByRole('button', { name: `Change row ${row}` }).click();
  const form = page.getByRole('dialog', { name: `Row ${row}` });
  await form.getByLabel(label, { exact: true }).fill(text);
  await form.getByRole('button', { name: 'Take over' }).click();
  await form.waitFor({ state: 'hidden' });
}

/** Pictures at both sizes and in both schemes, and what is wrong on them. */
async function lookedAt(name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const size of Object.keys(sizes) as Size[])
    for (const scheme of ['light', 'dark'] as const) {
      await browser.look(size, scheme);
      await browser.screenshot(`${name}-${size}-${scheme}`);
      const wide = await widthBeyondWindow(browser.page);
      if (wide > 0) faults.push(`${size} is ${wide} px too wide`);
      faults.push(...(await accessibilityFaults(browser.page)));
    }
  await browser.look('desktop', 'light');
  return faults;
}
