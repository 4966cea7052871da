// What runs inside the page knows the DOM.
/// <reference lib="dom" />
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page, type Response } from 'playwright-core';

const screenshotFolder = fileURLToPath(new URL('../journeys/screenshots/', import.meta.url));
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Sizes at which every screen must work: a small laptop and a phone. */
export const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
export type Size = keyof typeof sizes;
export type Scheme = 'light' | 'dark';

/** A Chromium on one Deskhand, and everything that went wrong in it. */
export interface TestBrowser {
  readonly page: Page;
  /** Console errors, thrown errors, refused and failed requests, requests to another host. Empty on a good day. */
  readonly faults: readonly string[];
  /** By the button that the sample office offers. */
  signIn(firstName: string): Promise<void>;
  signOut(): Promise<void>;
  /** Goes to a screen and waits until nothing on it is still loading. */
  visit(path: string): Promise<void>;
  look(size: Size, scheme: Scheme): Promise<void>;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** @param url - of the server; what is asked of any other host is a fault. */
export async function openBrowser(url: string): Promise<TestBrowser> {
  // The one setting of the tests: where Chromium lies.
  // oxlint-disable-next-line node/no-process-env
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const browser: Browser = await chromium.launch({ executablePath, args: quiet });
  const context: BrowserContext = await browser.newContext({
    viewport: sizes.desktop,
    locale: 'en-GB',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  watch(page, url, faults);
  await mkdir(screenshotFolder, { recursive: true });
  const visit = async (place: string): Promise<void> => {
    await page.goto(`${url}${place}`);
    await settled(page);
  };
  return {
    page,
    faults,
    visit,
    async signIn(firstName) {
      if (!page.url().includes('/sign-in')) await page.goto(`${url}/sign-in`);
      await page.getByRole('button', { name: `Continue as ${firstName}` }).click();
      await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    },
    async signOut() {
      await page.locator('nav button[aria-haspopup=menu]').click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    },
    async look(size, scheme) {
      await page.setViewportSize(sizes[size]);
      await page.emulateMedia({ colorScheme: scheme });
      // Until the page has changed its colours: half of each has contrasts that nobody sees.
      await page.waitForFunction((wanted) => {
        const isRunning = document.getAnimations().some(({ playState }) => playState === 'running');
        return document.documentElement.dataset['mantineColorScheme'] === wanted && !isRunning;
      }, scheme);
      await page.evaluate(() => new Promise((resume) => requestAnimationFrame(() => requestAnimationFrame(resume))));
    },
    async screenshot(name) {
      await page.screenshot({ path: path.join(screenshotFolder, `${name}.png`), animations: 'disabled' });
    },
    close: () => browser.close(),
  };
}

/** Until the screen is there, its placeholders are gone and its pictures drawn. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(
    () =>
      document.querySelector('.mantine-Skeleton-root, .mantine-Loader-root') === null &&
      [...document.images].every((image) => image.complete || image.loading === 'lazy'),
  );
}

/** How many pixels the page is wider than its window: 0 where nothing must be pushed sideways. */
export function widthBeyondWindow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Text that ends at an edge without saying so: wider than its frame, which neither scrolls nor shows an ellipsis. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => {
        const style = getComputedStyle(element);
        const isHiding = style.overflowX === 'hidden' || style.overflowX === 'clip';
        const isSaid = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
        return isHiding && !isSaid && element.clientWidth > 1 && element.innerText !== '' && element.scrollWidth > element.clientWidth + 1;
      })
      .map((element) => element.innerText.slice(0, 60)),
  );
}

/** As if dragged in from the desktop. */
export async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content ?? ''], fileName ?? '', { type: 'application/xml' }));
      return transfer;
    },
    [name, text] as const,
  );
  await page.dispatchEvent('body', 'dragenter', { dataTransfer });
  const place = page.getByText('Drop to hand in');
  await place.waitFor();
  await place.dispatchEvent('drop', { dataTransfer });
  await page.getByText(`${name} handed in`).waitFor();
}

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What axe finds against WCAG 2.2 A and AA on the screen as it is now; one line a fault. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  // By evaluation: the content security policy of the page lets no other script in.
  if (!isThere) await page.evaluate(await readFile(axePath, 'utf8'));
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })`,
  );
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
}

function watch(page: Page, url: string, faults: string[]): void {
  const isAskedBeforeSignIn = (address: string): boolean => address === `${url}/v1/me`;
  page.on('console', (message) => {
    const address = message.location().url;
    if (message.type() === 'error' && !isAskedBeforeSignIn(address)) faults.push(`console: ${message.text()} (${address})`);
  });
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    const isOwn = [url, 'data:', 'blob:'].some((start) => request.url().startsWith(start));
    if (!isOwn) faults.push(`elsewhere: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    // The app takes back what a screen no longer needs; a download is taken over by the browser.
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') faults.push(`failed: ${request.method()} ${request.url()} ${reason}`);
  });
  page.on('response', (response: Response) => {
    if (response.status() >= 400 && !isAskedBeforeSignIn(response.url())) {
      faults.push(`refused: ${response.request().method()} ${response.url()} ${response.status()}`);
    }
  });
}
