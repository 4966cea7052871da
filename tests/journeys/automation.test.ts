import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InvoiceDetail, TaskSummary } from '../../src/interfaces/api/contract.ts';
import { accessibilityFaults, cutOff, openBrowser, sizes, widthBeyondWindow, type Size, type TestBrowser } from '../support/browser.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { untilHandled } from '../support/sample-office.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: TestBrowser;
let page: Page;
let katrin: TestClient;
let ana: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser(server.url);
  page = browser.page;
  katrin = await signIn(server.url, 'controller');
  ana = await signIn(server.url, 'office-manager');
});
afterAll(async () => {
  await browser.close();
  await server.remove();
});

test('Katrin stops the automation, everybody reads why, and what Ana decides takes effect once it goes on', async () => {
  const task = await toApprove();
  await browser.signIn('Katrin');
  await browser.visit('/automation');
  await page.getByRole('button', { name: 'Stop automation …' }).click();
  await answer('Stop automation', 'The bank called.');
  await banner().getByText('The bank called.').waitFor();
  expect(await lookedAt('stopped')).toEqual([]);
  await browser.signOut();

  await browser.signIn('Ana');
  await browser.visit('/automation');
  await banner().getByText('The bank called.').waitFor();
  expect(await page.getByRole('button', { name: /Stop automation|Let it go on|Pause/ }).count()).toBe(0);
  await browser.visit(`/approvals/${task.id}`);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByText('What happens').waitFor();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect.poll(async () => (await ana.get<TaskSummary>(`/v1/tasks/${task.id}`)).status).toBe('done');
  expect(await statusOf(task)).toBe('awaiting-approval');
  await browser.signOut();

  await browser.signIn('Katrin');
  await banner().getByRole('button', { name: 'Let it go on …' }).click();
  await answer('Let it go on', 'It was a false alarm.');
  await banner().waitFor({ state: 'detached' });
  await expect.poll(() => statusOf(task), { timeout: 30_000 }).not.toBe('awaiting-approval');
});

test('Katrin cancels one run with a reason and lets it go on again', async () => {
  // Before, the first run of the list may still be working, or end while it is looked at.
  await untilHandled(katrin);
  await browser.visit('/automation?status=waiting');
  await page.getByRole('link', { name: 'Document' }).first().click();
  await page.getByRole('button', { name: 'Cancel the run …' }).click();
  await answer('Cancel the run', 'Looking into it.');
  await page.getByText('Cancelled', { exact: true }).waitFor();
  expect(await lookedAt('cancelled')).toEqual([]);
  await page.getByRole('button', { name: 'Let it go on …' }).click();
  await answer('Let it go on', 'It is right after all.');
  await page.getByText('Waiting', { exact: true }).waitFor();
  expect(browser.faults).toEqual([]);
});

function banner() {
  return page.getByRole('alert').filter({ hasText: 'Automation is stopped' });
}

/** Gives the reason in the dialog that is open. */
async function answer(title: string, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.getByLabel('Why').fill(reason);
  await dialog.getByRole('button', { name: title }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function toApprove(): Promise<TaskSummary> {
  const isPayable = ({ kind, invoice }: TaskSummary): boolean => kind === 'approval' && invoice?.gross?.currency === 'EUR';
  const find = async (): Promise<TaskSummary | undefined> => (await ana.all<TaskSummary>('/v1/tasks?view=mine')).find(isPayable);
  await expect.poll(find, { timeout: 60_000 }).toBeDefined();
  return (await find()) ?? expect.fail();
}

async function statusOf(task: TaskSummary): Promise<string> {
  return (await katrin.get<InvoiceDetail>(`/v1/invoices/${task.invoice?.id}`)).status;
}

/** What is wrong with the screen as it is now, on a laptop and a phone, in light and dark. */
async function lookedAt(name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const size of Object.keys(sizes) as Size[]) {
    for (const scheme of ['light', 'dark'] as const) {
      await browser.look(size, scheme);
      await browser.screenshot(`automation-${name}-${size}-${scheme}`);
      if ((await widthBeyondWindow(page)) > 0) faults.push(`too wide at ${size}`);
      faults.push(...(await cutOff(page)), ...(await accessibilityFaults(page)));
    }
  }
  await browser.look('desktop', 'light');
  return faults;
}
