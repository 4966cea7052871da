import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** Somebody who opens connections, does nothing with them, and takes every one that becomes free. */
export interface IdleConnections {
  /** How many it has now. */
  held(): number;
  /** How often Postgres had none left (53300). */
  refused(): number;
  release(): Promise<void>;
}

// A refusal costs Postgres a whole sign-in, and it is connections that are to run out, not the machine.
const atOnce = 8;
const againEveryMs = 250;

/** @param wanted - more than Postgres has. Returns when it got all, or all that there were. */
export async function hogConnections(url: string, wanted: number): Promise<IdleConnections> {
  const held = new Set<pg.Client>();
  let refused = 0;
  let isOver = false;
  const take = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: url, application_name: 'hog' });
    client.on('error', () => undefined);
    client.once('end', () => held.delete(client));
    try {
      await client.connect();
      held.add(client);
    } catch (thrown) {
      if ((thrown as { code?: unknown }).code === '53300') refused += 1;
      await client.end();
    }
  };
  const takeSome = async (count: number): Promise<void> => {
    await Promise.all(Array.from({ length: Math.min(count, wanted - held.size) }, take));
  };
  for (let asked = 0; asked < wanted; asked += atOnce) await takeSome(atOnce);
  const going = (async () => {
    while (!isOver) {
      await delay(againEveryMs);
      if (!isOver) await takeSome(2);
    }
  })();
  return {
    held: () => held.size,
    refused: () => refused,
    async release() {
      isOver = true;
      await going;
      await Promise.all([...held].map((client) => client.end()));
    },
  };
}
