import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { proposePaymentRun, releasePaymentRun } from '#orchestration';
import type { Transaction } from '#platform';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { accounts, importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';
import { closeRebuildable } from '../support/rebuild.ts';

let office: TestOffice;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
  await office.import(
    'suppliers',
    `number,name,vatId,country,currency,netDays,discountDays,discountPercent,phone
S-1,Nordwind Papier GmbH,DE136695976,DE,EUR,30,10,2.00,+49 40 5550 1200
`,
  );
});
afterAll(() => closeRebuildable(office));

const call = { spokeWith: 'Frau Keller', outcome: 'confirmed', calledAt: '2026-03-02T08:30:00Z' } as const;
const account = (iban: string) =>
  office.query<{ id: string; status: string; payable_from: Date | null; evidence: string }>(
    'select * from supplier_bank_accounts where iban = $1',
    [iban],
  );
const steps = (iban: string) =>
  office.query(
    `select step, m.name, phone, phone_source, spoke_with, outcome from bank_account_steps s left join members m on m.id = s.member_id
     where bank_account_id = (select id from supplier_bank_accounts where iban = $1) order by s.id`,
    [iban],
  );
/** As the program itself is signed in, whoever runs it, and as it writes its projections. */
const asProgram = (statement: string): Promise<unknown> =>
  office.office.database.inOrganization(office.organizationId, async (transaction: Transaction) => {
    await sql`select set_config('app.projecting', 'on', true)`.execute(transaction);
    return sql.raw(statement).execute(transaction);
  });

async function invoiceWith(iban: string): Promise<string> {
  const order = await orderPaper(office, { quantity: '10', price: '18.90' });
  return office.receive(paperInvoice(order, { quantity: '10', price: '18.90' }, { iban }));
}

test('a changed account is held, called back at the number on file, confirmed by a second person, and paid after it cooled off', async () => {
  const invoiceId = await invoiceWith(accounts.other);
  const [changed] = await office.openTasks(invoiceId);
  expect(changed).toMatchObject({ reason: 'bank-account-changed', facts: { phone: '+49 40 5550 1200' } });
  expect(changed?.question).toContain('Call Nordwind Papier GmbH at +49 40 5550 1200');
  await office.decide('ana', changed, { decision: 'called', call: { ...call, outcome: 'not-reached', spokeWith: '' } });
  const [again] = await office.openTasks(invoiceId);
  expect(again?.question).toContain('reached nobody');
  await office.decide('ana', again, { decision: 'called', call });
  expect(await account(accounts.other)).toMatchObject([{ status: 'proposed' }]);

  const [called] = await office.openTasks(invoiceId);
  expect(called?.question).toContain('ana called +49 40 5550 1200 (on file since');
  await office.decide('katrin', called, { decision: 'verify' });
  const [verified] = await account(accounts.other);
  expect(verified).toMatchObject({ status: 'verified', evidence: expect.stringContaining('Confirmed by katrin.') });
  const hours = ((verified?.payable_from?.getTime() ?? 0) - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(23.5);
  expect(hours).toBeLessThanOrEqual(24);
  const onFile = { phone: '+49 40 5550 1200', phone_source: expect.stringMatching(/^on file since/) };
  expect(await steps(accounts.other)).toMatchObject([
    { step: 'proposed', name: null },
    { step: 'called', name: 'ana', ...onFile, outcome: 'not-reached' },
    { step: 'called', name: 'ana', ...onFile, outcome: 'confirmed', spoke_with: 'Frau Keller' },
    { step: 'verified', name: 'katrin' },
  ]);

  const [payment] = await office.query<{ id: string; execute_on: string; status: string }>('select * from payments where invoice_id = $1', [
    invoiceId,
  ]);
  expect(payment).toMatchObject({ status: 'scheduled' });
  const paymentIds = [payment?.id ?? ''];
  await expect(proposePaymentRun(office.office, office.people.ana, { paymentIds })).rejects.toThrow(/verified just before/);
  await expect(asProgram(`update payments set status = 'in-run' where id = '${payment?.id}'`)).rejects.toThrow(/waits until/);
  await pass(accounts.other);
  office.setTime(new Date().toISOString());
  const { paymentRunId } = await proposePaymentRun(office.office, office.people.ana, { paymentIds });
  await releasePaymentRun(office.office, office.people.katrin, { paymentRunId });
  expect(await office.query('select status from payments where id = $1', paymentIds)).toEqual([{ status: 'released' }]);
  office.setDay('2026-03-02');
});

test('a no of the supplier refuses the account, and an account that was refused is called about and confirmed anew', async () => {
  const invoiceId = await invoiceWith(accounts.third);
  await office.decide('ana', (await office.openTasks(invoiceId))[0], { decision: 'called', call: { ...call, outcome: 'denied' } });
  expect(await account(accounts.third)).toMatchObject([{ status: 'refused' }]);
  const [refused] = await office.openTasks(invoiceId);
  expect(refused?.question).toContain('was refused before');
  await office.decide('ana', refused, { decision: 'called', call });
  const [called] = await office.openTasks(invoiceId);
  await expect(office.decide('katrin', called, { decision: 'refuse' })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_DECISION_INCOMPLETE',
  });
  await office.decide('katrin', called, { decision: 'refuse', note: 'Too good to be true.' });
  expect((await steps(accounts.third)).map((row) => (row as { step: string }).step)).toEqual([
    'proposed',
    'called',
    'refused',
    'proposed',
    'called',
    'refused',
  ]);
});

