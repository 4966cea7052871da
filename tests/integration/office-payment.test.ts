import { afterAll, beforeAll, expect, test } from 'vitest';
import { validatePain001 } from '#connectors';
import { cancelPaymentRun, proposePaymentRun, releasePaymentRun } from '#orchestration';
import { openTestOffice, type Person, type TestOffice } from '../support/office.ts';
import { accounts, cleanInvoice, importSuppliers } from '../support/office-records.ts';

let office: TestOffice;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => office.close());

const propose = async (person: Person, ...paymentIds: string[]): Promise<string> =>
  (await proposePaymentRun(office.office, office.people[person], { paymentIds })).paymentRunId;
const release = (person: Person, paymentRunId: string): Promise<void> =>
  releasePaymentRun(office.office, office.people[person], { paymentRunId });

/** A small invoice, paid by policy. */
async function scheduled(): Promise<{ invoiceId: string; paymentId: string }> {
  const invoiceId = await cleanInvoice(office, { quantity: '10', price: '18.90' });
  const [payment] = await office.query<{ id: string }>('select id from payments where invoice_id = $1', [invoiceId]);
  return { invoiceId, paymentId: payment?.id ?? '' };
}

test('a run that Ana proposes and the controller releases becomes a valid bank file with what was approved', async () => {
  const [one, two] = [await scheduled(), await scheduled()];
  const runId = await propose('ana', one.paymentId, two.paymentId);
  await release('katrin', runId);
  const [run] = await office.query<{ status: string; file_sha256: string }>('select * from payment_runs where id = $1', [runId]);
  expect(run).toMatchObject({ status: 'released', released_by: office.people.katrin.memberId });
  const file = new TextDecoder().decode(await office.office.blobs.get(run?.file_sha256 ?? ''));
  expect(await validatePain001(file)).toEqual([]);
  expect(file).toContain('<CtrlSum>440.82</CtrlSum>');
  expect(file.match(new RegExp(accounts.nordwind, 'g'))).toHaveLength(2);
  expect(await office.invoice(one.invoiceId)).toMatchObject({ status: 'paid' });
});

test('only Ana proposes, only a controller releases, and nobody does both', async () => {
  const { paymentId } = await scheduled();
  for (const person of ['bo', 'katrin', 'toni'] as const)
    await expect(propose(person, paymentId)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  const runId = await propose('ana', paymentId);
  for (const person of ['ana', 'bo', 'toni'] as const)
    await expect(release(person, runId)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  const both = { ...office.people.ana, roles: ['office-manager', 'controller'] } as const;
  await expect(releasePaymentRun(office.office, both, { paymentRunId: runId })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_FOUR_EYES',
  });
});

/** Past the triggers, as only the owner of the database can: the program's own check is what is tested. */
async function unguarded(table: string, statement: string): Promise<void> {
  await office.query(`alter table ${table} disable trigger user; ${statement}; alter table ${table} enable trigger user`);
}

const tampering: readonly [string, string][] = [
  ['its amount', "update payments set amount = amount + 1000 where id = '$id'"],
  ['its amount, with the discount to match', "update payments set amount = amount + discount, discount = 0 where id = '$id'"],
  ['its supplier', "update payments set supplier_id = (select id from suppliers where number = 'S-2') where id = '$id'"],
  [
    'its account',
    `update payments set bank_account_id = (select id from supplier_bank_accounts where iban = '${accounts.lumiere}') where id = '$id'`,
  ],
  ['the total of its invoice', "update invoices set gross = gross + 1000 where id = (select invoice_id from payments where id = '$id')"],
  ['its approval', "delete from approvals where invoice_id = (select invoice_id from payments where id = '$id')"],
];
test.each(tampering)('release refuses a payment whose row was tampered with: %s', async (_, statement) => {
  const { invoiceId, paymentId } = await scheduled();
  const runId = await propose('ana', paymentId);
  await unguarded('payments', statement.replace('$id', paymentId));
  await expect(release('katrin', runId)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_RUN_NOT_READY' });
  expect(await office.query('select status from payments where id = $1', [paymentId])).toEqual([{ status: 'in-run' }]);
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
});

test('release refuses an account that was refused after the payment was scheduled, until it is verified again', async () => {
  const { paymentId } = await scheduled();
  const runId = await propose('ana', paymentId);
  const setAccount = (status: string) =>
    unguarded('supplier_bank_accounts', `update supplier_bank_accounts set status = '${status}' where iban = '${accounts.nordwind}'`);
  await setAccount('refused');
  await expect(release('katrin', runId)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_RUN_NOT_READY' });
  await setAccount('verified');
  await release('katrin', runId);
});

test('a run released by two controllers at once pays once and writes one file', async () => {
  const { paymentId } = await scheduled();
  const runId = await propose('ana', paymentId);
  const outcomes = await Promise.allSettled((['katrin', 'kim', 'katrin', 'kim'] as const).map((person) => release(person, runId)));
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(2);
  expect(
    await office.query("select 1 from audit_entries where action = 'payment-run.released' and subjects @> array[$1]", [runId]),
  ).toHaveLength(1);
  expect(await office.query('select status from payments where id = $1', [paymentId])).toEqual([{ status: 'released' }]);
});

test('a payment is in one run only, however many are proposed at once; a cancelled run gives it back', async () => {
  const { paymentId } = await scheduled();
  const outcomes = await Promise.allSettled([propose('ana', paymentId), propose('ana', paymentId), propose('ana', paymentId)]);
  const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  expect(won).toHaveLength(1);
  const runId = won[0]?.value ?? '';
  await Promise.allSettled([cancelPaymentRun(office.office, office.people.ana, { paymentRunId: runId }), release('katrin', runId)]);
  const [run] = await office.query<{ status: string }>('select status from payment_runs where id = $1', [runId]);
  const [payment] = await office.query<{ status: string; payment_run_id: string | null }>('select * from payments where id = $1', [
    paymentId,
  ]);
  expect([run?.status, payment?.status]).toEqual(run?.status === 'released' ? ['released', 'released'] : ['cancelled', 'scheduled']);
  await expect(propose('ana')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_RUN_NOT_READY' });
});

test('a discount that ended before the run is not taken: the payment leaves in full', async () => {
  const { invoiceId, paymentId } = await scheduled();
  office.setDay('2026-03-16');
  const runId = await propose('ana', paymentId);
  expect(await office.query('select amount, discount from payments where id = $1', [paymentId])).toEqual([
    { amount: '224.9100', discount: '0.0000' },
  ]);
  await release('katrin', runId);
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'paid' });
});
