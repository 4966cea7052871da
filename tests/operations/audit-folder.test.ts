import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canonicalJson, type FolderEntry, type FolderManifest } from '#domain/audit-folder';
import { exportAuditFolder } from '#orchestration';
import { changeByte, fillOffice, hostileName, inspectFolder, listFolder, writeFolder, type PaidOffice } from '../support/audit-folder.ts';
import { openCorrespondingOffice, type CorrespondingOffice } from '../support/corresponding-office.ts';
import type { Person, TestOffice } from '../support/office.ts';

let corresponding: CorrespondingOffice;
let office: TestOffice;
let filled: PaidOffice;
let scratch: string;
let folder: string;
let fingerprint: string;

beforeAll(async () => {
  corresponding = await openCorrespondingOffice();
  ({ office } = corresponding);
  scratch = await mkdtemp(path.join(tmpdir(), 'deskhand-audit-'));
  folder = path.join(scratch, 'march');
  office.setDay('2026-02-27');
  await office.import('suppliers', 'number,name,country,currency,netDays\nS-0,Before March,DE,EUR,30\n');
  office.setDay('2026-03-02');
  filled = await fillOffice(corresponding);
  fingerprint = await writeFolder(office, '2026-03', folder);
});
afterAll(async () => {
  await corresponding?.close();
  await rm(scratch, { recursive: true, force: true });
});

const jsonOf = async <Shape>(name: string): Promise<Shape> => JSON.parse(await readFile(path.join(folder, name), 'utf8')) as Shape;
const manifest = () => jsonOf<FolderManifest>('manifest.json');
const documentOf = async (invoiceId: string): Promise<string> =>
  (await jsonOf<{ invoice: { document_id: string } }>(`invoices/${invoiceId}/invoice.json`)).invoice.document_id;

test('the folder holds the paid invoice from its original to the bank’s answer, and proves itself', async () => {
  const document = await documentOf(filled.paidInvoiceId);
  const paths = await listFolder(folder);
  expect(paths).toEqual(
    expect.arrayContaining([
      'index.html',
      'manifest.json',
      'invoices.csv',
      'audit/entries.jsonl',
      'office/policy_versions.json',
      'office/policy_activations.json',
      `documents/${document}/original.pdf`,
      `documents/${document}/extraction.json`,
      `documents/${document}/reading.json`,
      `invoices/${filled.paidInvoiceId}/invoice.json`,
      `payment-runs/${filled.runId}/bank-file.txt`,
      `bank-messages/${filled.bankMessageId}/original.txt`,
    ]),
  );
  const invoice = await jsonOf<{ approvals: { digest: string }[]; payments: { settled_on: string }[]; events: unknown[] }>(
    `invoices/${filled.paidInvoiceId}/invoice.json`,
  );
  expect(invoice.approvals).toMatchObject([{ decision: 'automatic', digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string }]);
  expect(invoice.payments).toMatchObject([{ status: 'released', bank_state: 'settled' }]);
  const asked = await jsonOf<{ tasks: unknown[] }>(`invoices/${filled.askedInvoiceId}/invoice.json`);
  expect(asked.tasks).toMatchObject([{ reason: 'price', status: 'done' }, { kind: 'approval' }]);
  const finding = await inspectFolder(folder, fingerprint);
  expect(finding).toMatchObject({ isIntact: true, faults: [], missing: [], manifestSha256: fingerprint, files: paths.length - 1 });
});

interface Thread {
  readonly asked_by: string | null;
  readonly policy: { readonly because: string } | null;
  readonly mails: readonly { readonly direction: string; readonly body: string; readonly event_id: string; readonly message_id: string }[];
}

