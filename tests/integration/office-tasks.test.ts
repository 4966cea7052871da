import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  assignTask,
  claimTask,
  createActivities,
  decideTask,
  decideTasks,
  getTask,
  listTasks,
  releaseTask,
  resumeTask,
  waitForAnswer,
} from '#orchestration';
import { openTestOffice, type Person, type TaskState, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers } from '../support/office-records.ts';
import { seededRandom } from '../support/random.ts';

let office: TestOffice;
let wakes = 0;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
  // The account's country says which holidays count; Berlin's clock is an hour ahead in March.
  await office.query("update organizations set country = 'DE'");
});
afterAll(() => office.close());

/** An approval that waits; 50 boxes are the office manager's, 200 an approver's, 1000 two people's. */
async function approvalOf(quantity: string): Promise<TaskState> {
  const invoiceId = await cleanInvoice(office, { quantity, price: '18.90' });
  const [task] = await office.openTasks(invoiceId);
  if (task === undefined) throw new Error('There is no approval.');
  return task;
}

/** What the engine does when the moment of a waiting workflow comes, at this day and hour. */
async function wakeAt(task: TaskState, at: string): Promise<void> {
  office.setTime(at);
  const [row] = await office.query<{ workflow_id: string }>('select workflow_id from tasks where id = $1', [task.id]);
  wakes += 1;
  const context = {
    workflowId: row?.workflow_id ?? '',
    idempotencyKey: `test-wake-${wakes}`,
    traceParent: null,
    signal: AbortSignal.timeout(10_000),
    heartbeat: () => undefined,
  };
  await createActivities(office.office).remind(context, { organizationId: office.organizationId });
}

interface Row {
  readonly [column: string]: unknown;
}
const rowOf = async (task: TaskState): Promise<Row> =>
  (await office.query<Row>('select *, due_on::text as due_day from tasks where id = $1', [task.id]))[0] ?? {};
const instant = (value: unknown): string => (value as Date).toISOString();
const auditOf = async (task: TaskState): Promise<string[]> =>
  (await office.query<{ action: string }>('select action from audit_entries where $1 = any(subjects) order by sequence', [task.id])).map(
    ({ action }) => action,
  );
const claim = (person: Person, task: TaskState): Promise<void> => claimTask(office.office, office.people[person], { taskId: task.id });

test('a task is due in business days, over a weekend and a holiday, with its reminder and its next step known', async () => {
  office.setTime('2026-04-02T09:00:00Z');
  const task = await approvalOf('200');
  // Thursday before Easter; Friday and Monday are holidays: Tuesday, Wednesday, Thursday.
  expect(await rowOf(task)).toMatchObject({ due_day: '2026-04-09' });
  const view = await getTask(office.office, office.people.bo, task.id);
  expect(view.time).toMatchObject({ state: 'running', businessDaysLeft: 3, dueAt: '2026-04-09T15:00:00.000Z' });
  expect(view.time?.lateness).toEqual({ kind: 'not-enough-history', has: 0, needs: 20 });
  expect(view.wait).toEqual({
    what: 'an approval',
    whom: 'the approver',
    since: '2026-04-02T09:00:00.000Z',
    until: '2026-04-08T07:00:00.000Z',
    next: 'the approver is reminded.',
  });
});

test('a person in another country has that country’s days', async () => {
  office.setTime('2026-05-06T09:00:00Z');
  await office.query("update members set country = 'FR' where id = $1", [office.people.bela.memberId]);
  const task = await approvalOf('200');
  expect(await rowOf(task)).toMatchObject({ due_day: '2026-05-11' });
  expect(instant((await rowOf(task))['remind_at'])).toBe('2026-05-08T07:00:00.000Z');
  // 8 May is a holiday in France: she is reminded the day before.
  await assignTask(office.office, office.people.ana, { taskId: task.id, memberId: office.people.bela.memberId });
  expect(instant((await rowOf(task))['remind_at'])).toBe('2026-05-07T07:00:00.000Z');
});

