import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#domain/identity';
import { correctInvoice, rebuildProjections } from '#orchestration';
import { createDatabase } from '#platform';
import { runProgram, type CliHandlers, type FileRead, type Terminal } from '#interfaces';
import { openApiOffice, seedOrganization, testPassword, type ApiOffice, type SeededOrganization } from '../support/api-office.ts';
import { importStreams } from '../support/import-streams.ts';

let api: ApiOffice;
let north: SeededOrganization;
let folder: string;

beforeAll(async () => {
  api = await openApiOffice();
  north = await seedOrganization(api, 'north');
  await importStreams(api.testDatabase);
  folder = await mkdtemp(path.join(tmpdir(), 'deskhand-cli-'));
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly notes: string;
}

async function deskhand(
  args: readonly string[],
  options: Partial<CliHandlers> & { readonly as?: keyof SeededOrganization['people']; readonly input?: string } = {},
): Promise<Ran> {
  let out = '';
  let notes = '';
  const terminal: Terminal = {
    write: (text) => void (out += text),
    note: (text) => void (notes += `${text}\n`),
    isInteractive: false,
    isRead: false,
    hasColor: false,
    ask: () => Promise.resolve(''),
    readInput: () => Promise.resolve(Buffer.from(options.input ?? '')),
  };
  const handlers: CliHandlers = {
    version: '1.2.3',
    dataFolder: folder,
    start: () => Promise.resolve(0),
    init: () => Promise.resolve({ organizationId: 'org_1', members: [] }),
    readFiles: () => Promise.resolve(),
    rebuild: (options) => rebuildProjections(api.office.database, options),
    findServer: () => Promise.resolve(api.url),
    credentials: options.as === undefined ? null : { email: north.people[options.as].email, password: testPassword },
    ...options,
  };
  const status = await runProgram(args, handlers, terminal);
  return { status, out, notes };
}

test('wrong use ends with status 2 and says what would be right', async () => {
  for (const args of [['nonsense'], ['show'], ['extract'], ['extract', 'no-such-file.pdf'], ['extract', '--json', '--jsonl', 'x']]) {
    const { status, notes } = await deskhand(args);
    expect([args, status]).toEqual([args, 2]);
    expect(notes).not.toBe('');
  }
});

test('help has examples and is no failure', async () => {
  const { status, out } = await deskhand(['pay', '--help']);
  expect([status, out]).toEqual([0, expect.stringContaining('deskhand pay --propose --yes')]);
  expect((await deskhand(['--version'])).out.trim()).toBe('1.2.3');
});

test('without a session a person is needed; with one kept by login it goes on', async () => {
  expect((await deskhand(['inbox'])).status).toBe(3);
  const { status } = await deskhand(['login', '--email', north.people['office-manager'].email], { input: `${testPassword}\n` });
  expect(status).toBe(0);
  expect((await stat(path.join(folder, 'cli-session.json'))).mode & 0o777).toBe(0o600);
  const inbox = await deskhand(['inbox']);
  expect([inbox.status, inbox.out]).toEqual([0, expect.stringContaining('Price differs on RE-1001 of north')]);
  await rm(path.join(folder, 'cli-session.json'));
});

test('credentials by environment sign in once, not with every command', async () => {
  for (let count = 0; count < 3; count += 1) expect((await deskhand(['inbox'], { as: 'controller' })).status).toBe(0);
  const sessions = await api.testDatabase.query(
    'select s.id from sign_in.sessions s join sign_in.users u on u.id = s.user_id where u.email = $1',
    [north.people.controller.email],
  );
  expect(sessions).toHaveLength(1);
  const file = path.join(folder, 'cli-session.json');
  await writeFile(file, JSON.stringify({ [`${north.people.controller.email} ${api.url}`]: 'ended.long-ago' }));
  expect((await deskhand(['inbox'], { as: 'controller' })).status).toBe(0);
});

test('a wrong password is refused in the words of the server', async () => {
  const credentials = { email: north.people.approver.email, password: 'wrong' };
  const { status, notes } = await deskhand(['inbox'], { credentials });
  expect([status, notes]).toEqual([1, expect.stringContaining('DH_INTERFACES_SIGN_IN_REFUSED')]);
});

test('a server that is not there is named', async () => {
  const { status, notes } = await deskhand(['inbox', '--url', 'http://127.0.0.1:9'], { as: 'approver' });
  expect([status, notes]).toEqual([1, expect.stringContaining('http://127.0.0.1:9 does not answer')]);
  const none = await deskhand(['status'], { findServer: () => Promise.resolve(null) });
  expect([none.status, none.notes]).toEqual([1, expect.stringContaining('deskhand start')]);
});

test('status, show and audit verify tell people text, and JSON with --json', async () => {
  expect((await deskhand(['status'], { as: 'approver' })).out).toContain('1 in all');
  expect(JSON.parse((await deskhand(['status', '--json'], { as: 'approver' })).out)).toMatchObject({
    url: api.url,
    isReady: true,
    overview: { openTasks: { all: 1 } },
  });
  expect((await deskhand(['show', 'RE-1001'], { as: 'approver' })).out).toContain('The price differs.');
  expect(JSON.parse((await deskhand(['show', north.invoiceId, '--json'], { as: 'approver' })).out)).toMatchObject({ id: north.invoiceId });
  expect((await deskhand(['audit', 'verify'], { as: 'approver' })).out).toContain('intact: 2 entries');
  expect((await deskhand(['show', 'nothing'], { as: 'approver' })).status).toBe(1);
});

test('audit export writes a folder that check finds intact, and names what was changed since', async () => {
  const out = path.join(folder, 'stick');
  const period = new Date().toISOString().slice(0, 4);
  expect((await deskhand(['audit', 'export', '--period', period, '--out', out], { as: 'approver' })).status).toBe(3);
  expect((await deskhand(['audit', 'export', '--period', 'march', '--out', out], { as: 'controller' })).notes).toContain('is no period');
  const written = await deskhand(['audit', 'export', '--period', period, '--out', out], { as: 'controller' });
  expect([written.status, written.out]).toEqual([0, expect.stringContaining('Fingerprint, to be kept apart from the folder')]);
  const fingerprint = /folder: ([0-9a-f]{64})/.exec(written.out)?.[1] ?? '';
  expect((await deskhand(['audit', 'check', out, '--manifest', fingerprint])).status).toBe(0);
  expect((await deskhand(['audit', 'export', '--period', period, '--out', out], { as: 'controller' })).notes).toContain('is not empty');
  await writeFile(path.join(out, 'invoices.csv'), 'nothing');
  const checked = await deskhand(['audit', 'check', out]);
  expect([checked.status, checked.out]).toEqual([1, expect.stringContaining('✗ invoices.csv: This file was changed')]);
  expect((await deskhand(['audit', 'check', path.join(folder, 'none')])).status).toBe(2);
  await rm(out, { recursive: true });
});

test('verify-proof says of a card of the first release that it cannot be checked, and of a torn one where', async () => {
  expect(await deskhand(['verify-proof', 'RE-1001'], { as: 'approver' })).toMatchObject({
    status: 0,
    out: expect.stringContaining('before proofs could be checked again') as string,
  });
  const card = { version: 2, currencyDigits: 2, equations: [] };
  await api.testDatabase.query(
    `update documents set extraction = jsonb_set(extraction, '{proof}', $1::jsonb) where id = (select document_id from invoices where id = $2)`,
    [JSON.stringify(card), north.invoiceId],
  );
  const { status, out } = await deskhand(['verify-proof', 'RE-1001'], { as: 'approver' });
  expect([status, out]).toEqual([1, expect.stringContaining('grossTotal: nothing on the card proves 119.00.')]);
  expect(JSON.parse((await deskhand(['verify-proof', 'RE-1001', '--json'], { as: 'approver' })).out)).toMatchObject({ outcome: 'fails' });
});

test('approving what waits for somebody else needs that person', async () => {
  const { status, notes } = await deskhand(['approve', 'RE-1001'], { as: 'approver' });
  expect([status, notes]).toEqual([3, expect.stringContaining('office-manager')]);
  expect((await deskhand(['approve', 'RE-1002'], { as: 'approver' })).status).toBe(1);
});

test('an approval of mine is decided with its note', async () => {
  await api.testDatabase.query(
    `insert into tasks (id, organization_id, workflow_id, key, kind, reason, title, question, choices, role, invoice_id)
     values ('tsk_x', $1, 'w', 'approval', 'approval', 'approval', 'Reject me', '?', '{approve,reject}', 'approver', $2)`,
    [north.organizationId, north.invoiceId],
  );
  const { status, notes, out } = await deskhand(['reject', 'RE-1001', '--note', 'too dear'], { as: 'approver' });
  // The seeded task has no digest of the facts, so the command refuses it: the CLI hands its words on.
  expect([status, notes + out]).toEqual([1, expect.stringContaining('DH_ORCHESTRATION_INVOICE_CHANGED')]);
});

test('a task is taken, given to another person and given back', async () => {
  const task = 'Price differs on RE-1001 of north';
  await api.testDatabase.query("update tasks set status = 'cancelled' where id = 'tsk_x'");
  expect((await deskhand(['claim', 'RE-1001'], { as: 'approver' })).notes).toContain('DH_ORCHESTRATION_NOT_ALLOWED');
  // Nor can it be given to somebody whose role does not decide it.
  expect((await deskhand(['assign', 'RE-1001', 'controller of north'], { as: 'office-manager' })).status).toBe(3);
  expect((await deskhand(['claim', 'RE-1001'], { as: 'office-manager' })).out).toContain(`You have taken "${task}"`);
  expect((await deskhand(['inbox'], { as: 'office-manager' })).out).toContain('office-manager of north (taken)');
  const assigned = await deskhand(['assign', 'RE-1001', 'office-manager of north'], { as: 'controller' });
  expect([assigned.status, assigned.out + assigned.notes]).toEqual([
    0,
    expect.stringContaining(`office-manager of north has "${task}" now`),
  ]);
  expect((await deskhand(['assign', 'RE-1001', 'nobody'], { as: 'office-manager' })).status).toBe(2);
  expect((await deskhand(['release', 'RE-1001'], { as: 'controller' })).out).toContain('given back to the office manager');
  expect((await deskhand(['claim', 'RE-9999'], { as: 'office-manager' })).status).toBe(2);
});

test('a question is drafted, kept to be sent by hand, and its answer settled', async () => {
  const as = { as: 'office-manager' } as const;
  const ask = ['ask', 'RE-1001', '--to', 'supplier', '--address', 'nora@supplier.example'];
  expect((await deskhand(ask, as)).out).toMatch(/^To: .*<nora@supplier.example>\nSubject: .*RE-1001/);
  const text = path.join(folder, 'question.txt');
  await writeFile(text, 'Is 11.00 right?');
  const asked = await deskhand([...ask, '--text-file', text, '--send'], as);
  await rm(text);
  expect([asked.status, asked.out + asked.notes]).toEqual([0, expect.stringContaining('Is 11.00 right?')]);
  const id = /question-sent (qst_\w+)/.exec(asked.out)?.[1] ?? '';
  expect((await deskhand(['questions', 'RE-1001'], as)).out).toContain(`${id}  `);
  expect((await deskhand(['question-remind', id], as)).status).toBe(2);
  expect((await deskhand(['question-sent', id], as)).out).toContain('watched');
  expect((await deskhand(['question-remind', id], as)).out).toContain('asked again');
  await api.testDatabase.query(
    `insert into question_mails (id, organization_id, question_id, direction, subject, body, written_at, event_id, from_address, answer)
     values ('qml_in', $1, $2, 'in', 'Re', 'It is right.', now(), $3, 'nora@supplier.example', $4)`,
    [north.organizationId, id, north.messageId, { kind: 'stands', sentence: 'It is right.', until: null, why: null }],
  );
  const shown = (await deskhand(['questions', 'RE-1001'], as)).out;
  expect(shown).toContain('nora@supplier.example: “It is right.”');
  expect(shown).toContain('The supplier says that the invoice is right as it is. Accept the difference?');
  expect((await deskhand(['settle', 'qml_in', 'perhaps'], as)).status).toBe(2);
  expect((await deskhand(['settle', 'qml_in', 'set-aside'], as)).status).toBe(0);
  expect((await deskhand(['questions', 'RE-1001'], as)).out).toContain('Settled: set-aside');
});

test('a stand-in is named, listed and ended', async () => {
  const days = ['--from-day', '2099-03-02', '--until-day', '2099-03-06'];
  const named = await deskhand(['delegate', '--to', 'controller of north', ...days], { as: 'office-manager' });
  expect([named.status, named.out + named.notes]).toEqual([
    0,
    expect.stringContaining('controller of north stands in for you from 2099-03-02'),
  ]);
  expect((await deskhand(['delegate', '--to', 'controller of north'], { as: 'office-manager' })).status).toBe(2);
  const [only] = JSON.parse((await deskhand(['delegate', '--json'], { as: 'approver' })).out) as { id: string; state: string }[];
  expect(only).toMatchObject({ state: 'planned' });
  expect((await deskhand(['delegate', '--end', only?.id ?? ''], { as: 'approver' })).notes).toContain('DH_ORCHESTRATION_NOT_ALLOWED');
  expect((await deskhand(['delegate', '--end', only?.id ?? ''], { as: 'office-manager' })).out).toContain('Ended.');
  expect((await deskhand(['delegate'], { as: 'approver' })).out).toContain('Nobody stands in');
});

test('pay shows the preview, and asks a person before it proposes', async () => {
  const preview = await deskhand(['pay'], { as: 'office-manager' });
  expect([preview.status, preview.out]).toEqual([0, expect.stringContaining('In all: EUR 119.00')]);
  expect((await deskhand(['pay', '--propose'], { as: 'office-manager' })).status).toBe(3);
  expect((await deskhand(['pay', '--release', north.paymentRunId, '--yes'], { as: 'office-manager' })).status).toBe(3);
  expect((await deskhand(['pay', '--propose', '--release', 'x'], { as: 'office-manager' })).status).toBe(2);
});

test('an import prints its faults by line and ends with status 1', async () => {
  const file = path.join(folder, 'suppliers.csv');
  await writeFile(file, 'number,name\n,x\n');
  const { status, out, notes } = await deskhand(['import', 'suppliers', file, '--dry-run'], { as: 'office-manager' });
  expect([status, out, notes]).toEqual([
    1,
    expect.stringContaining('A supplier needs a number.'),
    expect.stringContaining('Nothing was imported'),
  ]);
  expect((await deskhand(['import', 'suppliers', 'gone.csv'], { as: 'office-manager' })).status).toBe(2);
});

test('extract prints one line a document in a pipe, and fails with status 1 when one fails', async () => {
  await writeFile(path.join(folder, 'b.pdf'), 'x');
  await writeFile(path.join(folder, 'a.pdf'), 'x');
  const readFiles = (files: readonly string[], onResult: (read: FileRead) => void): Promise<void> => {
    for (const file of files.toReversed()) onResult({ file, result: null, problem: { code: 'not-a-document', message: 'No PDF.' } });
    return Promise.resolve();
  };
  const lines = await deskhand(['extract', folder], { readFiles });
  expect(
    lines.out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id),
  ).toEqual(['b.pdf', 'a.pdf']);
  expect([lines.status, lines.notes]).toEqual([1, expect.stringContaining('Left out ')]);
  const whole = await deskhand(['extract', folder, '--json'], { readFiles });
  expect((JSON.parse(whole.out) as { id: string }[]).map(({ id }) => id)).toEqual(['a.pdf', 'b.pdf']);
});

