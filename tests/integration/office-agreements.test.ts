import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  confirmAgreement,
  createAgreement,
  endAgreement,
  getAgreement,
  getTimeline,
  getWhy,
  importRecords,
  listAgreements,
  type AgreementDraft,
} from '#orchestration';
import { accounts, importSuppliers, paperInvoice } from '../support/office-records.ts';
import { openTestOffice, type Person, type TestOffice } from '../support/office.ts';
import type { Paper } from '../support/paper.ts';
import { closeRebuildable } from '../support/rebuild.ts';

let office: TestOffice;
let supplierId: string;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
  const [supplier] = await office.query<{ id: string }>(`select id from suppliers where number = 'S-1'`);
  supplierId = supplier?.id ?? '';
});
afterAll(() => closeRebuildable(office));

/** With 19 % tax, so that 400.00 makes 476.00. */
const bill = (net: string, issuedOn: string, changes: Partial<Paper> = {}): Paper =>
  paperInvoice(null, { quantity: '1', price: net }, { issuedOn, lines: [{ what: 'Copier rent', quantity: '1', price: net }], ...changes });
const rent = (changes: Partial<AgreementDraft> = {}): AgreementDraft => ({
  supplierId,
  kind: 'contract',
  name: 'Copier rent',
  rhythm: 'months',
  every: 1,
  amount: '476.00',
  currency: 'EUR',
  bandPercent: '5',
  firstOn: '2026-03-01',
  ...changes,
});
const write = (person: Person, draft: AgreementDraft) => createAgreement(office.office, office.people[person], draft);
const confirm = (person: Person, agreementId: string) => confirmAgreement(office.office, office.people[person], { agreementId });
const reasons = async (invoiceId: string) =>
  (await office.openTasks(invoiceId)).map(({ kind, reason }) => (kind === 'exception' ? reason : kind));

test('a bill waits without an order until a second person confirms what was agreed; then it goes to its ordinary approval', async () => {
  const invoiceId = await office.receive(bill('400.00', '2026-03-02'));
  expect(await reasons(invoiceId)).toEqual(['missing-purchase-order']);
  const { agreementId } = await write('katrin', rent());
  await office.settle();
  expect(await reasons(invoiceId)).toEqual(['missing-purchase-order']);
  await expect(confirm('katrin', agreementId)).rejects.toThrow('You wrote down “Copier rent” yourself; another person confirms it.');
  await expect(confirm('ana', agreementId)).rejects.toThrow('agreements:confirm');
  await confirm('bo', agreementId);
  await office.settle();
  expect(await reasons(invoiceId)).toEqual(['approval']);

  const sentence = 'Covered by the agreement “Copier rent”, March 2026: expected 452.20–499.80 EUR, found 476.00 EUR.';
  const timeline = await getTimeline(office.office, office.people.ana, invoiceId);
  expect(timeline.items.map((entry) => entry.sentence).some((said) => said.endsWith(sentence))).toBe(true);
  const why = await getWhy(office.office, office.people.ana, invoiceId);
  expect(why.note).toContain(sentence);
  expect(why.obstacles).not.toContainEqual(expect.stringContaining('purchase order'));
  await office.decide('bela', (await office.openTasks(invoiceId))[0], { decision: 'approve' });
  expect((await office.invoice(invoiceId)).status).toBe('scheduled');
});

test('a second bill of the month, one outside the band and one to an unknown account are asked about', async () => {
  expect(await reasons(await office.receive(bill('401.00', '2026-03-20')))).toEqual(['agreement-period']);
  const dear = await office.receive(bill('500.00', '2026-04-01'));
  const [task] = await office.openTasks(dear);
  expect(task).toMatchObject({ reason: 'agreement-amount', choices: ['accept', 'reject'] });
  expect(task?.question).toBe(
    'Under “Copier rent” 452.20–499.80 EUR is expected; 595.00 EUR is 95.20 EUR more than that. Accept this bill all the same, or reject the invoice?',
  );
  expect(task?.facts).toMatchObject({ expected: '452.20–499.80 EUR', found: '595.00 EUR', difference: '+95.20 EUR' });
  await office.decide('ana', task, { decision: 'accept' });
  // What a person let pass is the bill of its month.
  expect(await reasons(await office.receive(bill('400.00', '2026-04-03')))).toEqual(['agreement-period']);
  const elsewhere = await office.receive(bill('400.00', '2026-05-02', { iban: 'DE02500105170137075030' }));
  expect(await reasons(elsewhere)).toEqual(['bank-account-changed']);
});

test('of bills that race for one month exactly one is covered', async () => {
  const racing = ['402.00', '403.00', '404.00', '405.00'].map((net) => bill(net, '2026-06-01'));
  await Promise.all(racing.map((paper) => office.drop(paper)));
  await office.settle();
  const rows = await office.query<{ id: string }>(`select id from invoices where issued_on = '2026-06-01'`);
  const all = await Promise.all(rows.map(({ id }) => reasons(id)));
  expect(all.map(([reason]) => reason ?? '').toSorted()).toEqual(['agreement-period', 'agreement-period', 'agreement-period', 'approval']);
});

