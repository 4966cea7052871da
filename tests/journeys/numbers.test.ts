import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InvoiceSummary, MessageSummary, Overview, Why } from '../../src/interfaces/api/contract.ts';
import type { Numbers } from '../../src/interfaces/api/contract-numbers.ts';
import { accessibilityFaults, dropFile, openBrowser, widthBeyondWindow, type TestBrowser } from '../support/browser.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: TestBrowser;
let controller: TestClient;
const period = String(new Date().getFullYear());

beforeAll(async () => {
  server = await startTestServer();
  controller = await signIn(server.url, 'controller');
  await untilDecided(20);
  browser = await openBrowser(server.url);
  await browser.signIn('Katrin');
});
afterAll(async () => {
  await browser.close();
  await server.remove();
});

async function untilDecided(wanted: number): Promise<void> {
  for (;;) {
    const { invoices } = await controller.get<Overview>('/v1/overview');
    const count = Object.values(invoices).reduce((total, some) => total + some, 0);
    if (count >= wanted) return;
    await new Promise((resume) => setTimeout(resume, 1000));
  }
}

test('why twenty invoices of the sample office were asked about is said in sentences, without a machine’s words', async () => {
  const invoices = await controller.all<InvoiceSummary>('/v1/invoices');
  const told: string[] = [];
  for (const { id, number, supplierName } of invoices) {
    const { asked, obstacles, whatIf, note, isAutomatic } = await controller.get<Why>(`/v1/invoices/${id}/why`);
    const sentences = [
      ...asked.map(({ who, role, why }) => `${who?.name ?? role}: ${why}`),
      ...obstacles,
      ...whatIf,
      ...(note === null ? [] : [note]),
    ];
    expect([number, sentences.length > 0]).toEqual([number, true]);
    if (isAutomatic) expect(whatIf).toEqual([]);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/[.?!”)]$/);
      expect(sentence).not.toMatch(/undefined|null|NaN|\[object|_|\b(inv|sup|po|tsk)_/);
    }
    if (sentences.length > 1 || !isAutomatic) told.push(`${number ?? id} · ${supplierName ?? ''}\n  ${sentences.join('\n  ')}`);
  }
  console.log(told.slice(0, 20).join('\n'));
  expect(told.length).toBeGreaterThan(0);
});

test('each number stands beside its definition and leads to its invoices, on a desktop and a phone, light and dark', async () => {
  const { page } = browser;
  const { figures } = await controller.get<Numbers>(`/v1/numbers?period=${period}`);
  const asked = figures.find(({ name }) => name === 'asked');
  for (const size of ['desktop', 'phone'] as const) {
    for (const scheme of ['light', 'dark'] as const) {
      await browser.visit(`/numbers?period=${period}`);
      await browser.look(size, scheme);
      await page.getByRole('region', { name: 'Touchless' }).waitFor();
      await browser.screenshot(`numbers-${size}-${scheme}`);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await widthBeyondWindow(page)).toBe(0);
    }
  }
  await browser.look('desktop', 'light');
  expect(await page.getByRole('region', { name: 'Asked about' }).innerText()).toContain(asked?.definition ?? 'missing');
  await page.getByRole('link', { name: /^Asked about: show/ }).click();
  await page.getByText(`one of the numbers of ${period} counts`).waitFor();
  await page.locator('tbody tr').first().waitFor();
});

test('the page of an invoice says who is asked and why, and what would have been enough', async () => {
  const { page } = browser;
  const waiting = await controller.all<InvoiceSummary>('/v1/invoices?status=in-review');
  const invoice = waiting.find(({ openTasks }) => openTasks > 0) ?? expect.unreachable();
  await browser.visit(`/invoices/${invoice.id}?tab=match`);
  await page.getByRole('region', { name: 'Why' }).last().waitFor();
  await browser.screenshot('why-desktop-light');
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('a statement of account is compared with our books on its message; of an unknown sender a person says whose it is', async () => {
  const { page } = browser;
  const ofSample = await messageWith('Kontoauszug.pdf');
  for (const size of ['desktop', 'phone'] as const) {
    for (const scheme of ['light', 'dark'] as const) {
      await browser.visit(`/messages/${ofSample}`);
      await browser.look(size, scheme);
      await page.getByText('Compared with our books: Nordwind Bürobedarf GmbH').waitFor();
      await page
        .getByText(/RE-2026-\d+ agrees: [\d.,]+ EUR, still open here/)
        .first()
        .waitFor();
      await browser.screenshot(`statement-${size}-${scheme}`);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await widthBeyondWindow(page)).toBe(0);
    }
  }
  await browser.look('desktop', 'light');
  await browser.visit('/');
  await dropFile(
    page,
    'account.csv',
    'Statement of account;;;;\nDate;Document no.;Debit;Credit;Balance\n01.10.2026;ZZ-9001;119,00;;119,00\n05.10.2026;Payment;;19,00;100,00\n',
  );
  await browser.visit(`/messages/${await messageWith('account.csv')}`);
  await page.getByRole('combobox', { name: 'Supplier' }).fill('Thames');
  await page.getByRole('option', { name: /^Thames/ }).click();
  await page.getByText('is not here. Ask Thames Facility Services Ltd for a copy.').waitFor();
  await page.getByText('They booked a payment of 19.00').waitFor();
});

/** Waits until a file was read. @returns the id of its message. */
async function messageWith(fileName: string): Promise<string> {
  for (;;) {
    const messages = await controller.all<MessageSummary>('/v1/messages');
    const found = messages.find(({ documents }) => documents.some((one) => one.fileName === fileName && one.status !== 'received'));
    if (found !== undefined) return found.id;
    await new Promise((resume) => setTimeout(resume, 1000));
  }
}
