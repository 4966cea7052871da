import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideTask, getAutomation, openConnection, pauseWork, receiveMessage, resumeWork, verifyAudit } from '#orchestration';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';

let office: TestOffice;
let order: string;
/** When each activity began, on the clock of `performance.now`. */
const begun: number[] = [];

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
  // Ordered before anything stands still: the office must come to rest for it.
  order = await orderPaper(office, { quantity: '10000', price: '1.00' });
  const { metrics } = office.office;
  const observe = metrics.observe.bind(metrics);
  Object.assign(metrics, {
    observe: (name: string, labels: never, seconds: number) => {
      if (name === 'activitySeconds') begun.push(performance.now() - seconds * 1000);
      observe(name as 'activitySeconds', labels, seconds);
    },
  });
});
afterAll(() => office.close());

const organization = { target: { scope: 'organization' }, reason: 'The bank called.' } as const;
const everything = { target: { scope: 'installation' }, reason: 'Fire drill.' } as const;

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 30_000;
  while (!(await condition()) && performance.now() < end) await delay(5);
  expect(await condition()).toBe(true);
}

async function dropMany(count: number): Promise<string[]> {
  const papers = Array.from({ length: count }, () => paperInvoice(order, { quantity: '10', price: '1.00' }));
  await Promise.all(papers.map((paper) => office.drop(paper)));
  return papers.map((paper) => paper.number ?? '');
}

async function statuses(numbers: readonly string[]): Promise<string[]> {
  const rows = await office.query<{ status: string }>('select status from invoices where number = any($1)', [numbers]);
  return rows.map(({ status }) => status);
}

test('stop-all in the middle of work lets no activity begin after a second; people go on, and nothing is lost', async () => {
  const waiting = await cleanInvoice(office, { quantity: '50', price: '18.90' });
  const [approval] = await office.openTasks(waiting);
  begun.length = 0;
  const numbers = await dropMany(30);
  await until(() => begun.length > 40);
  await pauseWork(office.office, office.people.katrin, organization);
  const stoppedAt = performance.now();
  await delay(1700);
  const late = begun.filter((at) => at > stoppedAt);
  process.stderr.write(
    `stop-all: ${late.length} activities began after its commit, the last ${late.length === 0 ? '–' : `${Math.max(...late.map((at) => at - stoppedAt)).toFixed(1)} ms after`}; ${begun.length} before and after\n`,
  );
  expect(late.filter((at) => at - stoppedAt > 1000)).toEqual([]);
  expect(begun.length).toBeLessThan(30 * 6);

  const before = begun.length;
  await decideTask(office.office, office.people.ana, { taskId: approval?.id ?? '', decision: 'approve' });
  await office.drop(paperInvoice(order, { quantity: '10', price: '1.00' }));
  await delay(300);
  expect(begun.length).toBe(before);
  expect(await office.invoice(waiting)).toMatchObject({ status: 'awaiting-approval' });
  expect(await getAutomation(office.office, office.people.ana)).toMatchObject({
    isStopped: true,
    mayOperate: false,
    pauses: [{ scope: 'organization', reason: 'The bank called.', pausedBy: { name: 'katrin' } }],
  });

  await office.restart(() => resumeWork(office.office, office.people.katrin, organization));
  expect(await statuses(numbers)).toEqual(numbers.map(() => 'scheduled'));
  expect(await office.invoice(waiting)).toMatchObject({ status: 'scheduled' });
  expect(await office.query('select 1 from paused_runs')).toEqual([]);
  expect(await getAutomation(office.office, office.people.katrin)).toMatchObject({
    isStopped: false,
    waiting: 0,
    running: 0,
    pausedRuns: 0,
  });
  expect(await verifyAudit(office.office, office.people.katrin)).toMatchObject({ isIntact: true });
});

test('only one kind of workflow stands still when only that is paused', async () => {
  const documents = { target: { scope: 'workflow', workflow: 'handle-document' }, reason: 'A new reader is tried.' } as const;
  await pauseWork(office.office, office.people.toni, documents);
  expect(await pauseWork(office.office, office.people.toni, documents)).toEqual({ isNew: false });
  const numbers = await dropMany(3);
  await until(async () => (await office.query("select 1 from events where status = 'received'")).length === 0);
  await delay(100);
  expect(await statuses(numbers)).toEqual([]);
  await resumeWork(office.office, office.people.toni, documents);
  await office.settle();
  expect(await statuses(numbers)).toEqual(['scheduled', 'scheduled', 'scheduled']);
});