test('what has not come by its day and grace is listed, and no task is made of it', async () => {
  const before = (await office.openTasks()).length;
  office.setDay('2026-08-09');
  const { items } = await listAgreements(office.office, office.people.ana);
  expect(items[0]?.missing.map(({ label }) => label)).toEqual(['August 2026', 'July 2026']);
  await office.settle();
  expect(await office.openTasks()).toHaveLength(before);
});

test('what is ended covers nothing any more, its terms never change, and each step is on record', async () => {
  const [first] = (await listAgreements(office.office, office.people.ana)).items;
  const agreementId = first?.id ?? '';
  await endAgreement(office.office, office.people.ana, { agreementId, reason: 'the copier went back' });
  const late = await office.receive(bill('400.00', '2026-09-01'));
  // August's has not come, so it may be that one.
  const [task] = await office.openTasks(late);
  expect(task?.reason).toBe('agreement-bill');
  expect(task?.question).toContain('The bill August 2026 has not come, and “Copier rent” ended on 2026-08-09.');
  expect(await getAgreement(office.office, office.people.bo, agreementId)).toMatchObject({
    state: 'ended',
    validUntil: '2026-08-09',
    endedBy: { name: 'ana' },
  });
  await expect(office.query('update agreements set confirmed_by = created_by')).rejects.toThrow(
    /agreement_four_eyes|confirmed or ended already/,
  );
  await expect(
    office.office.database.inOrganization(office.organizationId, (transaction) =>
      transaction.updateTable('agreements').set({ amount: '9999' }).execute(),
    ),
  ).rejects.toThrow(/permission denied/);
  await expect(office.query('delete from agreements')).rejects.toThrow(/append-only/);
  const audit = await office.query<{ action: string }>(
    `select action from audit_entries where action like 'agreement.%' order by sequence`,
  );
  expect(audit.map(({ action }) => action)).toEqual(['agreement.written', 'agreement.confirmed', 'agreement.ended']);
});

test('three bills that people accepted suggest an agreement, which nobody but a person makes', async () => {
  const nets = ['100.00', '101.00', '99.50'];
  const lumiere = { supplierName: 'Atelier Lumière SARL', taxId: 'FR40303265045', iban: 'FR1420041010050500013M02606' };
  for (const [at, net] of nets.entries()) {
    const invoiceId = await office.receive(bill(net, `2026-0${at + 5}-04`, lumiere));
    for (let step = 0; step < 3; step += 1) {
      const [task] = await office.openTasks(invoiceId);
      if (task !== undefined)
        await office.decide(task.kind === 'approval' ? 'bo' : 'ana', task, { decision: task.kind === 'approval' ? 'approve' : 'accept' });
    }
    expect((await office.invoice(invoiceId)).status).toBe('scheduled');
  }
  const { items, proposals } = await listAgreements(office.office, office.people.ana);
  expect(items.filter(({ supplier }) => supplier.name.startsWith('Atelier'))).toEqual([]);
  expect(proposals).toMatchObject([
    { supplier: { name: 'Atelier Lumière SARL' }, rhythm: 'months', every: 1, amount: '119.00', bandPercent: '3', firstOn: '2026-08-04' },
  ]);
});

test('what cannot be an agreement is refused with what to write', async () => {
  await expect(write('bo', rent())).rejects.toThrow('agreements:edit');
  await expect(write('ana', rent({ amount: '12.345' }))).rejects.toThrow('“12.345” is no amount to pay in EUR. Write it like 480.00.');
  await expect(write('ana', rent({ every: 0 }))).rejects.toThrow('Say how many months lie between two bills');
  await expect(write('ana', rent({ validUntil: '2025-01-01' }))).rejects.toThrow('before its first bill');
  await expect(write('ana', rent({ supplierId: 'sup_none' }))).rejects.toThrow('There is no supplier');
});