test('nobody decides: reminded, handed from the person to the role and up the line, over a weekend and a holiday', async () => {
  office.setTime('2026-04-02T09:00:00Z');
  const task = await approvalOf('50');
  await claim('ana', task);
  await wakeAt(task, '2026-04-08T07:00:00Z');
  expect(await rowOf(task)).toMatchObject({ reminders: 1, escalation_level: 0 });
  await wakeAt(task, '2026-04-09T15:00:00Z');
  expect(await rowOf(task)).toMatchObject({ reminders: 2 });
  // Due on Thursday; two business days later is the Monday after the weekend.
  expect(instant((await rowOf(task))['escalate_at'])).toBe('2026-04-13T15:00:00.000Z');
  await wakeAt(task, '2026-04-10T08:00:00Z');
  expect(await rowOf(task)).toMatchObject({ escalation_level: 0, reminders: 3 });
  await wakeAt(task, '2026-04-13T15:00:00Z');
  // Ana is the only office manager, so it goes up at once.
  expect(await rowOf(task)).toMatchObject({ role: 'approver', member_id: null, claimed_at: null, escalation_level: 1 });
  await wakeAt(task, '2026-04-15T15:00:00Z');
  expect(await rowOf(task)).toMatchObject({ role: 'controller', escalation_level: 2 });
  await wakeAt(task, '2026-04-17T15:00:00Z');
  // The end of the line: it stays, and is reminded of.
  expect(await rowOf(task)).toMatchObject({ role: 'controller', escalation_level: 2, escalate_at: null });
  expect((await auditOf(task)).filter((action) => action === 'task.escalated')).toHaveLength(2);
  await office.decide('katrin', task, { decision: 'approve' });
  expect(await office.invoice(task.invoice_id ?? '')).toMatchObject({ status: 'scheduled' });
});

test('a second approval that is handed up never reaches somebody who approved before', async () => {
  office.setTime('2026-06-08T09:00:00Z');
  const first = await approvalOf('1000');
  await office.decide('bo', first, { decision: 'approve' });
  const [second] = await office.openTasks(first.invoice_id ?? '');
  if (second === undefined) throw new Error('There is no second approval.');
  await claim('kim', second);
  await wakeAt(second, '2026-06-15T15:00:00Z');
  expect(await rowOf(second)).toMatchObject({ role: 'controller', member_id: null, escalation_level: 1 });
  await expect(claim('bo', second)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await office.decide('katrin', second, { decision: 'approve' });
});

test('while an outside answer is awaited the clock stands, and the time is given back', async () => {
  office.setTime('2026-03-03T09:00:00Z');
  const task = await approvalOf('200');
  expect(instant((await rowOf(task))['due_at'])).toBe('2026-03-06T16:00:00.000Z');
  const wait = { taskId: task.id, waitingFor: 'Nordwind', reason: 'asked for a credit note' };
  await expect(waitForAnswer(office.office, office.people.bo, { ...wait, until: '2026-06-01' })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_VALUE_INVALID',
  });
  await waitForAnswer(office.office, office.people.bo, { ...wait, until: '2026-03-11' });
  await wakeAt(task, '2026-03-06T16:00:00Z');
  expect(await rowOf(task)).toMatchObject({ reminders: 0, escalation_level: 0 });
  const view = await getTask(office.office, office.people.bo, task.id);
  expect(view.time).toMatchObject({ state: 'paused' });
  expect(view.wait).toMatchObject({ what: 'an answer: asked for a credit note', whom: 'Nordwind', until: '2026-03-11T16:00:00.000Z' });
  office.setTime('2026-03-09T09:00:00Z');
  await resumeTask(office.office, office.people.bo, { taskId: task.id });
  // Four working days stood: Tuesday 10:00 to Monday 10:00.
  expect(instant((await rowOf(task))['due_at'])).toBe('2026-03-12T16:00:00.000Z');
  await waitForAnswer(office.office, office.people.bo, { ...wait, until: '2026-03-10' });
  await wakeAt(task, '2026-03-10T16:00:00Z');
  // Nobody answered: the clock runs again by itself, two working days later (Monday 10:00 to Tuesday 17:00).
  expect(await rowOf(task)).toMatchObject({ waiting_since: null, waiting_for: null });
  expect(instant((await rowOf(task))['due_at'])).toBe('2026-03-16T15:00:00.000Z');
  await office.decide('bo', task, { decision: 'approve' });
  const [row] = await office.query<{ ms: string }>('select decided_in_ms as ms from tasks where id = $1', [task.id]);
  // Until Tuesday 17:00; only the moments between the waits count as worked.
  expect(Number(row?.ms)).toBeLessThan(60_000);
});

test('of all who claim one task at the same time exactly one gets it, whoever asks first (seed 11)', async () => {
  office.setTime('2026-03-02T09:00:00Z');
  const random = seededRandom(11);
  for (let round = 0; round < 5; round += 1) {
    const task = await approvalOf('200');
    const askers = Array.from({ length: 8 }, (): Person => (random() < 0.5 ? 'bo' : 'bela'));
    const outcomes = await Promise.allSettled(askers.map((person) => claim(person, task)));
    const holder = (await rowOf(task))['member_id'];
    for (const [index, outcome] of outcomes.entries()) {
      const person = askers[index] ?? 'bo';
      expect(outcome.status, `round ${round}, ${person}`).toBe(office.people[person].memberId === holder ? 'fulfilled' : 'rejected');
    }
    expect((await auditOf(task)).filter((action) => action === 'task.claimed')).toHaveLength(1);
  }
});

