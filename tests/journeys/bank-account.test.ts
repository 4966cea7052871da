import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InvoiceDetail, TaskSummary } from '../../src/interfaces/api/contract.ts';
import {
  accessibilityFaults,
  cutOff,
  openBrowser,
  settled,
  sizes,
  widthBeyondWindow,
  type Size,
  type TestBrowser,
} from '../support/browser.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { knownDocuments, putRight } from '../support/put-right.ts';
import { untilHandled } from '../support/sample-office.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

// What the database refuses one person alone: tests/integration/office-bank-accounts.test.ts.

let server: TestServer;
let browser: TestBrowser;
let page: Page;
let ana: TestClient;
let katrin: TestClient;
let held: TaskSummary;
const today = new Date().toISOString().slice(0, 10);

beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser(server.url);
  page = browser.page;
  ana = await signIn(server.url, 'office-manager');
  katrin = await signIn(server.url, 'controller');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

test('a changed account is held, and Ana is shown the number on file, not one from the paper', async () => {
  await untilHandled(ana);
  // A value in doubt is asked before anything else.
  await putRight(ana, await knownDocuments(ana, today));
  await expect.poll(() => taskOf(ana, 'bank-account-changed'), { timeout: 60_000, interval: 500 }).toBeDefined();
  held = (await taskOf(ana, 'bank-account-changed')) ?? expect.fail();
  expect(held.facts.phone).toMatch(/^\+/);
  await browser.signIn('Ana');
  await browser.visit(`/tasks/${held.id}`);
  const question = page.locator('[data-question]').first();
  await question.getByText(`at ${held.facts.phone}`).waitFor();
  await question.getByRole('button', { name: 'Record the call' }).click();
  await question.getByRole('link', { name: held.facts.phone ?? '' }).waitFor();
  expect(await lookedAt('call-back')).toEqual([]);
});

test('Ana records the call, and may not confirm the account herself', async () => {
  const question = page.locator('[data-question]').first();
  expect(await question.getByRole('button', { name: 'Record the call' }).isDisabled()).toBe(true);
  await question.getByLabel('The account is theirs').check();
  await question.getByLabel('Whom you spoke with').fill('Herr Brandt');
  await question.getByRole('button', { name: 'Record the call' }).click();
  await expect.poll(async () => (await ana.get<TaskSummary>(`/v1/tasks/${held.id}`)).status).toBe('done');
  await expect.poll(() => taskOf(katrin, 'bank-account-called'), { timeout: 60_000 }).toBeDefined();
  const confirmation = (await taskOf(katrin, 'bank-account-called')) ?? expect.fail();
  await expect(
    ana.post(`/v1/tasks/${confirmation.id}/decision`, { decision: 'verify' }, { 'idempotency-key': 'ana-alone' }),
  ).rejects.toThrow(/403/);
  await browser.signOut();
});

test('Katrin reads who called whom, confirms, and the account cools off before it is paid', async () => {
  const confirmation = (await taskOf(katrin, 'bank-account-called')) ?? expect.fail();
  await browser.signIn('Katrin');
  await browser.visit(`/tasks/${confirmation.id}`);
  const question = page.locator('[data-question]').first();
  await question.getByText(/Ana Lindqvist called .* and spoke with Herr Brandt: the account is theirs/).waitFor();
  expect(await lookedAt('confirm-account')).toEqual([]);
  await question.getByRole('button', { name: 'Confirm the account' }).click();
  await question.getByRole('button', { name: 'Confirm the account' }).click();
  await expect.poll(async () => (await katrin.get<TaskSummary>(`/v1/tasks/${confirmation.id}`)).status).toBe('done');
  const invoice = await katrin.get<InvoiceDetail>(`/v1/invoices/${held.invoice?.id}`);
  await browser.visit(`/suppliers/${invoice.supplier?.id}`);
  await page.getByText(/May be paid from/).waitFor();
  await page
    .getByText(/Confirmed by Katrin Weber/)
    .first()
    .waitFor();
  expect(await lookedAt('cooling-off')).toEqual([]);
  expect(browser.faults).toEqual([]);
});

async function taskOf(client: TestClient, reason: string): Promise<TaskSummary | undefined> {
  return (await client.all<TaskSummary>('/v1/tasks?view=mine')).find((task) => task.reason === reason && task.status === 'open');
}

/** What is wrong with the screen as it is now, on a laptop and a phone, in light and dark. */
async function lookedAt(name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const size of Object.keys(sizes) as Size[]) {
    for (const scheme of ['light', 'dark'] as const) {
      await browser.look(size, scheme);
      await settled(page);
      await browser.screenshot(`bank-account-${name}-${size}-${scheme}`);
      if ((await widthBeyondWindow(page)) > 0) faults.push(`too wide at ${size}`);
      faults.push(...(await cutOff(page)), ...(await accessibilityFaults(page)));
    }
  }
  await browser.look('desktop', 'light');
  return faults;
}