describe('a supplier with several agreements', () => {
  const lumiere = { supplierName: 'Atelier Lumière SARL', taxId: 'FR40303265045', iban: accounts.lumiere };
  const places = ['north', 'south'].map((name, at) => ({ name: `Parking ${name}`, reference: `MV-2026/081${at}` }));
  const ids: string[] = [];
  // Alike amounts a few days apart would look like duplicates.
  const parking = (issuedOn: string, net: string, changes: Partial<Paper> = {}): Paper =>
    bill(net, issuedOn, { ...lumiere, taxRate: '20', lines: [{ what: 'Parking', quantity: '1', price: net }], ...changes });
  const billOf = async (invoiceId: string) => {
    const [row] = await office.query<{ agreement: { agreementId: string; expectedOn: string | null } }>(
      `select assessment -> 'agreement' as agreement from invoices where id = '${invoiceId}'`,
    );
    return row?.agreement;
  };

  test('they come from a file, tried first; what is wrong is said by line, and none counts before a second person confirmed it', async () => {
    const head = 'supplierNumber,name,reference,every,amount,currency,firstOn,bandPercent';
    const rows = places.map(({ name, reference }) => `S-2,${name},${reference},1 month,60.00,EUR,2026-09-05,5`);
    const file = (text: string, dryRun: boolean) =>
      importRecords(office.office, office.people.ana, {
        kind: 'agreements',
        fileName: 'agreements.csv',
        bytes: Buffer.from(`${head}\n${text}\n`),
        dryRun,
      });
    const before = (await listAgreements(office.office, office.people.ana)).items.length;
    expect(await file(rows.join('\n'), true)).toEqual({ imported: 2, dryRun: true, faults: [] });
    expect((await listAgreements(office.office, office.people.ana)).items).toHaveLength(before);
    const wrong = await file(
      [...rows, 'S-9,Rent,,,1.00,EUR,2026-09-05,', 'S-2,Lift,,,1.005,EUR,2026-09-05,', rows[0] ?? ''].join('\n'),
      false,
    );
    expect(wrong).toMatchObject({ imported: 0, faults: [{ line: 4, column: 'supplierNumber' }, { line: 5 }, { line: 6, column: 'name' }] });
    expect(wrong.faults[1]?.message).toBe('“1.005” is no amount to pay in EUR. Write it like 480.00.');
    expect(await file(rows.join('\n'), false)).toMatchObject({ imported: 2, faults: [] });
    const { items } = await listAgreements(office.office, office.people.ana);
    for (const { name } of places) {
      const found = items.find((item) => item.name === name);
      expect(found?.state).toBe('waiting');
      await expect(confirm('ana', found?.id ?? '')).rejects.toThrow('agreements:confirm');
      await confirm('katrin', found?.id ?? '');
      ids.push(found?.id ?? '');
    }
  });

  test('a number in the head of the paper says which; without one a person does, and only among what is asked', async () => {
    office.setDay('2026-09-06');
    const numbered = await office.receive(parking('2026-09-05', '50.00', { head: 'Customer 4711 Contract: MV-2026/0811' }));
    // So small a bill needs nobody else, by policy.
    expect(await reasons(numbered)).toEqual([]);
    expect(await billOf(numbered)).toMatchObject({ agreementId: ids[1], expectedOn: '2026-09-05', reference: { page: 1, wordIds: [4] } });

    const plain = await office.receive(parking('2026-09-05', '50.40'));
    const [task] = await office.openTasks(plain);
    expect(task).toMatchObject({ reason: 'agreement-bill', choices: ['assign', 'accept', 'reject'] });
    expect(task?.question).toContain('may be a bill under “Parking north”');
    const say = (given: { agreementId: string; expectedOn: string } | undefined) =>
      office.decide('ana', task, { decision: 'assign', bill: given });
    await expect(say(undefined)).rejects.toThrow('Say which of the bills in question it is');
    await expect(say({ agreementId: ids[0] ?? '', expectedOn: '2026-12-05' })).rejects.toThrow('Say which of the bills in question it is');
    await say({ agreementId: ids[0] ?? '', expectedOn: '2026-09-05' });
    expect(await reasons(plain)).toEqual([]);
    expect(await billOf(plain)).toMatchObject({ agreementId: ids[0], expectedOn: '2026-09-05' });
  });

  test('a late bill is not taken for the next: a person says which it is, and the real one passes after it', async () => {
    office.setDay('2026-11-06');
    const head = { head: 'Contract: MV-2026/0811' };
    const late = await office.receive(parking('2026-11-03', '50.80', head));
    const [task] = await office.openTasks(late);
    expect(task?.question).toContain('The bill October 2026 has not come.');
    const october = { agreementId: ids[1] ?? '', expectedOn: '2026-10-05' };
    await office.decide('ana', task, { decision: 'assign', bill: october });
    expect(await billOf(late)).toMatchObject(october);
    const real = await office.receive(parking('2026-11-05', '51.20', head));
    expect(await reasons(real)).toEqual([]);
    expect(await billOf(real)).toMatchObject({ expectedOn: '2026-11-05' });
    expect(await reasons(await office.receive(parking('2026-11-06', '51.60', head)))).toEqual(['agreement-period']);
  });
});

test.each([
  ['America/New_York', '2026-12-01T04:30:00Z', '2026-11-30'],
  ['Europe/Berlin', '2026-11-30T23:30:00Z', '2026-12-01'],
])('what is ended around midnight in %s ends on the day it is there', async (zone, instant, day) => {
  const usual = process.env['TZ'];
  try {
    process.env['TZ'] = zone;
    const { agreementId } = await write('ana', rent({ name: `Ended in ${zone}` }));
    office.setTime(instant);
    await endAgreement(office.office, office.people.ana, { agreementId });
    expect((await getAgreement(office.office, office.people.ana, agreementId)).validUntil).toBe(day);
  } finally {
    if (usual === undefined) delete process.env['TZ'];
    else process.env['TZ'] = usual;
  }
});
