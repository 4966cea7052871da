import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { correctInvoice } from '#orchestration';
import { approvalDigest } from '../../src/orchestration/invoices/approval-digest.ts';
import { loadInvoice } from '../../src/orchestration/invoices/invoices.ts';
import { getInvoice } from '../../src/orchestration/queries/index.ts';
import { stepBack } from '../../src/orchestration/streams/step-back.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers } from '../support/office-records.ts';
import { expectRebuildable } from '../support/rebuild.ts';

const seed = 20_261_123;
let office: TestOffice;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => office.close());

interface Given {
  readonly sequence: string;
  readonly digest: string;
}
const approvalsOf = (invoiceId: string) =>
  office.query<Given>(
    `select sequence, data ->> 'digest' as digest from stream_events where stream_id = $1 and type = 'approval.decided' order by sequence`,
    [invoiceId],
  );

/** The digest of the invoice as it stood right after an event. */
const digestAsOf = (invoiceId: string, asOf: number): Promise<string> =>
  office.office.database.inOrganization(office.organizationId, async (transaction) => {
    await stepBack(transaction, invoiceId, { asOf });
    return approvalDigest(await loadInvoice(transaction, invoiceId));
  });

const dueDay = fc.integer({ min: 10, max: 28 }).map((day) => ({ kind: 'correct', fields: { dueDate: `2026-04-${day}` } }) as const);
const buyer = fc.constantFrom('A', 'B').map((name) => ({ kind: 'correct', fields: { buyerName: `Office ${name}` } }) as const);
const decision = fc.constantFrom('bo', 'katrin', 'kim').map((person) => ({ kind: 'approve', person }) as const);
const steps = fc.array(fc.oneof(dueDay, buyer, decision, decision), { minLength: 4, maxLength: 6 });

test(`what an approver saw is what the past shows: its digest is the approval’s, for any corrections and approvals (seed ${seed})`, async () => {
  let checked = 0;
  let corrected = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const invoiceId = await cleanInvoice(office, { quantity: '1000', price: '18.90' });
      for (const step of sequence) {
        if (step.kind === 'correct') {
          const { version, status } = await office.invoice(invoiceId);
          if (status !== 'in-review' && status !== 'awaiting-approval') break;
          await correctInvoice(office.office, office.people.ana, { invoiceId, expectedVersion: version, fields: step.fields });
          await office.settle();
          corrected += 1;
        } else {
          const task = (await office.openTasks(invoiceId)).find(({ kind }) => kind === 'approval');
          // Not everybody may; who may not changes nothing.
          if (task !== undefined) await office.decide(step.person, task, { decision: 'approve' }).catch(() => undefined);
        }
      }
      for (const { sequence: event, digest } of await approvalsOf(invoiceId)) {
        expect(await digestAsOf(invoiceId, Number(event))).toBe(digest);
        checked += 1;
      }
    }),
    { seed, numRuns: 6 },
  );
  expect(checked).toBeGreaterThan(2);
  expect(corrected).toBeGreaterThan(2);
  await expectRebuildable(office);
});

test('an invoice is shown as it was when Bo approved, with its approvals and payment of then', async () => {
  const invoiceId = await cleanInvoice(office, { quantity: '1000', price: '18.90' });
  await office.decide('bo', (await office.openTasks(invoiceId))[0], { decision: 'approve' });
  const { version } = await office.invoice(invoiceId);
  await correctInvoice(office.office, office.people.ana, { invoiceId, expectedVersion: version, fields: { dueDate: '2026-05-05' } });
  await office.settle();
  const today = await getInvoice(office.office, office.people.bo, invoiceId);
  const event = today.approvals[0]?.event ?? 0;
  const then = await getInvoice(office.office, office.people.bo, invoiceId, { asOf: event });
  expect(today).toMatchObject({ seen: null, dueOn: '2026-05-05', fields: { dueDate: { value: '2026-05-05' } } });
  expect(then).toMatchObject({ seen: { event }, status: 'awaiting-approval', payment: null, tasks: [], version });
  expect(then.fields.dueDate.value).not.toBe('2026-05-05');
  expect(then.approvals).toHaveLength(1);
  const at = then.seen?.at ?? '';
  expect(await getInvoice(office.office, office.people.bo, invoiceId, { at })).toEqual(then);
  await expect(getInvoice(office.office, office.people.bo, invoiceId, { at: '2001-01-01T00:00:00Z' })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_NOT_FOUND',
  });
  // Other transactions go on seeing today.
  expect(await getInvoice(office.office, office.people.bo, invoiceId)).toEqual(today);
});