test('a number that the paper itself gives is not called', async () => {
  const order = await orderPaper(office, { quantity: '10', price: '18.90', supplier: 'S-2' });
  const paper = { supplierName: 'Atelier Lumière SARL', taxId: 'FR40303265045', iban: 'FR7630006000011234567890189', taxRate: '20' };
  const invoiceId = await office.receive(paperInvoice(order, { quantity: '10', price: '18.90' }, paper));
  const task = (await office.openTasks(invoiceId)).find(({ reason }) => reason === 'bank-account-changed');
  await office.query("update events set body = 'Our new account. Questions? Call +33 1 99 88 77 66.'");
  const from = (phone: string) => ({ ...call, phone, phoneSource: 'The invoice.' });
  await expect(office.decide('ana', task, { decision: 'called', call: from('01 99 88 77 66') })).rejects.toThrow(
    /the number that this paper gives/,
  );
  await office.decide('ana', task, { decision: 'called', call: from('+33 1 55 50 01 20') });
});

test('one person alone is refused: by the program, and by the database itself', async () => {
  const iban = 'DE75512108001245126199';
  const invoiceId = await invoiceWith(iban);
  const { katrin, ana } = office.people;
  const refused = (statement: string, message: RegExp): Promise<void> => expect(asProgram(statement)).rejects.toThrow(message);
  const own = `'${office.organizationId}'`;
  const supplier = "(select id from suppliers where number = 'S-1')";
  const insert = (status: string, by: string): string =>
    `insert into supplier_bank_accounts (id, organization_id, supplier_id, iban, status, decided_by) values ('acc_alone', ${own}, ${supplier}, '${iban}', '${status}', ${by})`;
  const verify = (by: string): string =>
    `update supplier_bank_accounts set status = 'verified', decided_by = '${by}' where iban = '${iban}'`;
  await refused(insert('verified', `'${katrin.memberId}'`), /nobody puts one on file as verified/);
  await refused(insert('verified', 'null'), /nobody puts one on file as verified/);
  await asProgram(insert('proposed', 'null'));
  await refused(verify(katrin.memberId), /Nobody has called/);
  const called = (by: string): string =>
    `insert into bank_account_steps (organization_id, bank_account_id, step, member_id, phone, phone_source, spoke_with, outcome, called_at)
     values (${own}, 'acc_alone', 'called', '${by}', '1', 'x', 'y', 'confirmed', now())`;
  await refused(called(katrin.memberId).replace("'y'", "' '"), /bank_account_call_complete/);
  await asProgram(called(katrin.memberId));
  await refused(verify(katrin.memberId), /somebody other than whoever proposed it or called/);
  const payment = `insert into payments (id, organization_id, invoice_id, supplier_id, bank_account_id, amount, currency, execute_on, reason, reference, digest, status)
    values ('pay_alone', ${own}, '${invoiceId}', ${supplier}, 'acc_alone', 1, 'EUR', now(), '', '', '', 'scheduled')`;
  await refused(payment, /does not go to a verified bank account/);
  await refused(`update supplier_bank_accounts set iban = 'DE02500105170137075030' where id = 'acc_alone'`, /is not changed/);
  await refused(
    `update bank_account_steps set member_id = '${ana.memberId}' where bank_account_id = 'acc_alone'`,
    /permission denied|append-only/,
  );
  await refused("delete from bank_account_steps where bank_account_id = 'acc_alone'", /permission denied|append-only/);
  await expect(office.query("delete from bank_account_steps where bank_account_id = 'acc_alone'")).rejects.toThrow(/append-only/);
  await refused(`update suppliers set created_at = now() where number = 'S-1'`, /stands/);

  // The same in the program: whoever called is told that another must confirm.
  const [changed] = await office.openTasks(invoiceId);
  await office.query('update members set roles = $1 where id = $2', [['office-manager', 'controller'], ana.memberId]);
  await office.decide('ana', changed, { decision: 'called', call });
  const [confirmation] = await office.openTasks(invoiceId);
  const both = { ...ana, roles: ['office-manager', 'controller'] as const };
  Object.assign(office.people, { ana: both });
  await expect(office.decide('ana', confirmation, { decision: 'verify' })).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_FOUR_EYES' });
  Object.assign(office.people, { ana });
  await asProgram(verify(office.people.kim.memberId));
  await refused("update supplier_bank_accounts set payable_from = now() where id = 'acc_alone'", /stands/);
  await refused(payment.replace("'scheduled'", "'in-run'"), /waits until/);
});

test('how long an account cools off is the organization’s policy', async () => {
  const [stored] = await office.query<{ hours: string }>(
    `with policy as (insert into policies (organization_id, kind, version, content) values ($1, 'fraud', 1, '{"coolingHours": 72}') returning 1)
     select 1 as hours from policy`,
    [office.organizationId],
  );
  expect(stored).toBeDefined();
  const iban = 'DE27100777770209299700';
  const invoiceId = await invoiceWith(iban);
  await office.decide('ana', (await office.openTasks(invoiceId))[0], { decision: 'called', call });
  await office.decide('katrin', (await office.openTasks(invoiceId))[0], { decision: 'verify' });
  const [verified] = await account(iban);
  expect(((verified?.payable_from?.getTime() ?? 0) - Date.now()) / 3_600_000).toBeGreaterThan(71.5);
});

/** A day goes by: only the owner of the database can turn its clock. */
async function pass(iban: string): Promise<void> {
  await office.query('alter table supplier_bank_accounts disable trigger user');
  await office.query("update supplier_bank_accounts set payable_from = now() - interval '1 minute' where iban = $1", [iban]);
  await office.query('alter table supplier_bank_accounts enable trigger user');
}
