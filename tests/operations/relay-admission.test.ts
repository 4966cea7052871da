import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeskhandError } from '#domain/errors';
import { openOutboxOffice, type OutboxOffice } from '../support/outbox.ts';
import { seededRandom } from '../support/random.ts';

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
/** Long enough for a relay that would wrongly go on. */
const aMoment = (): Promise<void> => delay(120);
const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

test('no more than the limits of organization and connection are in flight; each that settles lets one in', async () => {
  const organization = await office.addOrganization();
  await office.limit(organization, { organizationConcurrency: 5, connectionConcurrency: 3 });
  for (const id of names('a', 8)) await office.add(organization, id, { connectionId: 'con_a' });
  for (const id of names('b', 8)) await office.add(organization, id, { connectionId: 'con_b' });
  office.start();
  await until(() => office.noting.started.length === 5);
  await aMoment();
  expect(office.noting.started.filter((id) => id.startsWith('a'))).toHaveLength(3);
  expect(office.noting.started).toHaveLength(5);
  await office.settle(organization, office.noting.started[0] ?? '');
  await until(() => office.noting.started.length === 6);
  await aMoment();
  expect(office.noting.started).toHaveLength(6);
});

test('a connection begins no more in a minute than its rate', async () => {
  const organization = await office.addOrganization();
  await office.limit(organization, { connectionPerMinute: 4 });
  for (const id of names('a', 8)) await office.add(organization, id);
  office.start();
  await until(() => office.noting.started.length === 4);
  for (const id of office.noting.started) await office.settle(organization, id);
  await aMoment();
  expect(office.noting.started).toHaveLength(4);
  await office.query("update outbox set admitted_at = admitted_at - interval '2 minutes' where admitted_at is not null");
  await until(() => office.noting.started.length === 8);
});

test('an organization with a thousand messages does not keep another waiting: the one with the least in flight goes first', async () => {
  const [crowd, single] = [await office.addOrganization(), await office.addOrganization()];
  await office.query(
    `insert into outbox (organization_id, kind, workflow_id, payload, connection_id)
      select $1, 'start', 'crowd' || n, '{"workflow":"handle-message"}', 'con' from generate_series(1, 1000) n`,
    [crowd],
  );
  office.start({ workLimit: 6 });
  await until(() => office.noting.started.length === 6);
  for (const id of names('single', 3)) await office.add(single, id);
  for (let turn = 0; turn < 3; turn += 1) {
    const last = office.noting.started.length;
    await office.settle(crowd, office.noting.started[turn] ?? '');
    await until(() => office.noting.started.length > last);
  }
  expect(office.noting.started.slice(6)).toEqual(names('single', 3));
});

test('what a person waits for goes before what came by itself', async () => {
  const organization = await office.addOrganization();
  await office.limit(organization, { organizationConcurrency: 1 });
  await office.add(organization, 'mail', { priority: 40 });
  await office.add(organization, 'upload', { priority: 20 });
  office.start();
  await until(() => office.noting.started.length === 1);
  await office.settle(organization, 'upload');
  await until(() => office.noting.started.length === 2);
  expect(office.noting.started).toEqual(['upload', 'mail']);
});

test('work without a connection and signals pass at full limits', async () => {
  const organization = await office.addOrganization();
  await office.limit(organization, { organizationConcurrency: 0 });
  await office.add(organization, 'mail');
  await office.add(organization, 'question', null);
  await office.signal(organization, 'other');
  office.start();
  await until(() => office.noting.started.length === 1 && office.noting.signals.length === 1);
  await until(async () => (await office.states(organization))['question'] === 'settled');
  expect(await office.states(organization)).toEqual({ mail: 'waiting', question: 'settled', other: 'settled' });
});

const seed = 20_261_123;
test(`of one thread only the oldest goes at a time, by whatever relays and in whatever order others settle (seed ${seed})`, async () => {
  const random = seededRandom(seed);
  const organization = await office.addOrganization();
  const threads = names('thread', 6);
  const all: string[] = [];
  for (let index = 0; index < 60; index += 1) {
    const thread = threads[Math.floor(random() * threads.length)] ?? '';
    const id = `${thread}:${String(index).padStart(3, '0')}`;
    all.push(id);
    await office.add(organization, id, { orderingKey: thread });
  }
  const inFlight = new Set<string>();
  let most = 0;
  office.noting.during = async (id) => {
    inFlight.add(id);
    const threadsNow = [...inFlight].map((one) => one.split(':')[0]);
    expect(new Set(threadsNow).size).toBe(threadsNow.length);
    most = Math.max(most, inFlight.size);
    await delay(random() * 4);
  };
  office.start();
  office.start();
  while (office.noting.started.length < 60 || inFlight.size > 0) {
    const taken = [...inFlight].filter((id) => office.noting.started.includes(id));
    const next = taken[Math.floor(random() * taken.length)];
    if (next !== undefined) {
      inFlight.delete(next);
      await office.settle(organization, next);
    }
    await delay(2);
  }
  for (const thread of threads) {
    expect(office.noting.started.filter((id) => id.startsWith(thread))).toEqual(all.filter((id) => id.startsWith(thread)));
  }
  expect(most).toBeGreaterThan(2);
});

