// A server process that begins so many small workflows each second, whatever happens, until it is told to stop.
import { createDbosEngine } from '#orchestration';
import { createLog } from '#platform';
import type { Flow } from '../../src/orchestration/flow.ts';

/** One workflow, in milliseconds since 1970. */
export interface Carried {
  readonly dueAt: number;
  /** Null when it had not ended a while after the load did. */
  readonly endedAt: number | null;
}

/** What it says by IPC. */
export type LoadNews = { readonly kind: 'ready' } | { readonly kind: 'done'; readonly carried: readonly Carried[] };

type Small = { readonly step: (context: unknown, input: { readonly at: number }) => Promise<{ readonly at: number }> };

const steps = 5;
// Work that a lost connection left behind is found again after five seconds; when nothing ends any more for so long, it is lost.
const patienceMs = 30_000;

async function main(databaseUrl: string, perSecond: number): Promise<void> {
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
    log: createLog({ level: 'silent' }),
  });
  await engine.launch();
  let isOver = false;
  let lastEndedAt = Date.now();
  process.once('message', () => (isOver = true));
  tell({ kind: 'ready' });
  const running: Promise<Carried>[] = [];
  const begunAt = Date.now();
  for (let begun = 0; !isOver; begun += 1) {
    const dueAt = begunAt + (begun * 1000) / perSecond;
    if (dueAt > Date.now()) await new Promise((resume) => setTimeout(resume, dueAt - Date.now()));
    running.push(carry(begun, dueAt));
  }
  tell({ kind: 'done', carried: await Promise.all(running) });

  async function carry(number: number, dueAt: number): Promise<Carried> {
    const id = `steady-${number}`;
    const work = insist(() => engine.start('five', id, { organizationId: 'org_bench' }))
      .then(() => insist(() => engine.result(id)))
      .then(() => (lastEndedAt = Date.now()));
    return { dueAt, endedAt: await Promise.race([work, givenUp()]) };
  }

  async function givenUp(): Promise<null> {
    while (!isOver || Date.now() < lastEndedAt + patienceMs) await new Promise((resume) => setTimeout(resume, 1000));
    return null;
  }
}

/** As the relay does: until it is taken. */
async function insist<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch {
      await new Promise((resume) => setTimeout(resume, 100));
    }
  }
}

function tell(news: LoadNews): void {
  process.send?.(news);
}

const [databaseUrl, perSecond] = process.argv.slice(2);
if (databaseUrl !== undefined && process.send !== undefined) await main(databaseUrl, Number(perSecond));
