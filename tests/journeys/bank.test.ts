import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PaymentRunDetail, PaymentView } from '../../src/interfaces/api/contract.ts';
import { codeShown, wrongCode } from '../support/authenticator-app.ts';
import { debitOf, statement } from '../support/bank-answers.ts';
import { accessibilityFaults, cutOff, openBrowser, sizes, widthBeyondWindow, type Size, type TestBrowser } from '../support/browser.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { openFakeBank, type FakeBank } from '../support/fake-bank.ts';
import { approveAll } from '../support/monday.ts';
import { readPain001, type OrderFile } from '../support/read-pain001.ts';
import { untilHandled } from '../support/sample-office.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let folder: string;
let bank: FakeBank;
let server: TestServer;
let browser: TestBrowser;
let page: Page;
let ana: TestClient;
let katrin: TestClient;
let payments: PaymentView[];
/** Of the authenticator app, as the page said it. */
let secret: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskhand-bank-'));
  bank = await openFakeBank({ folder });
  server = await startTestServer({ DESKHAND_BANK_URL: bank.url, DESKHAND_BANK_TOKEN: bank.token });
  ana = await signIn(server.url, 'office-manager');
  katrin = await signIn(server.url, 'controller');
  await untilHandled(ana);
  await approveAll([await signIn(server.url, 'approver'), await signIn(server.url, 'approver', 1), ana, katrin], ana);
  const scheduled = await ana.all<PaymentView>('/v1/payments?status=scheduled');
  payments = scheduled.filter(({ amount }) => amount.currency === 'EUR');
  browser = await openBrowser(server.url);
  page = browser.page;
  await browser.signIn('Katrin');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await bank?.close();
  await rm(folder, { recursive: true, force: true });
});

test('when to pay what is scheduled is said with what it earns, and what a limit leaves no money for', async () => {
  await browser.visit('/payments');
  await page.getByRole('button', { name: 'When to pay?' }).click();
  const advisor = page.getByRole('region', { name: 'When to pay' });
  await advisor.getByRole('button', { name: 'Advise' }).click();
  await advisor.getByText('beside paying everything on its due date').waitFor();
  await advisor.getByLabel('Until').fill(new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10));
  await advisor.getByLabel('no more may leave than').fill('500');
  await advisor.getByRole('button', { name: 'Advise' }).click();
  await advisor.getByText(/^Not enough money for \d/).waitFor();
  await advisor.getByRole('button', { name: 'Choose what leaves until' }).click();
  expect(await lookedAt('cash')).toEqual([]);
});

test('what the bank accepts shows as accepted, with the way it took', async () => {
  const run = await propose(0);
  await browser.visit(`/payments/runs/${run.id}`);
  await page.getByRole('button', { name: 'Release …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Release 1 payment' }).click();
  await page.getByText('The bank has accepted it').waitFor();
  expect(await wayOf()).toEqual(['Proposed', 'Released', 'Sent to the bank', 'The bank accepted it']);
  expect(await page.getByRole('button', { name: 'Take it back …' }).count()).toBe(0);
  expect(await lookedAt('accepted')).toEqual([]);
  expect(bank.booked().map(({ amount }) => Number(amount))).toEqual([Number(payments[0]?.amount.amount)]);
});

test('what the bank refuses says why, and is taken apart so that its payments can be paid anew', async () => {
  bank.next('refuse');
  const run = await propose(1);
  await katrin.post(`/v1/payment-runs/${run.id}/release`);
  await browser.visit(`/payments/runs/${run.id}`);
  await page.getByText('The bank has refused it').waitFor();
  await page.getByText('The bank says: ').first().waitFor();
  expect(await lookedAt('refused')).toEqual([]);
  await expect
    .poll(async () => (await ana.all<PaymentView>('/v1/payments?status=scheduled')).map(({ id }) => id))
    .toContain(payments[1]?.id);
});

