import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleApprovalPolicy } from '#domain/accounts-payable';
import { tablesOfSettings, type PolicyCase, type PolicyTables } from '#domain/policy';
import { activatePolicy, backtestPolicy, getPolicy, listPolicies, savePolicy } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers } from '../support/office-records.ts';

let office: TestOffice;
const tight = { priceBasisPoints: 200, priceMinor: 500n, quantityBasisPoints: 0 };
const small: PolicyCase = {
  name: 'a small clean one',
  given: { amount: '100.00', currency: 'EUR' },
  expected: { automatic: true, steps: [] },
};

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => office.close());

/** As the sample policy, with this automatic limit. */
function tablesUpTo(automaticUpToMinor: bigint, version = 'office'): PolicyTables {
  return tablesOfSettings({ ...sampleApprovalPolicy, version, automaticUpToMinor }, tight);
}
async function save(tables: PolicyTables, cases: readonly PolicyCase[] = [small]): Promise<number> {
  const { version } = await savePolicy(office.office, office.people.kim, { tables, cases, note: 'a test' });
  return version ?? 0;
}
const activate = (person: 'katrin' | 'kim' | 'ana', version: number, effectiveOn?: string): Promise<void> =>
  activatePolicy(office.office, office.people[person], { version, effectiveOn });
const decidedBy = async (invoiceId: string): Promise<unknown> =>
  (
    await office.query<{ policy_version: number }>('select policy_version from approvals where invoice_id = $1 order by id', [invoiceId])
  ).map((row) => row.policy_version);

test('nobody switches on what they wrote, and the database refuses it whoever asks', async () => {
  const version = await save(tablesUpTo(30_000n));
  await expect(activate('kim', version)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_FOUR_EYES' });
  await expect(activate('ana', version)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  const insert = (author: string, activator: string): Promise<unknown> =>
    office.query(
      'insert into policy_activations (organization_id, version, author, activated_by, effective_on) values ($1, $2, $3, $4, $5)',
      [office.organizationId, version, author, activator, '2026-03-02'],
    );
  const { kim, katrin } = office.people;
  await expect(insert(kim.memberId, kim.memberId)).rejects.toThrow(/policy_four_eyes/);
  // Another name for the author is no way around it.
  await expect(insert(katrin.memberId, kim.memberId)).rejects.toThrow(/foreign key/);
  await expect(office.query('update policy_versions set created_by = created_by')).rejects.toThrow(/append-only/);
});

test('a version with a hole, without test cases, or with one that fails is not switched on', async () => {
  const whole = tablesUpTo(30_000n);
  const holed = { ...whole, approvals: { ...whole.approvals, rules: whole.approvals.rules.slice(0, 2) } };
  await expect(activate('katrin', await save(holed))).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_POLICY_NOT_READY' });
  await expect(activate('katrin', await save(whole, []))).rejects.toThrow(/no test cases/);
  const wrong = { ...small, given: { amount: '301.00', currency: 'EUR' } };
  await expect(activate('katrin', await save(whole, [wrong]))).rejects.toThrow(/"a small clean one"/);
  await expect(activate('katrin', await save(whole), '2026-03-01')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_VALUE_INVALID' });
});

test('a version decides from its day on; what was asked before stays with the version it was asked under', async () => {
  const before = await cleanInvoice(office, { quantity: '10', price: '18.90' });
  expect(await decidedBy(before)).toEqual([0]);
  const waiting = await cleanInvoice(office, { quantity: '50', price: '18.90' });
  const strict = await save(tablesUpTo(0n, 'strict'), [{ ...small, expected: { automatic: false, steps: ['office-manager'] } }]);
  await activate('katrin', strict, '2026-03-03');
  expect(await listPolicies(office.office, office.people.ana)).toMatchObject({ mayEdit: true });
  expect(await getPolicy(office.office, office.people.ana, strict)).toMatchObject({ state: 'planned', effectiveOn: '2026-03-03' });
  expect(await decidedBy(await cleanInvoice(office, { quantity: '10', price: '18.90' }))).toEqual([0]);
  office.setDay('2026-03-03');
  const [first] = await office.openTasks(waiting);
  await office.decide('ana', first, { decision: 'approve' });
  expect(await office.invoice(waiting)).toMatchObject({ status: 'scheduled' });
  expect(await decidedBy(waiting)).toEqual([0]);
  const after = await cleanInvoice(office, { quantity: '10', price: '18.90' });
  expect(await office.invoice(after)).toMatchObject({ status: 'awaiting-approval' });
  const [asked] = await office.openTasks(after);
  expect(asked?.facts).toMatchObject({ policyVersion: strict });
  await office.decide('ana', asked, { decision: 'approve' });
  expect(await decidedBy(after)).toEqual([strict]);
});

test('a backtest replays what was decided, and says what would have been otherwise', async () => {
  const wider = await save(tablesUpTo(2_000_000n, 'wide'));
  const found = await backtestPolicy(office.office, office.people.katrin, { version: wider, since: '2026-01-01' });
  expect(found).toMatchObject({
    decisions: 4,
    leftOut: 0,
    changed: 2,
    newlyAutomatic: 2,
    newlyAsked: 0,
    approvalsSaved: 2,
    approvalsAdded: 0,
  });
  expect(found.invoices[0]).toMatchObject({
    before: { automatic: false, steps: ['office-manager'] },
    after: { automatic: true, steps: [] },
  });
  expect(found.moneyNewlyAutomatic).toMatchObject([{ currency: 'EUR' }]);
  const late = await backtestPolicy(office.office, office.people.katrin, { version: wider, since: '2026-12-31' });
  expect(late).toMatchObject({ decisions: 0, changed: 0 });
});