test('who has taken a task decides it alone; given back, anyone of the role may', async () => {
  const task = await approvalOf('200');
  await expect(claim('ana', task)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await claim('bo', task);
  await expect(decideTask(office.office, office.people.bela, { taskId: task.id, decision: 'approve' })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_TASK_TAKEN',
  });
  await expect(releaseTask(office.office, office.people.bela, { taskId: task.id })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_NOT_ALLOWED',
  });
  await expect(
    assignTask(office.office, office.people.bela, { taskId: task.id, memberId: office.people.bela.memberId }),
  ).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await expect(
    assignTask(office.office, office.people.katrin, { taskId: task.id, memberId: office.people.ana.memberId }),
  ).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  await releaseTask(office.office, office.people.bo, { taskId: task.id });
  await office.decide('bela', task, { decision: 'approve' });
  expect(await auditOf(task)).toEqual(expect.arrayContaining(['task.claimed', 'task.released', 'task.decided']));
  await expect(claim('bo', task)).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_TASK_CLOSED' });
});

test('one answer to several tasks needs the sum that was seen, and is all or none, or each for itself', async () => {
  const tasks = [await approvalOf('50'), await approvalOf('60'), await approvalOf('200')];
  const taskIds = tasks.map((task) => task.id);
  const decide = (person: Person, mode: 'all' | 'each', amount: string) =>
    decideTasks(office.office, office.people[person], { taskIds, decision: 'approve', mode, sums: [{ amount, currency: 'EUR' }] });
  // 310 boxes at 18.90 and 19 %.
  await expect(decide('ana', 'each', '6972.20')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_SUM_DIFFERS' });
  const none = await decide('ana', 'all', '6972.21');
  expect(none.results.map(({ outcome }) => outcome).toSorted()).toEqual(['not-done', 'not-done', 'refused']);
  expect(none.results.find(({ outcome }) => outcome === 'refused')).toMatchObject({
    taskId: taskIds[2],
    code: 'DH_ORCHESTRATION_FOUR_EYES',
  });
  expect(await office.query("select from tasks where id = any($1) and status = 'done'", [taskIds])).toEqual([]);
  const some = await decide('ana', 'each', '6972.21');
  expect(some.results.filter(({ outcome }) => outcome === 'decided')).toHaveLength(2);
  await office.settle();
  for (const task of tasks.slice(0, 2)) expect(await auditOf(task)).toContain('task.decided');
  expect(await office.invoice(tasks[0]?.invoice_id ?? '')).toMatchObject({ status: 'scheduled' });
  const more = [await approvalOf('50'), await approvalOf('60')];
  const all = await decideTasks(office.office, office.people.katrin, {
    taskIds: more.map((task) => task.id),
    decision: 'approve',
    mode: 'all',
    sums: [{ amount: '2474.01', currency: 'EUR' }],
  });
  expect(all.results.every(({ outcome }) => outcome === 'decided')).toBe(true);
  await office.settle();
  await expect(
    decideTasks(office.office, office.people.bo, { taskIds: [taskIds[2] ?? ''], decision: 'verify', mode: 'each', sums: [] }),
  ).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_TOGETHER' });
});

test('what will probably be late is said from the organization’s own history, once there is enough of it', async () => {
  office.setTime('2026-03-02T09:00:00Z');
  const task = await approvalOf('200');
  const [template] = await office.query<{ id: string }>("select id from tasks where status = 'done' limit 1");
  // Twenty-five earlier approvals, most of which took five working days.
  await office.query(
    `insert into tasks (id, organization_id, workflow_id, key, kind, reason, title, question, choices, role, status, decision, decided_by, decided_at, decided_in_ms)
     select 'tsk_history_' || n, organization_id, 'history', 'history' || n, 'approval', reason, title, question, choices, role, 'done', 'approve', $2, now(),
            case when n <= 5 then 3600000 else 144000000 end
       from tasks, generate_series(1, 25) n where id = $1`,
    [template?.id, office.people.bo.memberId],
  );
  const view = await getTask(office.office, office.people.bo, task.id);
  expect(view.time?.lateness).toMatchObject({ kind: 'predicted', isLikelyLate: true, basedOn: expect.any(Number) as number });
  const { items } = await listTasks(office.office, office.people.bo, { view: 'mine' });
  expect(items.find((item) => item.id === task.id)?.time?.lateness).toEqual(view.time?.lateness);
});