test('the documents of one mail go side by side, those of the next mail of the thread after them', async () => {
  const organization = await office.addOrganization();
  const of = (mail: string) => ({ orderingKey: 'thread', orderingGroup: mail });
  for (const id of ['a1', 'a2']) await office.add(organization, id, of('a'));
  for (const id of ['b1', 'b2']) await office.add(organization, id, of('b'));
  office.start();
  await until(() => office.noting.started.length === 2);
  await office.settle(organization, 'a2');
  await aMoment();
  expect(office.noting.started.toSorted()).toEqual(['a1', 'a2']);
  await office.settle(organization, 'a1');
  await until(() => office.noting.started.length === 4);
});

test(`writers and settlers of one thread at the same time never leave anything behind (seed ${seed})`, async () => {
  const random = seededRandom(seed);
  const organization = await office.addOrganization();
  office.noting.during = async (id) => {
    await delay(random() * 3);
    setTimeout(() => void office.settle(organization, id), random() * 5);
  };
  office.start();
  await Promise.all(
    names('w', 120).map(async (id) => {
      await delay(random() * 300);
      await office.add(organization, id, { orderingKey: `k${Math.floor(random() * 4)}` });
    }),
  );
  await until(async () => (await office.query("select 1 from outbox where state <> 'settled'")).length === 0);
  expect(new Set(office.noting.started).size).toBe(120);
});

test('a relay that dies between hand-over and commit hands over again, and nothing is started twice', async () => {
  const organization = await office.addOrganization();
  for (const id of names('a', 10)) await office.add(organization, id);
  await office.signal(organization, 'a0');
  const { database } = office.testDatabase;
  let transactions = 0;
  // The first transaction claims; every later one is lost, as by a power cut.
  const dying: typeof database = {
    ...database,
    inSystem: (work) => {
      transactions += 1;
      return transactions === 1
        ? database.inSystem(work)
        : Promise.reject(new DeskhandError({ code: 'DH_TEST_DEAD', kind: 'unavailable', retryable: true }, 'dead'));
    },
  };
  const dead = office.start({ database: dying });
  await until(() => office.noting.started.length === 10 && office.noting.signals.length === 1);
  await dead.stop();
  expect(Object.values(await office.states(organization))).toContain('admitted');
  const callsBefore = office.noting.calls;
  await office.query("update outbox set admitted_at = admitted_at - interval '1 minute' where state = 'admitted'");
  office.start();
  await until(async () => (await office.query("select 1 from outbox where state = 'admitted'")).length === 0);
  expect(office.noting.calls).toBe(callsBefore + 11);
  expect(office.noting.started).toHaveLength(10);
  expect(office.noting.signals).toHaveLength(1);
});

test('three relays at once start each piece of work once', async () => {
  const organization = await office.addOrganization();
  await office.limit(organization, { organizationConcurrency: 1000, connectionConcurrency: 1000 });
  for (const id of names('a', 200)) await office.add(organization, id);
  for (let relay = 0; relay < 3; relay += 1) office.start({ workLimit: 1000 });
  await until(() => office.noting.started.length === 200);
  await aMoment();
  expect(office.noting.calls).toBe(200);
});

test('work that nobody settles within an hour holds up nothing any more', async () => {
  const organization = await office.addOrganization();
  await office.add(organization, 'lost', { orderingKey: 'k' });
  await office.add(organization, 'behind', { orderingKey: 'k' });
  office.start({ sweepEveryMs: 10 });
  await until(async () => (await office.states(organization))['lost'] === 'running');
  await aMoment();
  expect(office.noting.started).toEqual(['lost']);
  await office.query("update outbox set admitted_at = admitted_at - interval '61 minutes'");
  await office.query("select pg_notify('deskhand_outbox', '')");
  await until(() => office.noting.started.includes('behind'));
});
