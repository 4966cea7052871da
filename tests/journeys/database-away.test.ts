import { access, chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';
import { createLog, startPostgres, type PostgresServer } from '#platform';
import { openBrowser, settled, type TestBrowser } from '../support/browser.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

// A database of the company's own, which is stopped and started while people work.
let folder: string;
let postgres: PostgresServer;
let server: TestServer;
let browser: TestBrowser;
let ana: TestClient;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskhand-journey-pg-'));
  await chmod(folder, 0o711);
  await startDatabase();
  server = await startTestServer({ DESKHAND_DATABASE_URL: postgres.url });
  browser = await openBrowser(server.url);
  ana = await signIn(server.url, 'office-manager');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function startDatabase(): Promise<void> {
  postgres = await startPostgres(folder, createLog({ level: 'error' }));
}

async function toApprove(): Promise<TaskSummary> {
  for (;;) {
    const found = (await ana.all<TaskSummary>('/v1/tasks?view=mine')).find((task) => task.kind === 'approval');
    if (found !== undefined) return found;
    await new Promise((resume) => setTimeout(resume, 200));
  }
}

const away = 'Deskhand’s database is away. It goes on by itself, with what you have entered.';

test('what Ana decides while the database is away takes effect once it is back, and a page opened meanwhile waits', async () => {
  const { page } = browser;
  const task = await toApprove();
  await browser.signIn('Ana');
  await browser.visit(`/approvals/${task.id}`);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByText('What happens').waitFor();

  await postgres.stop();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByText(away).waitFor();
  await browser.screenshot('database-away');
  const second = await page.context().newPage();
  await second.goto(server.url);
  await second.getByText(away).waitFor();
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);

  await startDatabase();
  await expect.poll(async () => (await ana.get<TaskSummary>(`/v1/tasks/${task.id}`)).status, { timeout: 30_000 }).toBe('done');
  await page.getByText(away).waitFor({ state: 'detached' });
  await second.getByRole('navigation', { name: 'Screens' }).waitFor();
  await settled(second);
  await second.close();
});

test('a server whose database is away can be stopped; one that starts before its database says so, waits and begins', async () => {
  await postgres.stop();
  expect(await server.interrupt()).toBe(0);
  const starting = server.start();
  await expect.poll(() => server.output(), { timeout: 30_000 }).toContain('The database is away or full; waiting for it');
  await startDatabase();
  await starting;
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});

test('its own database, killed, is started again; and a stop while it is dead ends everything', async () => {
  const own = await startTestServer({ DESKHAND_SAMPLE_OFFICE: 'false' });
  try {
    await killDatabase(own);
    await expect.poll(() => own.output(), { timeout: 30_000 }).toContain('The database had ended and runs again');
    await expect.poll(async () => (await fetch(`${own.url}/readyz`)).status, { timeout: 10_000 }).toBe(200);
    expect(await (await fetch(`${own.url}/metrics`)).text()).toContain('deskhand_postgres_restarts_total{outcome="started"} 1');
    await killDatabase(own);
    expect(await own.interrupt()).toBe(0);
    expect(own.processes()).toHaveLength(1);
    await expect(access(path.join(own.dataFolder, 'deskhand.pid'))).rejects.toThrow('ENOENT');
  } finally {
    await own.remove();
  }
});

async function killDatabase(of: TestServer): Promise<void> {
  process.kill(Number((await readFile(path.join(of.dataFolder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]), 'SIGKILL');
}