test('what the bank booked is handed in on the page: settled to the cent, and what is not exactly so is asked', async () => {
  const runs = [await propose(3), await propose(4)];
  const files: OrderFile[] = [];
  for (const run of runs) {
    await katrin.post(`/v1/payment-runs/${run.id}/release`);
    files.push(readPain001(await katrin.get<string>(`/v1/payment-runs/${run.id}/file`)));
  }
  const transfers = files.flatMap((file) => file.transfers);
  const movements = transfers.map((transfer, index) => debitOf(transfer, index === 0 ? {} : { amount: '1.23' }));
  const xml = statement({ account: files[0]?.debtorIban ?? '', messageId: 'JOURNEY', movements });
  await browser.visit('/payments?show=bank');
  expect(await lookedAt('files-empty')).toEqual([]);
  await page.locator('input[type=file]').setInputFiles({ name: 'statement.xml', mimeType: 'application/xml', buffer: Buffer.from(xml) });
  await page.getByRole('heading', { name: 'Statement: 1 settled' }).waitFor();
  await page.getByText('The bank booked another amount than was released').waitFor();
  expect(await lookedAt('statement')).toEqual([]);
  await browser.visit('/payments?show=bank');
  await page.getByText('JOURNEY').filter({ visible: true }).first().waitFor();
  expect(await lookedAt('files')).toEqual([]);
  await browser.visit(`/payments/runs/${runs[0]?.id ?? ''}`);
  await page.getByText('1, all settled').waitFor();
  expect(await lookedAt('settled')).toEqual([]);
  await browser.visit(`/payments/runs/${runs[1]?.id ?? ''}`);
  await page.getByRole('link', { name: 'Go to the question' }).first().click();
  await page.getByRole('button', { name: 'Let the booking count' }).waitFor();
  expect(await lookedAt('question')).toEqual([]);
  expect(browser.faults).toEqual([]);
});

test('an answer that was lost is shown as a doubt, which nobody can take back, until the bank has said what became of it', async () => {
  bank.next('drop-after');
  bank.nextAsk('ask-drop', 'ask-drop', 'ask-drop', 'ask-drop', 'ask-drop', 'ask-drop');
  const run = await propose(2);
  await katrin.post(`/v1/payment-runs/${run.id}/release`);
  await browser.visit(`/payments/runs/${run.id}`);
  await page.getByText('Nobody knows yet whether it arrived').waitFor();
  expect(await wayOf()).toContain('The answer was lost');
  expect(await page.getByRole('button', { name: 'Take it back …' }).count()).toBe(0);
  expect(await lookedAt('in-doubt')).toEqual([]);
  await browser.visit('/payments?show=runs');
  await page.getByText('In doubt').filter({ visible: true }).first().waitFor();
  expect(await lookedAt('runs')).toEqual([]);
  await browser.visit('/automation');
  await page.getByLabel('Outside systems').getByText('Left alone').waitFor();
  expect(await lookedAt('systems')).toEqual([]);
  // It was executed; whatever is asked or answered now, once.
  expect(bank.booked().filter(({ amount }) => Number(amount) === Number(payments[2]?.amount.amount))).toHaveLength(1);
  expect(browser.faults).toEqual([]);
});

test('a controller without a passkey adds an authenticator app, and a code of it is given for what is on the screen', async () => {
  await browser.visit('/passkeys');
  expect(await lookedAt('keys-empty')).toEqual([]);
  await page.getByLabel('Name of the device').fill('My phone');
  await page.getByRole('button', { name: 'Add an authenticator app' }).click();
  await page.getByRole('img', { name: 'Square to scan with the authenticator app' }).waitFor();
  secret = (await page.getByLabel('Key to type in').innerText()).replaceAll(/\s/g, '');
  expect(await lookedAt('app')).toEqual([]);
  // The code of the 30 seconds before still counts, so that this one and the next are there without waiting for them.
  const intoStepMs = Date.now() % 30_000;
  if (intoStepMs > 25_000) await page.waitForTimeout(30_000 - intoStepMs);
  await page.getByLabel('Code that the app shows now').fill(codeShown(secret, new Date(Date.now() - 30_000)));
  await page.getByRole('button', { name: 'Add the app' }).click();
  await page.getByText('Katrin').filter({ hasText: 'My phone' }).first().waitFor();
  expect(browser.faults).toEqual([]);
  const run = await propose(5);
  await expect(katrin.post(`/v1/payment-runs/${run.id}/release`)).rejects.toThrow('DH_ORCHESTRATION_SIGNATURE_MISSING');
  await browser.visit(`/payments/runs/${run.id}`);
  await page.getByRole('button', { name: 'Release …' }).click();
  const dialog = page.getByRole('dialog');
  const release = dialog.getByRole('button', { name: 'Release 1 payment' });
  await dialog.getByLabel('Code of your authenticator app').fill(wrongCode(secret, new Date()));
  await release.click();
  await dialog.getByText('This is not the code that your app shows now').waitFor();
  expect(await lookedAt('code')).toEqual([]);
  const shown = codeShown(secret, new Date());
  await dialog.getByLabel('Code of your authenticator app').fill(`${shown.slice(0, 3)} ${shown.slice(3)}`);
  await release.click();
  await page.getByText('with a code of the authenticator app “My phone”').waitFor();
  expect(browser.faults.filter((fault) => !fault.includes(`/v1/payment-runs/${run.id}/release`))).toEqual([]);
});

