import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { ExceptionReason } from '#domain/accounts-payable';
import { deals, invoiceOf } from './deals.ts';
import { mailboxSize, sampleMailbox, type SampleMail } from './mailbox.ts';

const options = { seed: 1, today: '2026-11-23' };
let mails: readonly SampleMail[] = [];

// About five seconds of one core: every page is drawn, seven are scanned.
beforeAll(async () => {
  mails = await all(sampleMailbox(options));
}, 120_000);

function hashesOf(list: readonly SampleMail[]): string[] {
  return list.map(({ key, message }) => `${key} ${createHash('sha256').update(message.bytes).digest('hex')}`);
}

test('the same seed and day give the same bytes', async () => {
  expect(hashesOf(await all(sampleMailbox(options)))).toEqual(hashesOf(mails));
}, 120_000);

test('another seed gives other mails with the same invoices', async () => {
  const first = (await sampleMailbox({ ...options, seed: 2 }).next()).value;
  expect(first?.message.externalId).not.toBe(mails[0]?.message.externalId);
  expect(first?.expected).toEqual(mails[0]?.expected);
});

test('more than forty mails arrive one after the other, all before today', () => {
  expect(mails.length).toBeGreaterThanOrEqual(44);
  expect(mailboxSize(options)).toBe(mails.length);
  expect(new Set(mails.map(({ message }) => message.externalId)).size).toBe(mails.length);
  expect(mails.map(({ message }) => message.sequence)).toEqual(mails.map((_mail, index) => index + 1));
  const times = mails.map(({ message }) => message.receivedAt.getTime());
  expect(times).toEqual(times.toSorted((left, right) => left - right));
  expect(times.at(-1)).toBeLessThan(Date.parse(options.today));
});

test('at least twenty documents are clean, and each trouble of an office is there', () => {
  const documents = mails.flatMap(({ expected }) => expected.documents);
  expect(documents.filter(({ outcome }) => outcome === 'clean').length).toBeGreaterThanOrEqual(20);
  const reasons = new Set(documents.flatMap(({ reason }) => reason ?? []));
  const troubles: readonly ExceptionReason[] = [
    'price',
    'quantity',
    'missing-receipt',
    'missing-purchase-order',
    'unordered-item',
    'currency',
    'unknown-supplier',
    'bank-account-changed',
    'duplicate',
    'arithmetic',
    'credit-note',
  ];
  expect(troubles.filter((reason) => !reasons.has(reason))).toEqual([]);
  expect(documents.filter(({ reason }) => reason === 'duplicate')).toHaveLength(2);
  expect(documents.flatMap(({ documentType }) => documentType ?? [])).toEqual(
    expect.arrayContaining(['invoice', 'credit_note', 'statement', 'reminder']),
  );
  expect(documents.filter(({ outcome }) => outcome === 'unreadable').length).toBeGreaterThanOrEqual(4);
  expect(mails.map(({ key }) => key)).toEqual(
    expect.arrayContaining(['newsletter', 'meeting', 'question', 'empty', 'program', 'locked', 'cut-short']),
  );
});

test('invoices come as text, scans, photos and XML, in eight layouts or more and four languages', () => {
  const forms = new Set(deals.map(({ form }) => form));
  expect([...forms]).toEqual(expect.arrayContaining(['pdf', 'flatbed', 'grey', 'photo', 'scan-pdf', 'ubl', 'cii', 'factur-x']));
  const suppliers = deals.filter(({ form }) => form === 'pdf').map((deal) => invoiceOf(deal, options.today).supplier);
  expect(new Set(suppliers.map(({ layout }) => layout)).size).toBeGreaterThanOrEqual(8);
  expect([...new Set(suppliers.map(({ manner }) => manner.slice(0, 2)))].toSorted()).toEqual(['de', 'en', 'es', 'fr']);
});

test('a mail never says what is expected of it', () => {
  for (const { message } of mails)
    expect(Object.keys(message)).toEqual(['externalId', 'kind', 'fileName', 'bytes', 'receivedAt', 'sequence']);
});

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
