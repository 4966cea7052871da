import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ChaosOffice, ChaosServer } from './chaos-office.ts';
import type { FailPoint } from './fail-points.ts';

// An invoice is paid within a second; in doubt about the bank, within five. Some points are passed by few invoices only:
// by the first of a server, or after a pause.
const nextInvoiceMs = 2500;
const patienceMs = 30_000;

/**
 * Finds every fail point on an invoice's way, then has a server die, or be lied to, at each of them while invoices keep
 * arriving. At the end all are paid, once.
 */
export async function reachEveryFailPoint(office: ChaosOffice): Promise<void> {
  const ways = await seePointsInPeace(office);
  const names = [...ways.keys()].toSorted();
  console.log(`fail points: ${names.length} places, ${names.length * 3} in all\n  ${names.join('\n  ')}`);
  for (const part of ['bank-submit', 'bank-find', 'relay/start', 'relay/signal', 'blob', 'commit'])
    expect(names.find((name) => name.includes(part))).toBeDefined();

  const startedAt = performance.now();
  const missed: string[] = [];
  const reach = async (point: FailPoint, server: ChaosServer): Promise<void> => {
    const giveUpAt = performance.now() + patienceMs;
    for (let isFirst = true; performance.now() < giveUpAt; isFirst = false) {
      const way = ways.get(point.name) ?? doubtful;
      // Some points on the straight way are passed only when something else went wrong there.
      await (!isFirst && way === straight ? doubtful : way)(office);
      if (await firesWithin(nextInvoiceMs, office, server)) return;
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

/** Something that people hand in. */
type Way = (office: ChaosOffice) => Promise<unknown>;

const straight: Way = (office) => office.drop();
/** Its file arrives, but the bank's answer and its first answers to our questions are lost. */
const doubtful: Way = async (office) => {
  office.bank.next('drop-after');
  office.bank.nextAsk('ask-drop', 'ask-drop', 'ask-drop', 'ask-drop');
  await office.drop();
};
const question: Way = (office) => office.ask();

/** @returns each point, and what leads past it. */
async function seePointsInPeace(office: ChaosOffice): Promise<ReadonlyMap<string, Way>> {
  const ways = new Map<string, Way>();
  const peaceful = await office.startServer();
  for (const way of [straight, doubtful, question]) {
    await way(office);
    await office.untilAllPaid(60_000);
    for (const name of office.seen) if (!ways.has(name)) ways.set(name, way);
  }
  await peaceful.kill();
  return ways;
}

/** Pays what comes up until the server's point has fired. */
async function firesWithin(ms: number, office: ChaosOffice, server: ChaosServer): Promise<boolean> {
  const giveUpAt = performance.now() + ms;
  let hasFired = false;
  void server.fired().then(() => (hasFired = true));
  while (!hasFired && performance.now() < giveUpAt) {
    await office.pay();
    await Promise.race([server.fired(), delay(50)]);
  }
  return hasFired;
}
