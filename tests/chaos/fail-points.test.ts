import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { openChaosOffice, type ChaosOffice } from './chaos-office.ts';
import { failModes, type FailPoint } from './fail-points.ts';

let database: TestDatabase;
let office: ChaosOffice;

beforeEach(async () => {
  database = await createTestDatabase();
  await database.query(`grant create on database ${new URL(database.url).pathname.slice(1)} to deskhand_engine`);
  office = await openChaosOffice(database, {}, 300);
});
afterEach(async () => {
  await office?.close();
  await database?.drop();
});

test('a server that dies, or is lied to, before or after any durable write or outside call loses nothing and doubles nothing', async () => {
  // A first server in peace: it passes every point that one invoice has on its way.
  const peaceful = await office.startServer();
  await office.drop();
  await office.untilAllPaid(60_000);
  const straight = new Set(office.seen);
  // A second one whose answer from the bank is lost: the points on the way of asking.
  beInDoubt();
  await office.drop();
  await office.untilAllPaid(60_000);
  await peaceful.kill();
  const names = [...office.seen].toSorted();
  const points: FailPoint[] = names.flatMap((name) => failModes.map((mode) => ({ name, mode })));
  console.log(`fail points: ${names.length} places, ${points.length} in all\n  ${names.join('\n  ')}`);
  expect(names.some((name) => name.includes('bank-submit'))).toBe(true);

  const missed: string[] = [];
  for (const point of points) {
    const isReached = (await reach(point, !straight.has(point.name))) || (await reach(point, true));
    if (!isReached) missed.push(`${point.name} ${point.mode}`);
  }
  const last = await office.startServer();
  await office.untilAllPaid(60_000);
  // A repeated hand-over that is still on its way must find nothing to do.
  await delay(2000);
  await last.kill();
  console.log(`fail points: ${points.length - missed.length} reached; ${office.bank.duplicates()} files reached the bank twice`);
  await office.checkBooks();
  expect(missed).toEqual([]);

  /** The next file arrives, but the bank's answer and its first answers to our questions are lost. */
  function beInDoubt(): void {
    office.bank.next('drop-after');
    office.bank.nextAsk('ask-drop', 'ask-drop', 'ask-drop', 'ask-drop');
  }

  /** One invoice on a server with this point armed. One that is only lied to lives, and gets the time of an invoice. */
  async function reach(point: FailPoint, isInDoubt: boolean): Promise<boolean> {
    if (isInDoubt) beInDoubt();
    const server = await office.startServer(point);
    await office.drop();
    const died = await untilFired(server.ended);
    if (!died) await server.kill();
    return died || point.mode === 'torn';
  }

  /** Pays what comes up until the server has died; one that is only lied to gets the time of an invoice. */
  async function untilFired(ended: Promise<void>): Promise<boolean> {
    let isDead = false;
    void ended.then(() => (isDead = true));
    const giveUpAt = performance.now() + 8000;
    const paidBefore = office.bank.booked().length;
    while (!isDead && performance.now() < giveUpAt) {
      await office.pay();
      await Promise.race([ended, delay(50)]);
      const isTornAndThrough = office.bank.booked().length > paidBefore && performance.now() > giveUpAt - 6000;
      if (isTornAndThrough && !isDead) break;
    }
    return isDead;
  }
});
