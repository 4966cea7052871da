import { AsyncLocalStorage } from 'node:async_hooks';
import type { Blobs, PaymentChannel } from '#domain/ports';
import type { Activities, Engine } from '#orchestration';
import type { Database } from '#platform';

/** `torn`: it happened, and whoever asked for it is told that the connection broke. */
export type FailMode = 'before' | 'after' | 'torn';

export interface FailPoint {
  /** Activity (or `relay`) and what it does, counted: `assessInvoice/commit2`. */
  readonly name: string;
  readonly mode: FailMode;
}

export interface FailPoints {
  /** Takes the place of the one that was armed. */
  arm(point: FailPoint): void;
  database(real: Database): Database;
  blobs(real: Blobs): Blobs;
  bank(real: PaymentChannel): PaymentChannel;
  engine(real: Engine): Engine;
  activities(real: Activities): Activities;
}

/**
 * Puts a fail point around every durable write and every call outward of a server process. One of them is armed: there
 * the process kills itself, or the answer is lost.
 *
 * @param told - `seen`: the name of each point that is passed. `fired`: the armed one is over, and the process lives.
 */
export function createFailPoints(
  first: FailPoint | null,
  told: { readonly seen: (name: string) => void; readonly fired: () => void },
): FailPoints {
  const activity = new AsyncLocalStorage<{ readonly name: string; readonly counts: Map<string, number> }>();
  let armed = first;

  async function pass<Result>(kind: string, work: () => Promise<Result>): Promise<Result> {
    const name = nameOf(kind);
    told.seen(name);
    const mine = armed;
    if (mine?.name !== name) return await work();
    if (mine.mode === 'before') await die();
    // What failed by itself did not happen; the next one that does will do.
    const result = await work();
    if (mine.mode === 'after') await die();
    if (armed !== mine) return result;
    armed = null;
    told.fired();
    throw Object.assign(new Error('connection to the server was lost (fail point)'), { code: '08006', cause: result });
  }

  function nameOf(kind: string): string {
    const within = activity.getStore();
    if (within === undefined) return `relay/${kind}`;
    const count = (within.counts.get(kind) ?? 0) + 1;
    within.counts.set(kind, count);
    return `${within.name}/${kind}${count}`;
  }

  return {
    arm(point) {
      armed = point;
    },
    database: (real) => ({
      inOrganization: (organizationId, work) => pass('commit', () => real.inOrganization(organizationId, work)),
      // Within an activity it is a look at what is paused, which writes nothing and is not taken every time.
      inSystem: (work) => (activity.getStore() === undefined ? pass('commit', () => real.inSystem(work)) : real.inSystem(work)),
      listen: real.listen,
      close: () => real.close(),
    }),
    blobs: (real) => ({ ...real, put: (bytes) => pass('blob', () => real.put(bytes)) }),
    bank: (real) => ({
      arrivesWithinMs: real.arrivesWithinMs,
      submit: (file) => pass('bank-submit', () => real.submit(file)),
      find: (file) => pass('bank-find', () => real.find(file)),
    }),
    engine: (real) => ({
      ...real,
      start: (workflow, workflowId, input) => pass(`start ${workflow} `, () => real.start(workflow, workflowId, input)),
      signal: (workflowId, signal, payload, messageId) => pass('signal', () => real.signal(workflowId, signal, payload, messageId)),
    }),
    activities: (real) =>
      Object.fromEntries(
        Object.entries(real).map(([name, work]) => [
          name,
          (context: never, input: never) => activity.run({ name, counts: new Map() }, () => (work as Work)(context, input)),
        ]),
      ) as unknown as Activities,
  };
}

type Work = (context: never, input: never) => Promise<unknown>;

/** As a power cut: nothing that comes after is run. */
async function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return await new Promise<never>(() => undefined);
}
