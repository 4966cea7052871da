import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Extraction } from '#domain/documents';
import { extract, layoutMemory, readDocument } from '#intelligence';
import { correctInvoice, listMemories, revokeMemory } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import type { Paper } from '../support/paper.ts';

let office: TestOffice;
let organizationId: string;

beforeAll(async () => {
  office = await openTestOffice({
    memory: layoutMemory,
    reader: {
      read: async ({ fileName, bytes }) => {
        const { number, order, lines } = JSON.parse(/\{.*\}/s.exec(new TextDecoder().decode(bytes))?.[0] ?? '{}') as Paper;
        const reading = await readDocument({ fileName, bytes: textOf(number ?? '', lines[0]?.price ?? '', order ?? undefined) });
        return { reading, extraction: extract(reading), ms: 1 };
      },
    },
  });
  organizationId = office.people.ana.organizationId;
});
afterAll(() => office.close());

/** An invoice whose number stands by words that no lexicon has. */
const textOf = (number: string, gross: string, reference = 'Q-1'): Uint8Array =>
  new TextEncoder().encode(`Kraxi GmbH
Flugzeugallee 17, 12345 Papierfeld

INVOICE

Bill to: Sample Office GmbH
Date: 11 July 2026
Vorgangsschluessel  ${number}
Aktenlage           ${reference}

Description        Quantity    Price     Amount
Superdrachen       1           ${gross}     ${gross}

Total EUR                                ${gross}
`);

const receive = (number: string, price: string, order = 'Q-1'): Promise<string> =>
  office.receive({ number, order, lines: [{ what: 'Superdrachen', quantity: '1', price }] });

async function extractionOf(invoiceId: string): Promise<Extraction> {
  const [row] = await office.query('select d.extraction from documents d join invoices i on i.document_id = d.id where i.id = $1', [
    invoiceId,
  ]);
  return row?.['extraction'] as Extraction;
}

const memories = async (): Promise<readonly string[]> =>
  (await listMemories(office.office, office.people.ana)).items.map(({ field, status, version }) => `${field} ${status} ${version}`);

async function correct(invoiceId: string, number: string): Promise<void> {
  const { version } = await office.invoice(invoiceId);
  await correctInvoice(office.office, office.people.ana, { invoiceId, expectedVersion: version, fields: { invoiceNumber: number } });
  await office.settle();
}

test('what one correction says is right on the next paper of the layout', async () => {
  const first = await receive('VX-100', '40.00');
  expect((await extractionOf(first)).fields.invoiceNumber.value).not.toBe('VX-100');
  await correct(first, 'VX-100');
  const next = await receive('VX-207', '55.00', 'Q-9');
  expect((await extractionOf(next)).fields.invoiceNumber).toMatchObject({
    value: 'VX-207',
    origin: 'memory',
    standing: 'consistent',
    reason: expect.stringContaining('vorgangsschluessel') as string,
    evidence: { text: 'VX-207' },
  });
  expect(await memories()).toEqual(['invoiceNumber active 1']);
});

test('a memory that filled in what is then put right is set aside, and the newer one counts', async () => {
  const wrong = await receive('VX-300', '60.00', 'RR-300');
  await correct(wrong, 'RR-300');
  expect(await memories()).toEqual(['invoiceNumber active 2', 'invoiceNumber set-aside 1']);
  const next = await receive('VX-301', '61.00', 'RR-301');
  expect((await extractionOf(next)).fields.invoiceNumber.value).toBe('RR-301');
});

test('a memory that a person takes back is used no longer, and cannot be taken back twice', async () => {
  const { items } = await listMemories(office.office, office.people.ana);
  const active = items.find(({ status }) => status === 'active');
  expect(active).toMatchObject({ kind: 'anchored', learnedBy: { name: office.people.ana.name }, uses: 1 });
  await revokeMemory(office.office, office.people.ana, { memoryId: active?.id ?? '', reason: 'Misread.' });
  const next = await receive('VX-400', '62.00', 'RR-400');
  expect((await extractionOf(next)).fields.invoiceNumber.origin).not.toBe('memory');
  await expect(revokeMemory(office.office, office.people.ana, { memoryId: active?.id ?? '' })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_NOT_FOUND',
  });
  const actions = await office.query(
    "select action from audit_entries where organization_id = $1 and action like 'memory.%' order by sequence",
    [organizationId],
  );
  expect(actions.map(({ action }) => action)).toEqual(['memory.learned', 'memory.set-aside', 'memory.learned', 'memory.revoked']);
});

test('an account put right teaches where it stands, never what it is', async () => {
  const { learn } = layoutMemory;
  const reading = await readDocument({ fileName: 'f.txt', bytes: textOf('VX-1', '1.00', 'DE89370400440532013000') });
  const lesson = learn(reading, { field: 'iban', said: 'DE89370400440532013000', read: null });
  expect(lesson).toMatchObject({ kind: 'anchored', value: null });
});