test('it holds who asked whom, how the mail left, what was answered, what was read in it, and who said what follows', async () => {
  const { bo } = office.people;
  const [thread] = await jsonOf<Thread[]>(`invoices/${filled.askedInvoiceId}/questions.json`);
  expect(thread).toMatchObject({
    asked_by: bo.memberId,
    policy: null,
    outcome: 'accept',
    mails: [
      { direction: 'out', delivery: 'sent', body: expect.stringContaining('ordered at 18.90 EUR') as string },
      {
        direction: 'in',
        body: expect.stringContaining('The price is correct') as string,
        answer: { kind: 'stands', sentence: 'The price is correct, paper became dearer in January.' },
        settled: 'accept',
        settled_by: bo.memberId,
      },
    ],
  });
  const file = await readFile(path.join(folder, `messages/${thread?.mails[1]?.event_id ?? ''}/original.eml.txt`), 'utf8');
  expect(file).toContain(`In-Reply-To: ${thread?.mails[0]?.message_id ?? ''}`);
  const [alone] = await jsonOf<Thread[]>(`invoices/${filled.policyInvoiceId}/questions.json`);
  expect(alone).toMatchObject({ asked_by: null, policy: { policy_version: 1, because: expect.stringContaining('Row 1') as string } });
});

test('it begins where the log stood before the period and ends at its last entry', async () => {
  const { chain, period } = await manifest();
  const rows = await office.query<{ sequence: string; hash: string; action: string }>('select * from audit_entries order by sequence');
  const exported = rows.filter(({ action }) => action === 'audit.exported');
  const last = rows[rows.length - 1 - exported.length];
  expect(chain.before).toEqual({ sequence: Number(rows[0]?.sequence), hash: rows[0]?.hash });
  expect(chain.after).toEqual({ sequence: Number(last?.sequence), hash: last?.hash });
  expect(period).toMatchObject({ from: '2026-03-01', until: '2026-03-31' });
});

test('the export is an entry of the log, with the fingerprint', async () => {
  const rows = await office.query("select actor, details from audit_entries where action = 'audit.exported'");
  expect(rows).toMatchObject([{ actor: office.people.katrin.memberId, details: { period: '2026-03', manifestSha256: fingerprint } }]);
});

