import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ChaosOffice, ChaosServer } from './chaos-office.ts';
import type { FailPoint } from './fail-points.ts';

// An invoice is paid within a second; in doubt about the bank, within five.
const patienceMs = 8000;
const mostInvoicesAPoint = 3;

/**
 * Finds every fail point on an invoice's way, then has a server die, or be lied to, at each of them while invoices keep
 * arriving. At the end all are paid, once.
 */
export async function reachEveryFailPoint(office: ChaosOffice): Promise<void> {
  const straight = await seePointsInPeace(office);
  const names = [...office.seen].toSorted();
  console.log(`fail points: ${names.length} places, ${names.length * 3} in all\n  ${names.join('\n  ')}`);
  expect(names.some((name) => name.includes('bank-submit'))).toBe(true);

  const startedAt = performance.now();
  const missed: string[] = [];
  const reach = async (point: FailPoint, server: ChaosServer): Promise<void> => {
    for (let invoice = 0; invoice < mostInvoicesAPoint; invoice += 1) {
      // Points on the way of asking are passed only when the bank did not answer.
      if (invoice > 0 || !straight.has(point.name)) beInDoubt(office);
      await office.drop();
      if (await untilFired(office, server)) return;
    }
    missed.push(`${point.name} ${point.mode}`);
  };
  // One that is only lied to lives on, and is lied to at the next point.
  const liedTo = await office.startServer();
  for (const name of names) {
    const point: FailPoint = { name, mode: 'torn' };
    liedTo.arm(point);
    await reach(point, liedTo);
  }
  await liedTo.kill();
  const tornMs = performance.now() - startedAt;
  for (const point of names.flatMap((name) => (['before', 'after'] as const).map((mode): FailPoint => ({ name, mode })))) {
    const server = await office.startServer(point);
    await reach(point, server);
    await server.kill();
  }
  const allMs = performance.now() - startedAt;
  const last = await office.startServer();
  await office.untilAllPaid(60_000);
  // A repeated hand-over that is still on its way must find nothing to do.
  await delay(2000);
  await last.kill();
  console.log(
    `fail points: ${names.length * 3 - missed.length} reached, torn ones in ${Math.round(tornMs / 1000)} s, deadly ones in ` +
      `${Math.round((allMs - tornMs) / 1000)} s; ${office.bank.duplicates()} files reached the bank twice`,
  );
  await office.checkBooks();
  expect(missed).toEqual([]);
}

/** @returns the points of an invoice whose payment the bank confirms at once; `office.seen` has those of doubt besides. */
async function seePointsInPeace(office: ChaosOffice): Promise<ReadonlySet<string>> {
  const peaceful = await office.startServer();
  await office.drop();
  await office.untilAllPaid(60_000);
  const straight = new Set(office.seen);
  beInDoubt(office);
  await office.drop();
  await office.untilAllPaid(60_000);
  await peaceful.kill();
  return straight;
}

/** The next file arrives, but the bank's answer and its first answers to our questions are lost. */
function beInDoubt({ bank }: ChaosOffice): void {
  bank.next('drop-after');
  bank.nextAsk('ask-drop', 'ask-drop', 'ask-drop', 'ask-drop');
}

/** Pays what comes up until the server's point has fired, or should have. */
async function untilFired(office: ChaosOffice, server: ChaosServer): Promise<boolean> {
  const giveUpAt = performance.now() + patienceMs;
  let hasFired = false;
  void server.fired().then(() => (hasFired = true));
  while (!hasFired && performance.now() < giveUpAt) {
    await office.pay();
    await Promise.race([server.fired(), delay(50)]);
  }
  return hasFired;
}