test('a controller adds a passkey and signs with it what is on the screen; without it nothing leaves any more', async () => {
  const named = await openBrowser(server.url.replace('127.0.0.1', 'localhost'));
  try {
    const devices = await named.page.context().newCDPSession(named.page);
    await devices.send('WebAuthn.enable');
    await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await named.signIn('Katrin');
    await named.visit('/passkeys');
    await named.page.getByLabel('Name of the device').fill('My laptop');
    await named.page.getByRole('button', { name: 'Add a passkey' }).click();
    await named.page.getByLabel('Code of your authenticator app').fill(codeShown(secret, new Date(Date.now() + 30_000)));
    await named.page.getByRole('button', { name: 'Add the passkey' }).click();
    await named.page.getByText('Katrin').filter({ hasText: 'My laptop' }).first().waitFor();
    expect(await lookedAt('passkeys', named)).toEqual([]);
    const run = await propose(6);
    await expect(katrin.post(`/v1/payment-runs/${run.id}/release`)).rejects.toThrow('DH_ORCHESTRATION_SIGNATURE_MISSING');
    await named.visit(`/payments/runs/${run.id}`);
    await named.page.getByRole('button', { name: 'Release …' }).click();
    await named.page.getByRole('button', { name: 'Use a code instead' }).click();
    await named.page.getByLabel('Code of your authenticator app').waitFor();
    await named.page.getByRole('button', { name: 'Sign with the passkey' }).click();
    expect(await lookedAt('sign', named)).toEqual([]);
    await named.page.getByRole('dialog').getByRole('button', { name: 'Sign and release 1 payment' }).click();
    await named.page.getByText('signed with the passkey “My laptop”').waitFor();
    expect(named.faults).toEqual([]);
  } finally {
    await named.close();
  }
});

async function propose(index: number): Promise<PaymentRunDetail> {
  return await ana.post<PaymentRunDetail>('/v1/payment-runs', { paymentIds: [payments[index]?.id] });
}

/** The steps of the way so far, first lines only. */
async function wayOf(): Promise<string[]> {
  const steps = await page.getByLabel('Its way so far').locator('.mantine-Timeline-item').allInnerTexts();
  return steps.map((step) => step.trim().split('\n')[0] ?? '');
}

/** What is wrong with the screen as it is now, on a laptop and a phone, in light and dark. */
async function lookedAt(name: string, inBrowser = browser): Promise<string[]> {
  const faults: string[] = [];
  for (const size of Object.keys(sizes) as Size[]) {
    for (const scheme of ['light', 'dark'] as const) {
      await inBrowser.look(size, scheme);
      await inBrowser.screenshot(`bank-${name}-${size}-${scheme}`);
      if ((await widthBeyondWindow(inBrowser.page)) > 0) faults.push(`too wide at ${size}`);
      faults.push(...(await cutOff(inBrowser.page)), ...(await accessibilityFaults(inBrowser.page)));
    }
  }
  await inBrowser.look('desktop', 'light');
  return faults;
}
