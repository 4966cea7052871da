import { DBOS } from '@dbos-inc/dbos-sdk';
import { run as runGraphile } from 'graphile-worker';
import { PgBoss } from 'pg-boss';
import { createDbosEngine } from '#orchestration';
import { createLog } from '#platform';
import type { Flow } from '../../src/orchestration/flow.ts';

const steps = 5;

/** Something that carries five small steps durably, one after the other. */
export interface Carrier {
  /** Starts five steps. @returns when the last is recorded */
  carry(id: string): Promise<unknown>;
  close(): Promise<unknown>;
}

// The same for all: what DBOS takes by itself.
const connections = 10;

const log = createLog({ level: 'silent' });

type Small = { readonly step: (context: unknown, input: { readonly at: number }) => Promise<{ readonly at: number }> };

async function ours(databaseUrl: string): Promise<Carrier> {
  const engine = createDbosEngine<Small>({
    databaseUrl,
    activities: { step: (_, { at }) => Promise.resolve({ at }) },
    policies: { step: { room: 'orchestration', timeoutMs: 60_000 } },
    workflows: {
      async five(flow: Flow<Small>) {
        for (let at = 0; at < steps; at += 1) await flow.run('step', { at });
      },
    },
    executorId: 'bench',
    log,
  });
  await engine.launch();
  return {
    async carry(id) {
      await engine.start('five', id, { organizationId: 'org_bench' });
      await engine.result(id);
    },
    close: () => engine.stop(),
  };
}

async function bareDbos(databaseUrl: string): Promise<Carrier> {
  const silent = (): void => undefined;
  DBOS.setConfig({
    name: 'bare',
    systemDatabaseUrl: databaseUrl,
    systemDatabasePoolSize: connections,
    applicationVersion: 'bare',
    logger: { debug: silent, info: silent, warn: silent, error: silent },
  });
  const five = DBOS.registerWorkflow(
    async () => {
      for (let at = 0; at < steps; at += 1) await DBOS.runStep(() => Promise.resolve({ at }), { name: 'step' });
    },
    { name: 'five' },
  );
  await DBOS.launch();
  return {
    carry: async (id) => (await DBOS.startWorkflow(five, { workflowID: id })()).getResult(),
    close: () => DBOS.shutdown(),
  };
}

interface Link {
  readonly id: string;
  readonly at: number;
}

/** Five jobs, each of which sends the next. */
function chains(send: (link: Link) => Promise<unknown>): { carry: Carrier['carry']; work: (link: Link) => Promise<void> } {
  const ends = new Map<string, () => void>();
  return {
    async carry(id) {
      const end = new Promise<void>((resolve) => ends.set(id, resolve));
      await send({ id, at: 0 });
      await end;
    },
    async work({ id, at }) {
      if (at + 1 < steps) await send({ id, at: at + 1 });
      else ends.get(id)?.();
    },
  };
}

async function pgBoss(databaseUrl: string): Promise<Carrier> {
  const boss = new PgBoss({ connectionString: databaseUrl, max: connections });
  await boss.start();
  await boss.createQueue('five');
  const { carry, work } = chains((link) => boss.send('five', link));
  // Half a second is the shortest it takes.
  await boss.work<Link>('five', { batchSize: 100, pollingIntervalSeconds: 0.5 }, async (jobs) => {
    await Promise.all(jobs.map(({ data }) => work(data)));
  });
  return { carry, close: () => boss.stop({ graceful: false }) };
}

async function graphileWorker(databaseUrl: string): Promise<Carrier> {
  let send = (_link: Link): Promise<unknown> => Promise.resolve();
  const { carry, work } = chains((link) => send(link));
  const runner = await runGraphile({
    connectionString: databaseUrl,
    concurrency: 50,
    maxPoolSize: connections,
    noHandleSignals: true,
    taskList: { five: (payload) => work(payload as Link) },
  });
  send = (link) => runner.addJob('five', link);
  return { carry, close: () => runner.stop() };
}

export const carriers = { ours, 'bare DBOS': bareDbos, 'pg-boss': pgBoss, 'graphile-worker': graphileWorker } as const;
export type CarrierName = keyof typeof carriers;
