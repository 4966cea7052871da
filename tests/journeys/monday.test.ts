import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { validatePain001 } from '#connectors';
import type {
  InvoiceDetail,
  InvoiceSummary,
  MessageSummary,
  Overview,
  PageWord,
  PaymentRunDetail,
  PaymentView,
  TaskSummary,
} from '../../src/interfaces/api/contract.ts';
import {
  accessibilityFaults,
  cutOff,
  dropFile,
  openBrowser,
  settled,
  sizes,
  widthBeyondWindow,
  type Size,
  type TestBrowser,
} from '../support/browser.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { knownDocuments, putRight, type KnownDocument } from '../support/put-right.ts';
import { untilHandled } from '../support/sample-office.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

/** Handled within a minute on two free cores (see bench/); a test run shares its cores with others. */
const mostSecondsUntilHandled = 150;

let server: TestServer;
let browser: TestBrowser;
let page: Page;
let ana: TestClient;
let bo: TestClient;
let katrin: TestClient;
let known: KnownDocument[] = [];
let run: PaymentRunDetail;

beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser(server.url);
  page = browser.page;
});
afterAll(async () => {
  await browser.close();
  await server.remove();
});

test('Ana signs in and her inbox fills by itself until all mail is handled', async () => {
  const startedAt = performance.now();
  const today = new Date().toISOString().slice(0, 10);
  ana = await signIn(server.url, 'office-manager');
  await browser.signIn('Ana');
  await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
  const tasks = page.locator('[data-task]');
  await tasks.first().waitFor();
  const first = await tasks.count();
  await browser.screenshot('inbox-filling-desktop-light');
  await expect.poll(() => tasks.count(), { timeout: 60_000 }).toBeGreaterThan(first);
  const seconds = ((await untilHandled(ana)) - startedAt) / 1000;
  console.log(`monday: all messages handled ${seconds.toFixed(1)} s after the page was ready`);
  expect(seconds).toBeLessThan(mostSecondsUntilHandled);

  const { openTasks, messages } = await ana.get<Overview>('/v1/overview');
  await expect.poll(() => page.getByRole('tab', { name: `For me · ${openTasks.mine}`, exact: true }).count()).toBe(1);
  await page.getByLabel('Overview').getByText(String(messages.handled), { exact: true }).waitFor();
  expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true);

  bo = await signIn(server.url, 'approver');
  katrin = await signIn(server.url, 'controller');
  known = await knownDocuments(ana, today);
});

test('what nobody can read and what only wants to be known stands before Ana in plain words', async () => {
  const mine = await openTasks(ana);
  const words = (key: string): string => {
    const { document } = known.find((candidate) => candidate.key === key) ?? expect.fail(`no mail ${key}`);
    const task = mine.find((candidate) => candidate.document?.id === document.id) ?? expect.fail(`no task for ${key}`);
    return `${task.kind}: ${task.title}. ${task.question}`;
  };
  expect(words('locked')).toMatch(/^unreadable: .*password/);
  expect(words('cut-short')).toMatch(/^unreadable: .*cut short/);
  expect(words('empty')).toMatch(/^unreadable: .*empty/);
  expect(words('program')).toMatch(/^unreadable: .*program/);
  expect(words('statement')).toMatch(/^message: .*statement of account/);
  expect(words('reminder')).toMatch(/^message: .*reminds/);
  const aboutMails = mine.filter(({ kind, document }) => kind === 'message' && document === null).map(({ reason }) => reason);
  expect(aboutMails).toEqual(expect.arrayContaining(['question', 'bank-details']));

  const { document } = known.find(({ key }) => key === 'locked') ?? expect.fail();
  const task = mine.find((candidate) => candidate.document?.id === document.id) ?? expect.fail();
  await openTask(task);
  await page.getByText('needs a password').first().waitFor();
  await browser.screenshot('unreadable-desktop-light');
});