test('only a controller or an auditor exports, and only a period that there is', async () => {
  const refused = (person: Person, period = '2026-03') =>
    exportAuditFolder(office.office, office.people[person], { period, onFile: () => Promise.resolve() });
  for (const person of ['ana', 'bo', 'toni'] as const)
    await expect(refused(person)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await expect(refused('katrin', '2026-13')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_PERIOD_UNKNOWN' });
});

test('a month in which nothing happened proves just that', async () => {
  const quiet = path.join(scratch, 'quiet');
  await writeFolder(office, '2025-01', quiet);
  expect(await inspectFolder(quiet)).toMatchObject({ isIntact: true, entries: 0 });
});

test('names from documents are no formula in the list and no markup in the page', async () => {
  const rows = parse(await readFile(path.join(folder, 'invoices.csv'), 'utf8'), { columns: false });
  expect(rows.map(([, , , supplier]) => supplier)).toContain(`'${hostileName}`);
  expect(await readFile(path.join(folder, 'index.html'), 'utf8')).not.toContain('</script><img');
});

/** One file of each kind, with what is done to it. */
const kinds: readonly (readonly [string, (paths: readonly string[]) => string | undefined])[] = [
  ['the page', () => 'index.html'],
  ['the list of invoices', () => 'invoices.csv'],
  ['the log', () => 'audit/entries.jsonl'],
  ['an original', (paths) => paths.find((file) => /^documents\/.*original\./.test(file))],
  ['boxes and proof card', (paths) => paths.find((file) => file.endsWith('extraction.json'))],
  ['the words of the page', (paths) => paths.find((file) => file.endsWith('reading.json'))],
  ['an invoice with its approvals', (paths) => paths.find((file) => file.endsWith('invoice.json'))],
  ['the bank file', (paths) => paths.find((file) => file.endsWith('bank-file.txt'))],
  ['the answer of the bank', (paths) => paths.find((file) => /^bank-messages\/.*original/.test(file))],
  ['a supplier with its accounts', (paths) => paths.find((file) => file.startsWith('suppliers/'))],
  ['a thread', (paths) => paths.find((file) => file.endsWith('questions.json'))],
  ['an agreement', (paths) => paths.find((file) => file.startsWith('agreements/'))],
  ['the members', () => 'office/members.json'],
  ['a mail or file as it came', (paths) => paths.find((file) => /^messages\/.*original/.test(file))],
];
test.each(kinds)('one changed byte in %s is found and named', async (_, choose) => {
  const copy = await mkdtemp(path.join(scratch, 'copy-'));
  await cp(folder, copy, { recursive: true });
  const name = choose(await listFolder(copy)) ?? expect.unreachable();
  await changeByte(path.join(copy, name));
  const finding = await inspectFolder(copy);
  expect(finding.isIntact).toBe(false);
  expect([...new Set(finding.faults.map((fault) => fault.path))]).toEqual([name]);
});

test('a file that was taken away, added, or swapped with its hash is found', async () => {
  const copy = path.join(scratch, 'swapped');
  await cp(folder, copy, { recursive: true });
  await rm(path.join(copy, 'invoices.csv'));
  await writeFile(path.join(copy, 'extra.txt'), 'x');
  expect((await inspectFolder(copy)).faults.map((fault) => fault.path)).toEqual(['invoices.csv', 'extra.txt']);
});

/** As a forger would: the list of hashes is written anew to fit. */
async function forge(copy: string, name: string, change: (text: string) => string): Promise<void> {
  const text = change(await readFile(path.join(copy, name), 'utf8'));
  await writeFile(path.join(copy, name), text);
  const list = JSON.parse(await readFile(path.join(copy, 'manifest.json'), 'utf8')) as FolderManifest;
  const own = { path: name, sizeBytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
  const files = list.files.map((file) => (file.path === name ? own : file));
  await writeFile(path.join(copy, 'manifest.json'), JSON.stringify({ ...list, files }));
}

test('a forger who also rewrites the list is found by the log, and one who rewrites the log too by the fingerprint', async () => {
  const copy = path.join(scratch, 'forged');
  await cp(folder, copy, { recursive: true });
  await forge(copy, `payment-runs/${filled.runId}/bank-file.txt`, (text) => text.replace('224.91', '924.91').replace('220.41', '920.41'));
  expect((await inspectFolder(copy)).faults).toMatchObject([{ path: `payment-runs/${filled.runId}` }]);
  const other = path.join(scratch, 'forged-log');
  await cp(folder, other, { recursive: true });
  let broken = 0;
  await forge(other, 'audit/entries.jsonl', (text) => {
    const entries = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as FolderEntry);
    broken = entries[3]?.sequence ?? 0;
    return entries.map((entry, at) => `${JSON.stringify(at === 3 ? { ...entry, actor: 'nobody' } : entry)}\n`).join('');
  });
  expect((await inspectFolder(other)).faults).toEqual([
    { path: 'audit/entries.jsonl', message: `The log breaks at entry ${broken}: it was changed after it was written.` },
  ]);
  await forge(other, 'audit/entries.jsonl', rechained);
  const head = JSON.parse(await readFile(path.join(other, 'manifest.json'), 'utf8')) as FolderManifest;
  const lines = (await readFile(path.join(other, 'audit/entries.jsonl'), 'utf8')).trimEnd().split('\n');
  const { sequence, hash } = JSON.parse(lines.at(-1) ?? '') as FolderEntry;
  await writeFile(
    path.join(other, 'manifest.json'),
    JSON.stringify({ ...head, chain: { before: head.chain.before, after: { sequence, hash } } }),
  );
  expect((await inspectFolder(other)).isIntact).toBe(true);
  expect((await inspectFolder(other, fingerprint)).faults).toMatchObject([{ path: 'manifest.json' }]);
});

/** What a forger would change, with the file and the place that is named. */
const forgeries: readonly (readonly [string, (of: PaidOffice) => string, (text: string) => string])[] = [
  [
    'a letter of a question',
    (of) => `invoices/${of.askedInvoiceId}/questions.json`,
    (text) => text.replace('ordered at 18.90', 'ordered at 19.90'),
  ],
  [
    'whom it was sent to',
    (of) => `invoices/${of.askedInvoiceId}/questions.json`,
    (text) => text.replace('"to_address": "rechnung@', '"to_address": "Rechnung@'),
  ],
  [
    'whether it left',
    (of) => `invoices/${of.askedInvoiceId}/questions.json`,
    (text) => text.replace('"delivery": "sent"', '"delivery": "refused"'),
  ],
  [
    'a letter of an answer',
    (of) => `invoices/${of.askedInvoiceId}/questions.json`,
    (text) => text.replace(/("body": ")The price is/, '$1Tbe price is'),
  ],
  [
    'the sentence it rests on',
    (of) => `invoices/${of.askedInvoiceId}/questions.json`,
    (text) => text.replace('"sentence": "The price', '"sentence": "A price'),
  ],
  [
    'what followed',
    (of) => `invoices/${of.askedInvoiceId}/questions.json`,
    (text) => text.replace('"settled": "accept"', '"settled": "reject"'),
  ],
  [
    'who confirmed it',
    (of) => `invoices/${of.askedInvoiceId}/questions.json`,
    (text) => text.replace(/"settled_by": "mem_[^"]*"/, '"settled_by": "mem_x"'),
  ],
  [
    'who asked',
    (of) => `invoices/${of.askedInvoiceId}/questions.json`,
    (text) => text.replace(/"asked_by": "mem_[^"]*"/, '"asked_by": null'),
  ],
  [
    'when it was asked',
    (of) => `invoices/${of.askedInvoiceId}/questions.json`,
    (text) => text.replace('"asked_at": "2026-03-02', '"asked_at": "2026-03-01'),
  ],
  [
    'the policy it was asked under',
    (of) => `invoices/${of.policyInvoiceId}/questions.json`,
    (text) => text.replace('"policy_version": 1', '"policy_version": 2'),
  ],
  ['a whole thread', (of) => `invoices/${of.askedInvoiceId}/questions.json`, () => '[]'],
  [
    'why a gate was passed',
    (of) => `invoices/${of.passedInvoiceId}/invoice.json`,
    (text) => text.replace('"reason": "katrin called them."', '"reason": "katrin called it."'),
  ],
];
test.each(forgeries)('%s is held by the log, also where the list is written anew', async (_, file, change) => {
  const copy = await mkdtemp(path.join(scratch, 'forged-thread-'));
  await cp(folder, copy, { recursive: true });
  const name = file(filled);
  const before = await readFile(path.join(copy, name), 'utf8');
  expect(change(before)).not.toBe(before);
  await forge(copy, name, change);
  expect([...new Set((await inspectFolder(copy)).faults.map((fault) => fault.path))]).toEqual([name]);
});

test('an agreement that covered a bill is there, and its amount is held by the log', async () => {
  const { invoice } = await jsonOf<{ invoice: { assessment: { agreement: { agreementId: string } } } }>(
    `invoices/${filled.coveredInvoiceId}/invoice.json`,
  );
  const name = `agreements/${invoice.assessment.agreement.agreementId}.json`;
  const copy = path.join(scratch, 'forged-agreement');
  await cp(folder, copy, { recursive: true });
  await forge(copy, name, (text) => text.replace('"amount": 595', '"amount": 995'));
  expect((await inspectFolder(copy)).faults.map((fault) => fault.path)).toEqual([name]);
});

function rechained(text: string): string {
  let previousHash: string | null = null;
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { hash: _, ...link } = JSON.parse(line) as FolderEntry;
      const next = { ...link, previousHash: previousHash ?? link.previousHash };
      previousHash = createHash('sha256').update(canonicalJson(next)).digest('hex');
      return `${JSON.stringify({ ...next, hash: previousHash })}\n`;
    })
    .join('');
}

test('an original that the store has lost is told of, and the rest is still written', async () => {
  const lossy = {
    ...office.office,
    blobs: {
      ...office.office.blobs,
      get: (sha256: string) => (sha256 === lost ? office.office.blobs.get('0'.repeat(64)) : office.office.blobs.get(sha256)),
    },
  };
  const [row] = await office.query<{ sha256: string }>('select sha256 from documents order by id limit 1');
  const lost = row?.sha256 ?? '';
  const short = path.join(scratch, 'lossy');
  await writeFolder({ ...office, office: lossy }, '2026-03', short);
  const finding = await inspectFolder(short);
  expect(finding).toMatchObject({ isIntact: true });
  expect(finding.missing.length).toBeGreaterThan(0);
});
