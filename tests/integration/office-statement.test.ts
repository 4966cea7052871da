import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StatementRow } from '#domain/documents';
import { getStatement } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { accounts, cleanInvoice, importSuppliers } from '../support/office-records.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => office.close());

const open = (number: string, amount: string): StatementRow => ({
  kind: 'invoice',
  number,
  on: '2026-03-02',
  amount: null,
  open: amount,
  text: number,
});

/** Hands in a statement. @returns its document's id. */
async function handIn(rows: readonly StatementRow[], balance: string, supplierName = 'Nordwind Papier GmbH'): Promise<string> {
  const isNordwind = supplierName.startsWith('Nordwind');
  const eventId = await office.drop({
    kind: 'statement',
    issuedOn: '2026-03-31',
    number: null,
    supplierName,
    taxId: isNordwind ? 'DE136695976' : null,
    iban: isNordwind ? accounts.nordwind : null,
    lines: [],
    statement: { rows, balance, unread: ['07.03. see letter 12.00'] },
  });
  await office.settle();
  const [document] = await office.query<{ id: string }>('select id from documents where event_id = $1', [eventId]);
  return document?.id ?? '';
}

const seen = (documentId: string, supplierId?: string) => getStatement(office.office, office.people.ana, { documentId, supplierId });

test('a statement is compared with what is here now, to the cent, and Ana is told of it', async () => {
  const invoiceId = await cleanInvoice(office, { quantity: '10', price: '18.90' }, { number: 'RE-501', issuedOn: '2026-03-02' });
  await cleanInvoice(office, { quantity: '1', price: '18.90' }, { number: 'RE-502', issuedOn: '2026-03-02' });
  const documentId = await handIn([open('RE-501', '224.91'), open('RE-499', '100.00')], '330.00');
  const found = await seen(documentId);
  expect(found).toMatchObject({ supplier: { name: 'Nordwind Papier GmbH' }, statedOn: '2026-03-31', unread: ['07.03. see letter 12.00'] });
  expect(found.findings.map(({ kind, number, invoiceId: id }) => [kind, number, id === invoiceId])).toEqual([
    ['agrees-open', 'RE-501', true],
    ['unknown-here', 'RE-499', false],
    ['missing-there', 'RE-502', false],
  ]);
  expect(found.findings[1]?.message).toBe('RE-499 over 100.00 EUR is not here. Ask Nordwind Papier GmbH for a copy.');
  expect(found.balance).toMatchObject({
    stated: { amount: '330.00' },
    rows: { amount: '324.91' },
    ours: { amount: '247.40' },
    difference: { amount: '77.51' },
    unexplained: { amount: '5.09' },
  });
  const notes = await office.query(`select question from tasks where document_id = $1`, [documentId]);
  expect(notes).toMatchObject([{ question: expect.stringContaining('row by row') }]);
});

test('what was paid in the meantime is no longer open; a row of it is a payment they have not booked', async () => {
  const documentId = await handIn([open('RE-501', '224.91'), open('RE-502', '22.49')], '247.40');
  expect((await seen(documentId)).findings.map(({ kind }) => kind)).toEqual(['agrees-open', 'agrees-open']);
  await office.query(
    `update payments set status = 'released', execute_on = '2026-03-20' from invoices i where i.id = invoice_id and i.number = 'RE-501'`,
  );
  const after = await seen(documentId);
  expect(after.findings.map(({ kind }) => kind)).toEqual(['payment-not-booked', 'agrees-open']);
  expect(after.findings[0]?.message).toBe('RE-501 was paid on 2026-03-20, and they still show 224.91 EUR as open. Send them the proof.');
  expect(after.balance).toMatchObject({ difference: { amount: '224.91' }, unexplained: { amount: '0.00' } });
});

test('whose it is may be unknown: nothing is compared until a person says so; other papers are no statement', async () => {
  const documentId = await handIn([open('RE-501', '224.91')], '224.91', 'Somebody Else Ltd');
  expect(await seen(documentId)).toMatchObject({ supplier: null, findings: [], balance: null });
  const [supplier] = await office.query<{ id: string }>(`select id from suppliers where number = 'S-1'`);
  expect(await seen(documentId, supplier?.id)).toMatchObject({
    supplier: { name: 'Nordwind Papier GmbH' },
    findings: [{ number: 'RE-501' }, {}],
  });
  const [invoice] = await office.query<{ document_id: string }>(`select document_id from invoices limit 1`);
  await expect(seen(invoice?.document_id ?? '')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_FOUND' });
  await expect(seen('doc_none')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_FOUND' });
});