test('Ana corrects a value without the mouse, and once by a click on the page', async () => {
  const task = await taskToReview();
  const invoice = await ana.get<InvoiceDetail>(`/v1/invoices/${task.invoice?.id}`);
  const number = known.find(({ document }) => document.id === invoice.documentId)?.expected.invoice?.number ?? expect.fail();
  await browser.visit('/');
  await openTask(task);
  await settled(page);

  const field = page.getByRole('textbox', { name: 'Invoice number' });
  await field.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('misread');
  await page.keyboard.press('Tab');
  expect(await field.inputValue()).toBe('misread');
  await field.click();
  await clickWord(page, invoice.documentId, number);
  await expect.poll(() => field.inputValue()).toBe(number);
  await page.getByText(/not saved/).waitFor();
  await browser.screenshot('review-changed-desktop-light');

  // From here on no mouse: the due date is put a day later, a value that nobody else needs.
  const dueDate = page.getByRole('textbox', { name: 'Due on' });
  await dueDate.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('24.12.2031');
  await page.keyboard.press('Tab');
  expect(await dueDate.inputValue()).toBe('2031-12-24');
  const saved = page.waitForResponse((response) => response.url().endsWith('/corrections'));
  await page.keyboard.press('Control+s');
  expect((await saved).status()).toBe(200);
  const after = await ana.get<InvoiceDetail>(`/v1/invoices/${invoice.id}`);
  expect(after.fields.dueDate).toMatchObject({ value: '2031-12-24', origin: 'person', correctedBy: { name: 'Ana Lindqvist' } });
  expect(after.fields.invoiceNumber.value).toBe(number);

  await page.getByRole('tab', { name: 'Timeline' }).click();
  await page
    .getByText(/Ana Lindqvist corrected .*due date/)
    .first()
    .waitFor();
});

test('once everything is read right, each trouble of the sample office is asked of the right person, in words', async () => {
  for (let round = 0; round < 4 && (await putRight(ana, known)) > 0; round += 1) await untilHandled(ana, 1500);
  const open = (await ana.all<TaskSummary>('/v1/tasks?view=all')).filter(({ status }) => status === 'open');
  const missing = known.flatMap(({ key, expected: { reason }, document }) => {
    const asked = open.filter((task) => task.document?.id === document.id).map((task) => task.reason);
    return reason === undefined || asked.includes(reason)
      ? []
      : [`${key}: ${reason} is not asked, but ${asked.join(' and ') || 'nothing'}`];
  });
  expect(missing).toEqual([]);
  const needless = known.flatMap(({ key, expected: { outcome }, document }) => {
    const asked = open.filter((task) => task.kind === 'exception' && task.document?.id === document.id);
    return outcome === 'clean' ? asked.map((task) => `${key}: ${task.title}. ${task.question}`) : [];
  });
  expect(needless).toEqual([]);

  const ofReason = (reason: string): TaskSummary =>
    open.find((task) => task.reason === reason) ?? expect.fail(`nobody is asked: ${reason}`);
  expect(ofReason('bank-account-changed')).toMatchObject({ role: 'office-manager', title: expect.stringContaining('Bank account') });
  expect(ofReason('duplicate')).toMatchObject({ role: 'office-manager', title: expect.stringContaining('Looks like an invoice we have') });
  expect(ofReason('unknown-supplier')).toMatchObject({ role: 'office-manager', title: expect.stringContaining('Unknown supplier') });
  expect(ofReason('missing-purchase-order')).toMatchObject({ role: 'office-manager', title: expect.stringContaining('No purchase order') });
  expect(ofReason('price').question).toMatch(/\d+\.\d\d EUR/);
  for (const task of open) expect(task.question, task.title).toMatch(/[.?]$/);
});

