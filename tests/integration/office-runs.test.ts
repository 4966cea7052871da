import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelRun, forkRun, getRun, listRuns, resumeRun } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers } from '../support/office-records.ts';

let office: TestOffice;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
afterAll(() => office.close());

/** An invoice of 2,249.10 that waits for Ana. */
async function waitingForAna(): Promise<{ readonly invoiceId: string; readonly workflowId: string }> {
  const invoiceId = await cleanInvoice(office, { quantity: '100', price: '18.90' });
  const [row] = await office.query<{ document_id: string }>('select document_id from invoices where id = $1', [invoiceId]);
  return { invoiceId, workflowId: `document:${row?.document_id ?? ''}` };
}

async function approve(invoiceId: string): Promise<void> {
  const [task] = await office.openTasks(invoiceId);
  await office.decide('ana', task, { decision: 'approve' });
}

test('an operator sees what a run waits for and the path it took', async () => {
  const { workflowId } = await waitingForAna();
  const runs = await listRuns(office.office, office.people.toni, { status: 'waiting', limit: 50 });
  expect(runs.find((run) => run.workflowId === workflowId)).toMatchObject({ workflow: 'handle-document', waitsFor: { signal: 'news' } });
  const { steps } = await getRun(office.office, office.people.toni, workflowId);
  expect(steps.map((step) => step.name)).toEqual(expect.arrayContaining(['readDocument', 'assessInvoice', 'askApproval']));
});

test('a cancelled run takes no further step, keeps what people decide, and goes on from there when it is resumed', async () => {
  const { invoiceId, workflowId } = await waitingForAna();
  await cancelRun(office.office, office.people.toni, { workflowId, reason: 'The supplier called.' });
  await approve(invoiceId);
  expect(await getRun(office.office, office.people.toni, workflowId)).toMatchObject({ status: 'cancelled' });
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'awaiting-approval' });
  await resumeRun(office.office, office.people.toni, { workflowId, reason: 'All is well.' });
  await office.settle();
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
  const audit = await office.query<{ action: string; details: { reason: string } }>(
    `select action, details from audit_entries where $1 = any(subjects) and action like 'run.%' order by sequence`,
    [workflowId],
  );
  expect(audit.map((entry) => [entry.action, entry.details.reason])).toEqual([
    ['run.cancelled', 'The supplier called.'],
    ['run.resumed', 'All is well.'],
  ]);
});

test('a run that is done again from a step takes over: the answer reaches the new one, and nothing is paid twice', async () => {
  const { invoiceId, workflowId } = await waitingForAna();
  const { steps } = await getRun(office.office, office.people.toni, workflowId);
  const position = steps.find((step) => step.name === 'assessInvoice')?.position ?? 0;
  const forked = await forkRun(office.office, office.people.toni, { workflowId, position, reason: 'The order was wrong.' });
  expect(forked.workflowId).toBe(`${workflowId}~2`);
  await office.settle();
  expect(await office.openTasks(invoiceId)).toHaveLength(1);
  await approve(invoiceId);
  expect(await office.invoice(invoiceId)).toMatchObject({ status: 'scheduled' });
  expect(await getRun(office.office, office.people.toni, forked.workflowId)).toMatchObject({ status: 'done' });
  expect(await office.query('select id from payments where invoice_id = $1', [invoiceId])).toHaveLength(1);
});

test('only who operates the automation may, with a reason, and only within the own organization', async () => {
  const { workflowId } = await waitingForAna();
  const order = { workflowId, reason: 'Because.' };
  await expect(cancelRun(office.office, office.people.ana, order)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await expect(cancelRun(office.office, office.people.toni, { workflowId, reason: ' ' })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_DECISION_INCOMPLETE',
  });
  const stranger = { ...office.people.toni, organizationId: 'org_other' };
  await expect(cancelRun(office.office, stranger, order)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_FOUND' });
  await expect(resumeRun(office.office, office.people.toni, order)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_RUN_STATE' });
});
