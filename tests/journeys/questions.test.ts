import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InvoiceDetail, TaskSummary } from '../../src/interfaces/api/contract.ts';
import type { TaskQuestions } from '../../src/interfaces/api/contract-questions.ts';
import { accessibilityFaults, openBrowser, settled, sizes, widthBeyondWindow, type Size, type TestBrowser } from '../support/browser.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { headerOf, openMailServer, type TestMailServer } from '../support/mail-server.ts';
import { untilHandled } from '../support/sample-office.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const supplier = 'accounts@supplier.example';
let mails: TestMailServer;
let server: TestServer;
let browser: TestBrowser;
let ana: TestClient;
let task: TaskSummary;

beforeAll(async () => {
  mails = await openMailServer();
  server = await startTestServer({ DESKHAND_SMTP_URL: mails.url, DESKHAND_MAIL_FROM: 'invoices@office.example' });
  browser = await openBrowser(server.url);
  ana = await signIn(server.url, 'office-manager');
  await untilHandled(ana);
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await mails?.close();
});

test('whoever ordered asks the supplier about a price', async () => {
  const tasks = await ana.all<TaskSummary>('/v1/tasks?view=all');
  task = tasks.find(({ reason, assignee }) => reason === 'price' && assignee !== null) ?? expect.fail('no price waits for a person');
  await browser.signIn(task.assignee?.name.split(' ')[0] ?? '');
  await browser.visit(`/invoices/${task.invoice?.id ?? ''}`);
  const { page } = browser;
  await page.getByRole('button', { name: 'Ask about it…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Language').click();
  await page.getByRole('option', { name: 'English' }).click();
  await dialog.getByLabel(/^Address of/).fill(supplier);
  const text = dialog.getByLabel('Text');
  await text.fill(`${await text.inputValue()}\nA short word is enough.`);
  await settled(page);
  await browser.screenshot('questions-ask');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('region', { name: 'Questions' }).getByText('No answer yet').waitFor();
  await expect.poll(() => mails.taken.length, { timeout: 20_000 }).toBe(1);
  expect(mails.taken[0]).toContain('A short word is enough.');
  expect(headerOf(mails.taken[0] ?? '', 'To')).toContain(supplier);
});

test('the answer arrives as a mail, is shown with its sentence, confirmed, and the invoice goes on', async () => {
  const { page } = browser;
  const sent = mails.taken[0] ?? '';
  const reply = [
    `From: Nora <${supplier}>`,
    'To: invoices@office.example',
    `Subject: Re: ${headerOf(sent, 'Subject')}`,
    'Message-ID: <answer-1@supplier.example>',
    `In-Reply-To: ${headerOf(sent, 'Message-ID')}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Hello Bo,',
    '',
    'The invoiced price is correct, paper became dearer in January.',
    '',
    'Kind regards',
    'Nora',
    '',
  ].join('\r\n');
  const form = new FormData();
  form.append('files', new Blob([reply]), 'reply.eml');
  const forged = reply.replaceAll(supplier, 'accounts@suppller.example').replace('<answer-1@', '<answer-2@');
  form.append('files', new Blob([forged]), 'forged.eml');
  const uploaded = await fetch(`${server.url}/v1/documents`, { method: 'POST', headers: ana.headers, body: form });
  expect(uploaded.status).toBeLessThan(300);
  const questions = page.getByRole('region', { name: 'Questions' });
  await questions.getByText('It is right as it is').first().waitFor();
  await questions.getByText('The invoiced price is correct, paper became dearer in January.').first().waitFor();
  await questions.getByText('Is it really from them?').waitFor();
  for (const size of Object.keys(sizes) as Size[])
    for (const scheme of ['light', 'dark'] as const) {
      await browser.look(size, scheme);
      await settled(page);
      await questions.scrollIntoViewIfNeeded();
      await browser.screenshot(`questions-answer-${size}-${scheme}`);
      expect(await widthBeyondWindow(page)).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
  await browser.look('desktop', 'light');
  const honest = questions.locator('[data-answer]').filter({ hasNotText: 'Is it really from them?' });
  await honest.getByRole('button', { name: 'Accept the difference' }).click();
  await questions.getByRole('button', { name: 'Yes: accept the difference' }).click();
  await expect.poll(async () => (await ana.get<TaskSummary>(`/v1/tasks/${task.id}`)).decision, { timeout: 20_000 }).toBe('accept');
  const { items } = await ana.get<TaskQuestions>(`/v1/tasks/${task.id}/questions`);
  expect(items).toMatchObject([
    {
      status: 'closed',
      outcome: 'accept',
      answers: expect.arrayContaining([expect.objectContaining({ settled: 'accept', doubt: null })]) as unknown,
    },
  ]);
  // Looked at again: nothing is asked about the price any more.
  await expect
    .poll(
      async () => {
        const { tasks } = await ana.get<InvoiceDetail>(`/v1/invoices/${task.invoice?.id ?? ''}`);
        return tasks.some(({ status, reason }) => status === 'open' && reason === 'price');
      },
      { timeout: 20_000 },
    )
    .toBe(false);
  expect(browser.faults).toEqual([]);
});

test('what the policy lets be asked is asked by itself, and the thread says by which version and why', async () => {
  const { page } = browser;
  await browser.signIn('Ana');
  await browser.visit('/policy');
  const table = page.getByRole('region', { name: 'What Deskhand asks by itself' });
  await table.getByText('Nothing: a person sends every question.').waitFor();
  await table.getByRole('button', { name: 'Add a row' }).click();
  const row = page.getByRole('dialog');
  await row.getByRole('combobox', { name: 'About', exact: true }).click();
  await page.getByRole('option', { name: 'a missing goods receipt' }).click();
  await row.getByRole('combobox', { name: 'About', exact: true }).press('Escape');
  await row.getByRole('combobox', { name: 'Deskhand asks' }).click();
  await page.getByRole('option', { name: 'whoever took the goods in' }).click();
  await row.getByLabel('Questions in a day, at most').fill('5');
  await row.getByRole('button', { name: 'Take over' }).click();
  await table.getByText('Deskhand asks whoever took the goods in, at most 5 in a day').waitFor();
  await page.getByLabel('A clean invoice').fill('small');
  await page.getByRole('textbox', { name: 'Amount', exact: true }).fill('100.00');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('button', { name: 'Check' }).click();
  await settled(page);
  await table.scrollIntoViewIfNeeded();
  for (const size of Object.keys(sizes) as Size[])
    for (const scheme of ['light', 'dark'] as const) {
      await browser.look(size, scheme);
      await settled(page);
      await browser.screenshot(`questions-policy-${size}-${scheme}`);
      expect(await widthBeyondWindow(page)).toBe(0);
    }
  expect(await accessibilityFaults(page)).toEqual([]);
  await browser.look('desktop', 'light');
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await page.getByText('Your role does not switch policies on.').waitFor();
  const katrin = await signIn(server.url, 'controller');
  const version = Number(new URL(page.url()).searchParams.get('version'));
  await katrin.post(`/v1/policies/${version}/activation`, {});

  const waiting = (await ana.all<TaskSummary>('/v1/tasks?view=all')).filter(({ reason }) => reason === 'missing-receipt');
  const thread = async (): Promise<TaskSummary | undefined> => {
    for (const one of waiting) {
      const { items } = await ana.get<TaskQuestions>(`/v1/tasks/${one.id}/questions`);
      if (items.some(({ byPolicy, mails: own }) => byPolicy?.version === version && own[0]?.delivery === 'sent')) return one;
    }
    return undefined;
  };
  await expect.poll(thread, { timeout: 120_000, interval: 1000 }).toBeDefined();
  const asked = (await thread()) ?? expect.fail();
  await browser.visit(`/invoices/${asked.invoice?.id ?? ''}`);
  const questions = page.getByRole('region', { name: 'Questions' });
  await questions.getByText('Deskhand asked by itself, under').waitFor();
  for (const size of Object.keys(sizes) as Size[])
    for (const scheme of ['light', 'dark'] as const) {
      await browser.look(size, scheme);
      await settled(page);
      await questions.scrollIntoViewIfNeeded();
      await browser.screenshot(`questions-by-policy-${size}-${scheme}`);
      expect(await widthBeyondWindow(page)).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
  expect(browser.faults).toEqual([]);
});
