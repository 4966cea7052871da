import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { claimTask, delegate, getOverview, listDelegations, listTasks, revokeDelegation } from '#orchestration';
import { openTestOffice, type Person, type TaskState, type TestOffice } from '../support/office.ts';
import { cleanInvoice, importSuppliers } from '../support/office-records.ts';
import { closeRebuildable } from '../support/rebuild.ts';

let office: TestOffice;

beforeAll(async () => {
  office = await openTestOffice();
  await importSuppliers(office);
});
beforeEach(async () => {
  office.setDay('2026-03-02');
  await office.query(`update delegations set revoked_at = now(), revoked_by = created_by where revoked_at is null`);
});
afterAll(() => closeRebuildable(office));

async function approvalOf(quantity: string): Promise<TaskState> {
  const [task] = await office.openTasks(await cleanInvoice(office, { quantity, price: '18.90' }));
  if (task === undefined) throw new Error('There is no approval.');
  return task;
}

const standIn = (from: Person, to: Person, startsOn = '2026-03-02', endsOn = '2026-03-06', by: Person = from) =>
  delegate(office.office, office.people[by], {
    fromMemberId: office.people[from].memberId,
    toMemberId: office.people[to].memberId,
    startsOn,
    endsOn,
  });
const sees = async (person: Person, task: TaskState): Promise<boolean> =>
  (await listTasks(office.office, office.people[person], { view: 'mine', limit: 200 })).items.some((item) => item.id === task.id);

test('while Ana is away, and only then, Katrin sees and decides what is hers, in her own name', async () => {
  const task = await approvalOf('50');
  expect(await sees('katrin', task)).toBe(false);
  await standIn('ana', 'katrin');
  expect(await sees('katrin', task)).toBe(true);
  const before = (await getOverview(office.office, office.people.katrin)).openTasks.mine;
  office.setDay('2026-03-07');
  expect(await sees('katrin', task)).toBe(false);
  expect((await getOverview(office.office, office.people.katrin)).openTasks.mine).toBeLessThan(before);
  office.setDay('2026-03-06');
  await office.decide('katrin', task, { decision: 'approve' });
  const [entry] = await office.query<{ actor: string; details: Record<string, unknown> }>(
    "select actor, details from audit_entries where action = 'task.decided' and $1 = any(subjects)",
    [task.id],
  );
  expect(entry).toMatchObject({ actor: office.people.katrin.memberId, details: { inPlaceOf: office.people.ana.memberId } });
});

test('a stand-in decides what the absent person had taken, and the duties stay separate', async () => {
  const first = await approvalOf('1000');
  await claimTask(office.office, office.people.bo, { taskId: first.id });
  await standIn('bo', 'bela');
  await office.decide('bela', first, { decision: 'approve' });
  const [second] = await office.openTasks(first.invoice_id ?? '');
  await standIn('kim', 'katrin');
  await standIn('katrin', 'bela', '2026-03-02', '2026-03-06', 'katrin').catch((thrown: unknown) =>
    expect(thrown).toMatchObject({ code: 'DH_ORCHESTRATION_STAND_IN_UNFIT' }),
  );
  await expect(office.decide('bela', second, { decision: 'approve' })).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_FOUR_EYES' });
  await office.decide('katrin', second, { decision: 'approve' });
});

test('a circle is refused with its chain, on the days that overlap only', async () => {
  await standIn('bo', 'bela', '2026-03-02', '2026-03-06');
  await expect(standIn('bela', 'bo', '2026-03-06', '2026-03-10')).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_DELEGATION_CIRCLE',
    message: expect.stringContaining('bela → bo → bela') as string,
  });
  await standIn('bela', 'bo', '2026-03-07', '2026-03-10');
});

test('of delegations that only together close a circle one is refused, also when both come at once', async () => {
  const outcomes = await Promise.allSettled([standIn('bo', 'bela'), standIn('bela', 'bo')]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('who may decide nothing of it can not stand in, nor two for one, nor anyone for the past', async () => {
  await expect(standIn('bo', 'ana')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_STAND_IN_UNFIT' });
  await expect(standIn('bo', 'bo')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_STAND_IN_UNFIT' });
  await expect(standIn('bo', 'bela', '2026-02-02', '2026-02-06')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_VALUE_INVALID' });
  await expect(standIn('bo', 'bela', '2026-03-06', '2026-03-02')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_VALUE_INVALID' });
  await standIn('ana', 'bo');
  await expect(standIn('ana', 'katrin', '2026-03-06', '2026-03-20')).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_DELEGATION_OVERLAPS',
  });
});

test('for somebody else only the controller or the administrator names a stand-in, and it ends when they say so', async () => {
  await expect(standIn('bo', 'bela', '2026-03-02', '2026-03-06', 'bela')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_NOT_ALLOWED' });
  const { delegationId } = await standIn('bo', 'bela', '2026-03-02', '2026-03-06', 'toni');
  const { items } = await listDelegations(office.office, office.people.ana);
  expect(items.find((item) => item.id === delegationId)).toMatchObject({ state: 'active', mayRevoke: false, to: { name: 'bela' } });
  await expect(revokeDelegation(office.office, office.people.bela, { delegationId })).rejects.toMatchObject({
    code: 'DH_ORCHESTRATION_NOT_ALLOWED',
  });
  await revokeDelegation(office.office, office.people.bo, { delegationId });
  await revokeDelegation(office.office, office.people.bo, { delegationId });
  const after = await listDelegations(office.office, office.people.ana);
  expect(after.items.find((item) => item.id === delegationId)).toMatchObject({ state: 'over' });
});
