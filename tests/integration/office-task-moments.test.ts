import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelRun, claimTask, pauseWork, resumeWork, waitForAnswer } from '#orchestration';
import { newId } from '#platform';
import { sweepTasks } from '../../src/orchestration/tasks/sweep-tasks.ts';
import { failureOf, openTestOffice, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers, orderPaper, paperInvoice } from '../support/office-records.ts';

let office: TestOffice;
let shiftMs = 0;

/** A clock that runs, and that a test may put forward. */
const clock = { now: () => new Date(Date.now() + shiftMs) };
const setClock = (instant: string): void => {
  shiftMs = Date.parse(instant) - Date.now();
};

beforeAll(async () => {
  setClock('2026-03-02T09:00:00Z');
  office = await openTestOffice({ clock });
  await importSuppliers(office);
  await office.query("update organizations set country = 'DE'");
});
afterAll(() => office.close());

const rowOf = async (id: string | undefined) => (await office.query('select * from tasks where id = $1', [id ?? '']))[0] ?? {};

test('the waiting workflow wakes at the task’s own moment, not a day later, and reminds', async () => {
  setClock('2026-03-02T09:00:00Z');
  const [task] = await office.openTasks(await cleanInvoice(office, { quantity: '200', price: '18.90' }));
  expect(await rowOf(task?.id)).toMatchObject({ reminders: 0, remind_at: new Date('2026-03-04T08:00:00Z') });
  const [before] = await office.query<{ n: number }>("select count(*)::int as n from audit_entries where action = 'invoice.assessed'");
  setClock('2026-03-04T07:59:58Z');
  // Who takes it wakes the workflow, which only looks when it has to wake next.
  await claimTask(office.office, office.people.bo, { taskId: task?.id ?? '' });
  await expect.poll(async () => (await rowOf(task?.id))['reminders'], { timeout: 20_000, interval: 200 }).toBe(1);
  const [after] = await office.query<{ n: number }>("select count(*)::int as n from audit_entries where action = 'invoice.assessed'");
  // Looked at again after the reminder, and not because somebody took it.
  expect(Number(after?.n) - Number(before?.n)).toBeLessThanOrEqual(1);
});

test('an outside answer that does not come ends the pause by itself', async () => {
  setClock('2026-03-02T09:00:00Z');
  const [task] = await office.openTasks(await cleanInvoice(office, { quantity: '200', price: '18.90' }));
  const wait = { taskId: task?.id ?? '', waitingFor: 'Nordwind', reason: 'credit note', until: '2026-03-03' };
  await waitForAnswer(office.office, office.people.bo, wait);
  setClock('2026-03-03T15:59:58Z');
  await waitForAnswer(office.office, office.people.bo, wait);
  await expect.poll(async () => (await rowOf(task?.id))['waiting_since'], { timeout: 20_000, interval: 200 }).toBeNull();
});

test('work that failed is reminded of as well, and goes on when somebody says so', async () => {
  setClock('2026-03-02T09:00:00Z');
  office.failNext('assessInvoice', 1, failureOf(false));
  const order = await orderPaper(office, { quantity: '200', price: '18.90' });
  await office.receive(paperInvoice(order, { quantity: '200', price: '18.90' }));
  const task = (await office.openTasks()).find(({ kind }) => kind === 'failed');
  expect(await rowOf(task?.id)).toMatchObject({ remind_at: new Date('2026-03-03T16:00:00Z') });
  setClock('2026-03-03T15:59:58Z');
  await claimTask(office.office, office.people.ana, { taskId: task?.id ?? '' });
  await expect.poll(async () => (await rowOf(task?.id))['reminders'], { timeout: 20_000, interval: 200 }).toBe(1);
  await office.decide('ana', task, { decision: 'retry' });
  expect((await office.openTasks()).some(({ kind }) => kind === 'failed')).toBe(false);
});

test('questions of a cancelled run, and of work that never began, have their clock all the same', async () => {
  setClock('2026-03-02T09:00:00Z');
  const [task] = await office.openTasks(await cleanInvoice(office, { quantity: '200', price: '18.90' }));
  const { workflow_id: workflowId } = await rowOf(task?.id);
  await cancelRun(office.office, office.people.toni, { workflowId: String(workflowId), reason: 'It is looked into.' });
  const buried = newId('tsk');
  await office.query(
    `insert into tasks (id, organization_id, workflow_id, key, kind, reason, title, question, choices, role, created_at)
     values ($1, $2, 'document:never', 'dead-letter:1:1', 'failed', 'failed', 'Stuck', 'Again?', '{retry}', 'office-manager', '2026-03-02T09:00:00Z')`,
    [buried, office.organizationId],
  );
  setClock('2026-03-02T09:20:00Z');
  expect(await sweepTasks(office.office)).toBe(1);
  expect(await rowOf(buried)).toMatchObject({ reminders: 0, remind_at: new Date('2026-03-03T16:00:00Z') });
  setClock('2026-03-04T08:10:00Z');
  // Ten minutes after its moment a living workflow may still come; and while all stands still nobody is reminded.
  const organization = { target: { scope: 'organization' }, reason: 'The bank called.' } as const;
  await sweepTasks(office.office);
  expect(await rowOf(task?.id)).toMatchObject({ reminders: 0 });
  setClock('2026-03-04T08:16:00Z');
  await pauseWork(office.office, office.people.katrin, organization);
  expect(await sweepTasks(office.office)).toBe(0);
  await resumeWork(office.office, office.people.katrin, organization);
  await Promise.all([sweepTasks(office.office), sweepTasks(office.office)]);
  expect([await rowOf(task?.id), await rowOf(buried)]).toMatchObject([{ reminders: 1 }, { reminders: 1 }]);
});
