import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeByte, fillOffice, hostileName, listFolder, writeFolder } from '../support/audit-folder.ts';
import { accessibilityFaults, openBrowser, sizes, widthBeyondWindow, type TestBrowser } from '../support/browser.ts';
import { openCorrespondingOffice, type CorrespondingOffice } from '../support/corresponding-office.ts';

let corresponding: CorrespondingOffice;
let browser: TestBrowser;
let scratch: string;
let folder: string;
let fingerprint: string;
let asked: string;

beforeAll(async () => {
  corresponding = await openCorrespondingOffice();
  asked = (await fillOffice(corresponding)).askedInvoiceId;
  scratch = await mkdtemp(path.join(tmpdir(), 'deskhand-stick-'));
  folder = path.join(scratch, '2026-03');
  fingerprint = await writeFolder(corresponding.office, '2026-03', folder);
  browser = await openBrowser('file://');
  await browser.page.context().setOffline(true);
});
afterAll(async () => {
  await browser.close();
  await corresponding.close();
  await rm(scratch, { recursive: true, force: true });
});

async function verdictOf(place: string): Promise<{ state: string | null; text: string; faults: string[] }> {
  const { page } = browser;
  await page.goto(pathToFileURL(path.join(place, 'index.html')).href);
  await page.locator('#folder').setInputFiles(place);
  const verdict = page.locator('#verdict:not([data-state=unchecked])');
  await verdict.waitFor();
  return {
    state: await verdict.getAttribute('data-state'),
    text: await verdict.innerText(),
    faults: await page.locator('#faults li').allInnerTexts(),
  };
}

test('the page opened from disk, without a network, finds the folder intact and shows what was paid and where it was read', async () => {
  const { page } = browser;
  const verdict = await verdictOf(folder);
  expect(verdict).toMatchObject({ state: 'intact', faults: [] });
  expect(await page.locator('#fingerprints').innerText()).toContain(fingerprint);
  expect(await page.locator('#invoices').innerText()).toContain(hostileName);
  await page.locator('#invoices button').first().click();
  await page.getByRole('heading', { name: 'Approvals' }).waitFor();
  expect(await page.locator('#invoice').innerText()).toContain('Gross total');
  expect(await page.locator('#invoice').innerText()).toContain('with a code of the authenticator app “My phone”');
  expect(await page.title()).toBe('Auditor’s folder');
  await page.locator('#find').fill(asked);
  await page.locator('#invoices button').first().click();
  await page.getByRole('heading', { name: 'Asked by mail: Nordwind Papier GmbH <rechnung@nordwind.example>' }).waitFor();
  const thread = await page.locator('#invoice').innerText();
  for (const words of ['bo asked on', 'Question: sent', 'Read in it (stands): The price is correct', 'bo said: accept'])
    expect(thread).toContain(words);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const size of ['desktop', 'phone'] as const) {
      await page.setViewportSize(sizes[size]);
      await page.getByRole('heading', { name: /^Asked by mail/ }).scrollIntoViewIfNeeded();
      expect(await widthBeyondWindow(page)).toBeLessThanOrEqual(0);
      await browser.screenshot(`audit-folder-${size}-${scheme}`);
    }
    expect(await accessibilityFaults(page)).toEqual([]);
  }
  expect(browser.faults).toEqual([]);
});

test('one changed byte turns the verdict and is named', async () => {
  for (const [at, ending] of ['bank-file.txt', 'entries.jsonl', 'extraction.json'].entries()) {
    const copy = path.join(scratch, `copy-${at}`);
    await cp(folder, copy, { recursive: true });
    const name = (await listFolder(copy)).find((file) => file.endsWith(ending)) ?? expect.unreachable();
    await changeByte(path.join(copy, name));
    const { state, text, faults } = await verdictOf(copy);
    expect([state, text]).toEqual(['broken', expect.stringContaining('Broken')]);
    expect(faults.every((fault) => fault.startsWith(name))).toBe(true);
    expect(faults.length).toBeGreaterThan(0);
  }
});

test('a fingerprint that is not the folder’s turns the verdict', async () => {
  await verdictOf(folder);
  await browser.page.locator('#expected').fill('0'.repeat(64));
  await browser.page.locator('#expected').blur();
  await browser.page.locator('#verdict[data-state=broken]').waitFor();
  expect(await browser.page.locator('#faults').innerText()).toContain('not the one that was recorded');
});