test('a paused connection begins nothing that waits, while another goes on', async () => {
  const [upload] = await office.query<{ id: string }>("select id from connections where kind = 'upload'");
  const target = { target: { scope: 'connection', connectionId: upload?.id ?? '' }, reason: 'Odd files.' } as const;
  await pauseWork(office.office, office.people.katrin, target);
  const numbers = await dropMany(2);
  await delay(300);
  expect(await statuses(numbers)).toEqual([]);
  const { connections } = await getAutomation(office.office, office.people.ana);
  expect(connections).toMatchObject([{ kind: 'upload', isPaused: true, waiting: 2 }]);
  await resumeWork(office.office, office.people.katrin, target);
  await office.settle();
  expect(await statuses(numbers)).toEqual(['scheduled', 'scheduled']);
});

test('a paused connection stops what has begun as well, before its next step, and no other connection’s work', async () => {
  const [upload] = await office.query<{ id: string }>("select id from connections where kind = 'upload'");
  const target = { target: { scope: 'connection', connectionId: upload?.id ?? '' }, reason: 'Odd files.' } as const;
  // It is paused once the document has been read; what is about to begin is the assessment.
  office.before('assessInvoice', async () => {
    await pauseWork(office.office, office.people.katrin, target);
    // Known everywhere after half a second, whatever became of the notification.
    await delay(600);
  });
  const [number] = await dropMany(1);
  await until(async () => (await getAutomation(office.office, office.people.ana)).pausedRuns === 1);
  expect(await statuses([number ?? ''])).toEqual(['in-review']);
  const other = await openConnection(office.office, office.organizationId, 'folder', 'other');
  const message = {
    externalId: '1',
    kind: 'file',
    fileName: 'other.txt',
    bytes: new TextEncoder().encode('other'),
    receivedAt: new Date(),
  } as const;
  const { eventId } = await receiveMessage(office.office, { organizationId: office.organizationId, connectionId: other, message });
  await until(async () => (await office.query("select 1 from events where id = $1 and status <> 'received'", [eventId])).length === 1);
  await resumeWork(office.office, office.people.katrin, target);
  await office.settle();
  expect(await statuses([number ?? ''])).toEqual(['scheduled']);
});

test('the whole installation is stopped by its operator only, and everybody sees it', async () => {
  await expect(pauseWork(office.office, office.people.katrin, everything)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await expect(pauseWork(office.office, office.people.ana, organization)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await pauseWork(office.office, office.people.toni, everything);
  expect(await getAutomation(office.office, office.people.bo)).toMatchObject({ isStopped: true, pauses: [{ scope: 'installation' }] });
  const numbers = await dropMany(2);
  await delay(200);
  expect(await statuses(numbers)).toEqual([]);
  await resumeWork(office.office, office.people.toni, everything);
  await office.settle();
  expect(await statuses(numbers)).toEqual(['scheduled', 'scheduled']);
  const actions = await office.query<{ action: string }>(
    "select action from audit_entries where action like 'automation.%' order by sequence",
  );
  expect(actions.map(({ action }) => action)).toEqual(
    Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? 'automation.paused' : 'automation.resumed')),
  );
});

test('a pause needs a reason and something to pause', async () => {
  await expect(pauseWork(office.office, office.people.katrin, { ...organization, reason: ' ' })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_VALUE_INVALID',
  });
  for (const target of [{ scope: 'connection', connectionId: 'con_none' } as const, { scope: 'workflow', workflow: 'none' } as const]) {
    await expect(pauseWork(office.office, office.people.katrin, { target, reason: 'x' })).rejects.toMatchObject({
      code: 'DH_ORCHESTRATION_NOT_FOUND',
    });
  }
  expect(await resumeWork(office.office, office.people.katrin, organization)).toEqual({ isNew: false, woken: 0 });
});