test('doctor goes on past a broken check and ends with status 1', async () => {
  const checks = [
    { name: 'Port', run: () => Promise.resolve({ state: 'broken' as const, message: '4280 is taken', advice: 'Stop the other one.' }) },
    { name: 'Models', run: () => Promise.reject(new Error('no model')) },
  ];
  const { status, out } = await deskhand(['doctor', '--json'], { checks });
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    isHealthy: false,
    findings: [
      { name: 'Node.js', state: 'ok' },
      { state: 'ok' },
      { name: 'Disk space' },
      { advice: 'Stop the other one.' },
      { message: 'no model' },
    ],
  });
  expect(await readFile(path.join(folder, 'a.pdf'), 'utf8')).toBe('x');
});

test('rebuild says which table differs and where, and puts it right only when told to', async () => {
  const equal = await deskhand(['rebuild']);
  expect([equal.status, equal.notes]).toEqual([0, expect.stringContaining('The tables are what the events say.')]);
  expect(equal.out).toMatch(/^invoices +\d+ rows {2}[0-9a-f]{64} {2}equal$/m);
  await api.testDatabase.query('update invoices set gross = gross + 1 where id = $1', [north.invoiceId]);
  const different = await deskhand(['rebuild', '--check']);
  expect([different.status, different.notes]).toEqual([1, expect.stringContaining('deskhand rebuild --apply')]);
  expect(different.out).toContain(`first: (${north.invoiceId}) of ${north.organizationId} is changed in gross`);
  expect(JSON.parse((await deskhand(['rebuild', '--json'])).out)).toMatchObject({ isEqual: false });
  const owner = createDatabase({ app: api.testDatabase.url, system: api.testDatabase.url });
  const applied = await deskhand(['rebuild', '--apply'], { rebuild: (options) => rebuildProjections(owner, options) });
  await owner.close();
  expect([applied.status, applied.notes]).toEqual([0, expect.stringContaining('The tables were put right.')]);
  expect((await deskhand(['rebuild'])).status).toBe(0);
  expect((await deskhand(['rebuild', '--check', '--apply'])).status).toBe(2);
});