test('Ana accepts an exception with its button, and the timeline says so', async () => {
  const mine = await openTasks(ana);
  const acceptable = ['missing-receipt', 'price', 'quantity', 'unordered-item', 'currency', 'arithmetic'];
  const task = mine.find(({ reason, choices }) => acceptable.includes(reason) && choices.includes('accept')) ?? expect.fail();
  const label = task.reason === 'missing-receipt' ? 'The goods are here' : 'Accept as it is';
  await browser.visit('/');
  await openTask(task);
  const question = page.locator('[data-question]').filter({ hasText: task.title });
  await question.getByRole('button', { name: label }).click();
  await question.getByText('What happens').waitFor();
  await question.getByRole('button', { name: label }).click();
  await expect.poll(() => statusOf(task)).toBe('done');
  await browser.visit(`/invoices/${task.invoice?.id}?tab=timeline`);
  await page
    .getByText(/Ana Lindqvist accepted: /)
    .first()
    .waitFor();
});

test('Ana, Bo and Katrin each decide what is theirs', async () => {
  for (let count = 0; count < 2; count += 1) await approveOne(ana);
  const changed = (await openTasks(ana)).find(({ reason }) => reason === 'bank-account-changed') ?? expect.fail();
  await openTask(changed);
  const question = page.locator('[data-question]').filter({ hasText: changed.title });
  await browser.screenshot('bank-account-changed-desktop-light');
  await question.getByRole('button', { name: 'Pay to the account on file' }).click();
  await question.getByRole('button', { name: 'Pay to the account on file' }).click();
  await expect.poll(() => statusOf(changed)).toBe('done');
  await browser.signOut();

  await browser.signIn('Bo');
  await approveOne(bo);
  await browser.signOut();
});

