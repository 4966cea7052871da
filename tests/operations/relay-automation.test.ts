import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram, type CliHandlers, type Terminal } from '#interfaces';
import { callAs } from '../support/api-caller.ts';
import { openApiOffice, seedOrganization, testPassword, type ApiOffice, type SeededOrganization } from '../support/api-office.ts';

let api: ApiOffice;
let north: SeededOrganization;
let south: SeededOrganization;
let folder: string;

beforeAll(async () => {
  api = await openApiOffice();
  north = await seedOrganization(api, 'north');
  south = await seedOrganization(api, 'south');
  folder = await mkdtemp(path.join(tmpdir(), 'deskhand-stop-'));
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

type Role = keyof SeededOrganization['people'];
const as = (organization: SeededOrganization, role: Role) => callAs(api.url, organization.people[role].email);

async function automationOf(
  organization: SeededOrganization,
): Promise<{ isStopped: boolean; connections: { id: string; isPaused: boolean }[] }> {
  return (await (await as(organization, 'office-manager')).get('/v1/automation')).body as Awaited<ReturnType<typeof automationOf>>;
}

test('a controller stops the automation of their organization only, and lets it go on', async () => {
  const controller = await as(north, 'controller');
  const stop = await controller.post('/v1/automation/stop', { reason: 'The bank called.' });
  expect([stop.status, stop.body]).toEqual([200, expect.objectContaining({ isStopped: true, mayOperate: true })]);
  expect([(await automationOf(north)).isStopped, (await automationOf(south)).isStopped]).toEqual([true, false]);
  const resume = await controller.post('/v1/automation/resume', { reason: 'It was nothing.' });
  expect([resume.status, resume.body]).toEqual([200, expect.objectContaining({ isStopped: false, pauses: [] })]);
});

test('who only works here may not stop it, and nobody pauses a connection of others', async () => {
  for (const role of ['office-manager', 'approver'] as const) {
    expect((await (await as(north, role)).post('/v1/automation/stop', { reason: 'x' })).status).toBe(403);
  }
  const [connection] = (await automationOf(south)).connections;
  const controller = await as(north, 'controller');
  expect((await controller.post(`/v1/connections/${connection?.id ?? ''}/pause`, { reason: 'x' })).status).toBe(404);
  expect((await controller.post('/v1/automation/stop', {})).status).toBe(422);
  const second = await as(south, 'administrator');
  expect((await second.post('/v1/automation/stop', { reason: 'x', scope: 'installation' })).status).toBe(403);
});

test('an upload beyond the backlog is answered 429 with Retry-After', async () => {
  await api.testDatabase.query("insert into policies (organization_id, kind, version, content) values ($1, 'admission', 1, $2)", [
    south.organizationId,
    JSON.stringify({ connectionBacklog: 1 }),
  ]);
  const { token } = await as(south, 'office-manager');
  const upload = (text: string): Promise<Response> => {
    const form = new FormData();
    form.append('files', new Blob([text]), `${text}.txt`);
    return fetch(`${api.url}/v1/documents`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form });
  };
  expect((await upload('first')).status).toBe(202);
  const refused = await upload('second');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1);
  expect(await refused.json()).toMatchObject({ code: 'DH_ORCHESTRATION_BACKLOG_FULL', status: 429 });
});

test('deskhand pause and resume do the same, and without a reason say what stands still', async () => {
  const deskhand = async (...args: readonly string[]): Promise<{ status: number; out: string; notes: string }> => {
    const said = { out: '', notes: '' };
    const terminal: Terminal = {
      write: (text) => void (said.out += text),
      note: (text) => void (said.notes += `${text}\n`),
      isInteractive: false,
      isRead: false,
      hasColor: false,
      ask: () => Promise.resolve(''),
      readInput: () => Promise.resolve(Buffer.from('')),
    };
    const handlers = {
      version: '1',
      dataFolder: folder,
      findServer: () => Promise.resolve(api.url),
      credentials: { email: north.people.administrator.email, password: testPassword },
    } as unknown as CliHandlers;
    return { status: await runProgram(args, handlers, terminal), ...said };
  };
  expect(await deskhand('pause', '--connection', 'Upload', '--reason', 'Odd files.')).toMatchObject({
    status: 0,
    out: expect.stringMatching(/Part of the automation is paused[^]*connection\s+Upload\s+Odd files\./),
  });
  expect(await deskhand('pause')).toMatchObject({ status: 2, out: expect.stringContaining('Odd files.') });
  expect(await deskhand('resume', '--connection', 'Upload', '--reason', 'They were fine.')).toMatchObject({
    status: 0,
    out: expect.stringContaining('Automation runs.'),
  });
  expect(await deskhand('pause', '--installation', '--reason', 'Fire drill.')).toMatchObject({ status: 0 });
  expect((await automationOf(south)).isStopped).toBe(true);
  expect(await deskhand('resume', '--installation', '--reason', 'Over.')).toMatchObject({ status: 0 });
  expect((await automationOf(south)).isStopped).toBe(false);
  expect((await deskhand('pause', '--connection', 'none', '--reason', 'x')).status).toBe(2);
});