test('show tells an invoice as it was at a time, and right after an event', async () => {
  const shown = async (...moment: string[]): Promise<{ readonly fields: Record<string, { readonly value: string | null }> }> =>
    JSON.parse((await deskhand(['show', north.invoiceId, '--json', ...moment], { as: 'approver' })).out) as never;
  const before = await shown();
  const [last] = await api.testDatabase.query('select max(sequence) as event from stream_events');
  await new Promise((resume) => setTimeout(resume, 20));
  const at = new Date().toISOString();
  await new Promise((resume) => setTimeout(resume, 20));
  const actor: Actor = {
    memberId: north.people['office-manager'].memberId,
    name: 'Ana',
    organizationId: north.organizationId,
    roles: ['office-manager'],
  };
  const { version } = before as unknown as { readonly version: number };
  await correctInvoice(api.office, actor, { invoiceId: north.invoiceId, expectedVersion: version, fields: { dueDate: '2026-12-24' } });
  expect((await shown()).fields['dueDate']?.value).toBe('2026-12-24');
  const past = before.fields['dueDate']?.value;
  expect((await shown('--at', at)).fields['dueDate']?.value).toBe(past);
  expect((await shown('--as-of', String(last?.['event']))).fields['dueDate']?.value).toBe(past);
  expect((await deskhand(['show', north.invoiceId, '--at', '1999-01-01T00:00:00Z'], { as: 'approver' })).status).toBe(1);
  expect((await deskhand(['show', north.invoiceId, '--at', at, '--as-of', '1'], { as: 'approver' })).status).toBe(2);
});