test('Ana proposes a payment run, Katrin releases it, and the bank file is what was shown', async () => {
  const inEuro = (payments: readonly PaymentView[]): PaymentView[] => payments.filter(({ amount }) => amount.currency === 'EUR');
  await expect.poll(async () => inEuro(await scheduled()).length, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
  await browser.signIn('Ana');
  await browser.visit('/payments');
  const all = await scheduled();
  const chosen = inEuro(all).slice(0, 2);
  await page.getByLabel('Choose all').uncheck();
  for (const { id } of chosen)
    await page
      .getByRole('row')
      .nth(all.findIndex((payment) => payment.id === id) + 1)
      .getByRole('checkbox')
      .check();
  const sum = sumOf(chosen);
  await page.getByText(`${chosen.length} payments, ${sum} EUR`).waitFor();
  await browser.screenshot('payments-chosen-desktop-light');
  await page.getByRole('button', { name: 'Propose a payment run' }).click();
  await page.getByRole('heading', { name: `${chosen.length} payments, ${sum} EUR` }).waitFor();
  expect(await page.getByRole('button', { name: 'Release …' }).isDisabled()).toBe(true);
  await browser.signOut();

  await browser.signIn('Katrin');
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Payments' }).click();
  await page.getByRole('tab', { name: 'Payment runs' }).click();
  await page.getByRole('link', { name: `${chosen.length} payments` }).click();
  await page.getByRole('button', { name: 'Release …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Release this payment run?' });
  await dialog.getByText(`${chosen.length} payments, ${sum} EUR`).waitFor();
  await browser.screenshot('release-desktop-light');
  await dialog.getByRole('button', { name: `Release ${chosen.length} payments` }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the bank file' }).click();
  const file = await (await downloading).path();
  const xml = await readFile(file, 'utf8');
  expect(await validatePain001(xml)).toEqual([]);
  expect(Number(/<CtrlSum>([\d.]+)<\/CtrlSum>/.exec(xml)?.[1])).toBe(Number(sum.replaceAll(',', '')));
  expect(xml.match(/<CdtTrfTxInf>/g)).toHaveLength(chosen.length);
  for (const { iban } of chosen) expect(xml).toContain(`<IBAN>${iban}</IBAN>`);
  run = await katrin.get<PaymentRunDetail>(page.url().replace(`${server.url}/payments/runs/`, '/v1/payment-runs/'));
  expect(run).toMatchObject({ status: 'released', releasedBy: { name: 'Katrin Weber' } });
  await browser.signOut();
});

test('a file dropped on the page becomes a message and an invoice while one looks', async () => {
  await browser.signIn('Ana');
  await browser.visit('/messages');
  await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
  await dropFile(page, 'own-invoice.xml', await ownInvoice('MONDAY-1'));
  await page.getByRole('link', { name: 'own-invoice.xml' }).waitFor();
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Invoices' }).click();
  await page.getByRole('table').getByText('MONDAY-1').waitFor();
  expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true);
});

test('the audit log is whole', async () => {
  await browser.visit('/audit');
  await page.getByText('The log is whole').waitFor();
});

test('every screen fits desktop and phone, in light and dark, and axe finds nothing', async () => {
  const faults: string[] = [];
  for (const [name, place] of await screens()) {
    await browser.look('desktop', 'light');
    await browser.visit(place);
    for (const size of Object.keys(sizes) as Size[]) {
      for (const scheme of ['light', 'dark'] as const) {
        await browser.look(size, scheme);
        await settled(page);
        await browser.screenshot(`${name}-${size}-${scheme}`);
        const beyond = await widthBeyondWindow(page);
        if (beyond > 0) faults.push(`${name} is ${beyond} px too wide at ${size}`);
        if (scheme === 'light') faults.push(...(await cutOff(page)).map((words) => `${name} cuts off at ${size}: ${words}`));
        const isChecked = (size === 'desktop') === (scheme === 'light');
        if (isChecked) faults.push(...(await accessibilityFaults(page)).map((fault) => `${name} ${size} ${scheme}: ${fault}`));
      }
    }
  }
  await browser.look('desktop', 'light');
  await browser.signOut();
  for (const size of Object.keys(sizes) as Size[]) {
    for (const scheme of ['light', 'dark'] as const) {
      await browser.look(size, scheme);
      await browser.screenshot(`sign-in-${size}-${scheme}`);
    }
  }
  expect(faults).toEqual([]);
});

test('nothing failed in the browser, and it asked no other host', () => {
  expect(browser.faults).toEqual([]);
});

async function openTasks(client: TestClient): Promise<TaskSummary[]> {
  return client.all<TaskSummary>('/v1/tasks?view=mine');
}

async function statusOf(task: TaskSummary): Promise<string> {
  return (await ana.get<TaskSummary>(`/v1/tasks/${task.id}`)).status;
}

function scheduled(): Promise<PaymentView[]> {
  return ana.all<PaymentView>('/v1/payments?status=scheduled');
}

/** As `1,234.50`. */
function sumOf(payments: readonly PaymentView[]): string {
  const cents = payments.reduce((sum, { amount }) => sum + Math.round(Number(amount.amount) * 100), 0);
  return (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });
}

/** Opens a task from the inbox, which shows more as one asks for it. */
async function openTask(task: TaskSummary): Promise<void> {
  if (new URL(page.url()).pathname !== '/')
    await page
      .getByRole('link', { name: /^(Deskhand, to the inbox)$/ })
      .first()
      .click();
  const row = page.locator(`[data-task="${task.id}"]`);
  const more = page.getByRole('button', { name: 'Show more' });
  await page.locator('[data-task]').first().waitFor();
  while ((await row.count()) === 0 && (await more.count()) > 0) {
    const before = await page.locator('[data-task]').count();
    await more.click();
    await expect.poll(() => page.locator('[data-task]').count()).toBeGreaterThan(before);
  }
  await row.click();
}

async function approveOne(client: TestClient): Promise<void> {
  const isPayable = ({ kind, invoice }: TaskSummary): boolean => kind === 'approval' && invoice?.gross?.currency === 'EUR';
  const task = (await openTasks(client)).find(isPayable) ?? expect.fail('nothing to approve');
  await openTask(task);
  await settled(page);
  await page.getByText('If you say yes:').waitFor();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByText('What happens').waitFor();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect.poll(() => statusOf(task)).toBe('done');
}

