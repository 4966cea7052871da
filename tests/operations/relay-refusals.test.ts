import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { decideTask, type Office } from '#orchestration';
import { newId, systemClock } from '#platform';
import { openOutboxOffice, type OutboxOffice } from '../support/outbox.ts';

let office: OutboxOffice;
beforeEach(async () => {
  office = await openOutboxOffice();
});
afterEach(() => office.close());

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await condition()) && performance.now() < end) await delay(5);
  expect(await condition()).toBe(true);
}
const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const refusal = (retryable: boolean): Error =>
  new DeskhandError({ code: 'DH_TEST_REFUSED', kind: 'defect', retryable }, 'No workflow is named so.');

async function tasksOf(
  organization: string,
): Promise<readonly { id: string; workflow_id: string; question: string; choices: string[]; status: string }[]> {
  return office.query("select * from tasks where organization_id = $1 and kind = 'failed' order by created_at", [organization]);
}

async function addManager(organization: string): Promise<Actor> {
  const memberId = newId('mem');
  await office.query("insert into members (id, organization_id, name, email, roles) values ($1, $2, 'ana', 'ana@x', '{office-manager}')", [
    memberId,
    organization,
  ]);
  return { memberId, organizationId: organization, name: 'ana', roles: ['office-manager'] };
}

const decide = (actor: Actor, taskId: string, decision: string, note?: string): Promise<void> =>
  decideTask({ database: office.testDatabase.database, clock: systemClock } as Office, actor, { taskId, decision, note });

test('fifty poisoned messages hold up nothing and end as tasks that say why', async () => {
  const organization = await office.addOrganization();
  for (const id of names('poison', 50)) await office.add(organization, id);
  for (const id of names('good', 20)) await office.add(organization, id);
  office.noting.refusal = (id) => (id.startsWith('poison') ? refusal(false) : null);
  office.start({ backOffMs: 2 });
  await until(() => office.noting.started.length === 12);
  for (const id of names('good', 20)) {
    await until(() => office.noting.started.includes(id));
    await office.settle(organization, id);
  }
  await until(async () => (await tasksOf(organization)).length === 50);
  const [task] = await tasksOf(organization);
  expect(task).toMatchObject({
    choices: ['retry', 'dismiss'],
    status: 'open',
    question: expect.stringContaining('No workflow is named so. It was tried 10 times.'),
  });
  expect((await office.query("select attempts from outbox where state = 'dead'")).map((row) => row['attempts'])).toEqual(
    Array.from({ length: 50 }, () => 10),
  );
  expect((await office.metrics.read()).text).toContain('deskhand_dead_letters_total{kind="start"} 50');
});

test('a dead letter that is tried again starts; one that is set aside stays where it is, with the reason', async () => {
  const organization = await office.addOrganization();
  const ana = await addManager(organization);
  for (const id of ['again', 'aside']) await office.add(organization, id, { orderingKey: 'thread' });
  await office.add(organization, 'behind', { orderingKey: 'thread' });
  office.noting.refusal = (id) => (id === 'behind' ? null : refusal(false));
  office.start({ backOffMs: 1 });
  await until(async () => (await tasksOf(organization)).length === 2);
  await until(() => office.noting.started.includes('behind'));
  await office.settle(organization, 'behind');
  office.noting.refusal = () => null;
  const tasks = await tasksOf(organization);
  const of = (workflowId: string): string => tasks.find((task) => task.workflow_id === workflowId)?.id ?? '';
  await decide(ana, of('again'), 'retry');
  await decide(ana, of('aside'), 'dismiss', 'It came by mistake.');
  await until(() => office.noting.started.includes('again'));
  // That it was taken is written down after the engine has it.
  await until(async () => (await office.states(organization))['again'] === 'running');
  expect(await office.states(organization)).toMatchObject({ aside: 'dead', behind: 'settled' });
  expect(await office.query('select decision, note from tasks where id = $1', [of('aside')])).toEqual([
    { decision: 'dismiss', note: 'It came by mistake.' },
  ]);
  // Nothing waits for the answer, so no signal is sent.
  expect(office.noting.signals).toEqual([]);
});

test('a dead letter that dies again is asked about again', async () => {
  const organization = await office.addOrganization();
  const ana = await addManager(organization);
  await office.add(organization, 'twice');
  office.noting.refusal = () => refusal(false);
  office.start({ backOffMs: 1 });
  for (const times of [1, 2]) {
    await until(async () => (await tasksOf(organization)).length === times);
    const open = (await tasksOf(organization)).find(({ status }) => status === 'open');
    await decide(ana, open?.id ?? '', 'retry');
  }
  await until(async () => (await tasksOf(organization)).length === 3);
});

test('while the engine is away nothing dies, and all of it goes on when it is back', async () => {
  const organization = await office.addOrganization();
  for (const id of names('a', 12)) await office.add(organization, id);
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  office.noting.refusal = () => away;
  office.start({ backOffMs: 1 });
  await until(async () => (await office.query("select 1 from outbox where last_error is not null and state = 'resting'")).length > 0);
  await office.query("update outbox set attempts = 30 where state = 'resting'");
  await delay(300);
  expect(await tasksOf(organization)).toEqual([]);
  office.noting.refusal = () => null;
  await office.query("update outbox set next_attempt_at = now() where state = 'resting'");
  await until(() => office.noting.started.length === 12);
});

test('a message that fails by itself beside others that pass is its own fault, whatever it says', async () => {
  const organization = await office.addOrganization();
  await office.add(organization, 'odd');
  office.noting.refusal = (id) => (id === 'odd' ? refusal(true) : null);
  office.start({ backOffMs: 1 });
  for (const id of names('good', 12)) {
    await office.add(organization, id);
    await until(() => office.noting.started.includes(id));
    await office.settle(organization, id);
  }
  await office.query("update outbox set attempts = 20, next_attempt_at = now() where workflow_id = 'odd'");
  await until(async () => (await tasksOf(organization)).length === 1);
});

test('a decision that the engine refuses is a dead letter too, and those after it are delivered in order', async () => {
  const organization = await office.addOrganization();
  const ana = await addManager(organization);
  for (let count = 0; count < 3; count += 1) await office.signal(organization, 'workflow');
  const first = await office.query<{ id: string }>('select min(id)::text as id from outbox');
  office.noting.refusal = () => (office.noting.calls <= 10 ? refusal(false) : null);
  office.start({ backOffMs: 1 });
  await until(() => office.noting.signals.length === 2);
  const ids = [0, 1, 2].map((offset) => `outbox:${Number(first[0]?.id) + offset}`);
  expect(office.noting.signals).toEqual(ids.slice(1));
  const [task] = await tasksOf(organization);
  await decide(ana, task?.id ?? '', 'retry');
  await until(() => office.noting.signals.length === 3);
  expect(office.noting.signals.at(-1)).toBe(ids[0]);
});

test('signals to one workflow keep their order, however slow the first hand-over is', async () => {
  const organization = await office.addOrganization();
  for (let count = 0; count < 6; count += 1) await office.signal(organization, 'one');
  for (let count = 0; count < 6; count += 1) await office.signal(organization, `other${count}`);
  let delayMs = 40;
  office.noting.during = async (id) => {
    if (id === 'one') await delay((delayMs -= 6));
  };
  office.start();
  office.start();
  await until(() => office.noting.signals.length === 12);
  const order = office.noting.signals.map((id) => Number(id.split(':')[1]));
  const first = Math.min(...order);
  expect(order.filter((id) => id < first + 6)).toEqual(Array.from({ length: 6 }, (_, index) => first + index));
});
