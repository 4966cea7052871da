import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram, type Terminal } from '#interfaces';
import { openApiOffice, seedOrganization, testPassword, type ApiOffice, type SeededOrganization } from '../support/api-office.ts';

let api: ApiOffice;
let north: SeededOrganization;
let folder: string;

beforeAll(async () => {
  api = await openApiOffice();
  north = await seedOrganization(api, 'north');
  folder = await mkdtemp(path.join(tmpdir(), 'deskhand-policy-'));
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

async function policy(as: keyof SeededOrganization['people'], ...args: string[]): Promise<{ status: number; out: string; notes: string }> {
  let out = '';
  let notes = '';
  const terminal: Terminal = {
    write: (text) => void (out += text),
    note: (text) => void (notes += text),
    isInteractive: false,
    isRead: false,
    hasColor: false,
    ask: () => Promise.resolve(''),
    readInput: () => Promise.resolve(Buffer.from('')),
  };
  const handlers = {
    version: '1.2.3',
    dataFolder: folder,
    start: () => Promise.resolve(0),
    init: () => Promise.resolve({ organizationId: 'org_1', members: [] }),
    readFiles: () => Promise.resolve(),
    rebuild: () => Promise.reject(new TypeError('not asked for')),
    findServer: () => Promise.resolve(api.url),
    credentials: { email: north.people[as].email, password: testPassword },
  };
  const status = await runProgram(['policy', ...args], handlers, terminal);
  return { status, out, notes };
}

test('what is exported is imported again, checked, tried and refused to its author', async () => {
  const exported = await policy('controller', 'export', '0');
  const file = path.join(folder, 'policy.json');
  const jdm = JSON.parse(exported.out) as { deskhand: { name: string; cases: unknown[] }; contentType: string };
  expect(jdm.contentType).toBe('application/vnd.gorules.decision');
  jdm.deskhand.name = 'office-1';
  jdm.deskhand.cases = [{ name: 'tiny', given: { amount: '1.00', currency: 'EUR' }, expected: { automatic: true, steps: [] } }];
  await writeFile(file, JSON.stringify(jdm));
  const checked = await policy('controller', 'check', file);
  expect(checked.out).toContain('ok     tiny');
  const imported = await policy('controller', 'import', file, '--note', 'first');
  expect(imported.out).toContain('Saved as version 1; it decides nothing yet.');
  expect((await policy('controller', 'list')).out).toMatch(/1 {2}draft +office-1, by .*: first/);
  expect((await policy('controller', 'show', '1')).out).toContain('1. Currency "EUR"; Amount <= 250.00');
  const tried = await policy('controller', 'backtest', '1', '--since', '2026-01-01');
  expect([tried.status, tried.out]).toEqual([0, expect.stringContaining('0 decisions; version 1 would have decided 0 otherwise.')]);
  const refused = await policy('controller', 'activate', '1');
  expect(refused.status).not.toBe(0);
  expect(refused.notes).toContain('another person must switch it on');
});

test('a file with a hole is told its rows and ends with status 3; wrong use with 2', async () => {
  const jdm = JSON.parse((await policy('controller', 'export', '0')).out) as {
    nodes: { name: string; content?: { rules: unknown[] } }[];
  };
  const approvals = jdm.nodes.find(({ name }) => name === 'approvals');
  approvals?.content?.rules.pop();
  const file = path.join(folder, 'hole.json');
  await writeFile(file, JSON.stringify(jdm));
  const found = await policy('controller', 'check', file);
  expect([found.status, found.out]).toEqual([3, expect.stringContaining('approvals: No row is about currency other than EUR')]);
  expect((await policy('controller', 'check', path.join(folder, 'none.json'))).status).toBe(2);
  expect((await policy('controller', 'show', 'one')).status).toBe(2);
  expect((await policy('controller', 'dance')).status).toBe(2);
});