/** A doubt if there is one, else another question about a page that can be clicked on. */
async function taskToReview(): Promise<TaskSummary> {
  const candidates = (await openTasks(ana)).filter(({ kind, document }) => {
    const printed = known.find((candidate) => candidate.document.id === document?.id)?.expected.invoice;
    const isOneWord = printed !== undefined && !printed.number.includes(' ');
    return kind === 'exception' && document?.mediaType === 'application/pdf' && isOneWord;
  });
  return candidates.find(({ reason }) => reason === 'doubtful-value') ?? candidates[0] ?? expect.fail('nothing to review');
}

async function clickWord(page: Page, documentId: string, text: string): Promise<void> {
  const { items } = await ana.get<{ items: PageWord[] }>(`/v1/documents/${documentId}/pages/1/words`);
  const word = items.find((candidate) => candidate.text === text) ?? expect.fail(`${text} is no word of the page`);
  const detail = await ana.get<{ pages: { width: number; height: number }[] }>(`/v1/documents/${documentId}`);
  const { width, height } = detail.pages[0] ?? expect.fail();
  const picture = page.getByAltText('Page 1');
  const frame = (await picture.boundingBox()) ?? expect.fail();
  const [left, top, right, bottom] = word.box;
  await page.mouse.click(frame.x + (((left + right) / 2) * frame.width) / width, frame.y + (((top + bottom) / 2) * frame.height) / height);
}

/** An e-invoice that came by mail, under another number: an invoice of one's own. */
async function ownInvoice(number: string): Promise<string> {
  const { document, expected } = known.find(({ document: { mediaType } }) => mediaType?.includes('xml') === true) ?? expect.fail();
  const answer = await fetch(`${server.url}/v1/documents/${document.id}/original`, { headers: ana.headers });
  return (await answer.text()).replaceAll(expected.invoice?.number ?? expect.fail(), number);
}

/** Each main screen with something on it. */
async function screens(): Promise<(readonly [name: string, place: string])[]> {
  const mine = await openTasks(ana);
  const asked = mine.find(({ kind, document }) => kind === 'exception' && document?.mediaType === 'application/pdf');
  const approval = mine.find(({ kind }) => kind === 'approval');
  const unreadable = mine.find(({ kind }) => kind === 'unreadable');
  const invoices = await ana.all<InvoiceSummary>('/v1/invoices');
  const matched = invoices.find(({ poNumber, status }) => poNumber !== null && status === 'awaiting-approval');
  const paid = run.payments[0]?.invoice.id;
  const [order] = await ana.all<{ id: string }>('/v1/purchase-orders');
  const [supplier] = await ana.all<{ id: string }>('/v1/suppliers');
  const [message] = await ana.all<MessageSummary>('/v1/messages');
  return [
    ['inbox', '/'],
    ['inbox-done', '/?view=done'],
    ['review', `/invoices/${asked?.invoice?.id}`],
    ['match', `/invoices/${matched?.id}?tab=match`],
    ['proof', `/invoices/${matched?.id}?tab=proof`],
    ['timeline', `/invoices/${paid}?tab=timeline`],
    ['approval', `/approvals/${approval?.id}`],
    ['unreadable', `/tasks/${unreadable?.id}`],
    ['stand-ins', '/stand-ins'],
    ['invoices', '/invoices'],
    ['messages', '/messages'],
    ['message', `/messages/${message?.id}`],
    ['purchase-orders', '/purchase-orders'],
    ['purchase-order', `/purchase-orders/${order?.id}`],
    ['suppliers', '/suppliers'],
    ['supplier', `/suppliers/${supplier?.id}`],
    ['payments', '/payments'],
    ['payment-runs', '/payments?show=runs'],
    ['payment-run', `/payments/runs/${run.id}`],
    ['audit', '/audit'],
  ];
}
