import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { createDbosEngine, createTemporalEngine, migrateEngine, openDbosPlace, openTemporalPlace, type EngineKind } from '#orchestration';
import { createLog, openPool } from '#platform';
import type { Place } from '../../src/orchestration/engines/moving.ts';
import type { Engine } from '../../src/orchestration/flow.ts';
import { contractPolicies, createContractActivities } from '../contract/activities.ts';
import { createProbe } from '../contract/probe.ts';
import { workflows } from '../contract/workflows.ts';
import { createTestDatabase } from '../support/database.ts';
import { seededRandom } from '../support/random.ts';
import { startTemporal, temporalMissing } from './temporal/temporal-server.ts';

const seed = Number(process.env['DESKHAND_TEST_SEED'] ?? 20261124);
const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});
const log = createLog({ level: 'error' });
const here = (name: string): string => fileURLToPath(new URL(`temporal/${name}.ts`, import.meta.url));

interface Ground {
  readonly probe: ReturnType<typeof createProbe>;
  query(text: string): Promise<readonly Record<string, unknown>[]>;
  launch(kind: EngineKind): Promise<Engine>;
  /** @param broken - called before each run is started at its target; throws to break the move off. */
  move(source: EngineKind, target: EngineKind, broken?: () => void): ReturnType<typeof migrateEngine>;
}

async function openGround(): Promise<Ground> {
  const [database, server] = await Promise.all([createTestDatabase(), startTemporal()]);
  undo.push(database.drop, server.stop);
  await database.query(`grant create on database ${new URL(database.url).pathname.slice(1)} to deskhand_engine`);
  const probe = createProbe();
  const databaseUrl = database.urls.engine;
  const cluster = { address: server.address, namespace: 'default', apiKey: null, isTls: false, secrets: ['moving'] as const, log };
  const shared = { databaseUrl, activities: createContractActivities(probe), policies: contractPolicies, log };
  return {
    probe,
    query: database.query,
    async launch(kind) {
      const engine =
        kind === 'dbos'
          ? createDbosEngine({ ...shared, workflows: workflows as never, executorId: 'mover' })
          : await createTemporalEngine({
              ...shared,
              ...cluster,
              workflowNames: Object.keys(workflows),
              workflowsPath: here('first-release'),
              rooms: ['orchestration', 'connectors', 'intelligence'],
              buildId: 'first',
              activitiesAtOnce: 10,
            });
      await engine.launch();
      return engine;
    },
    async move(source, target, broken) {
      const pool = openPool({ connectionString: databaseUrl, max: 6 }, () => undefined);
      const dbos = await openDbosPlace({ pool, databaseUrl, log });
      const temporal = await openTemporalPlace({ ...cluster, pool, workflowsPath: here('telling-release') });
      const places: Record<EngineKind, Place> = { dbos, temporal };
      const to = places[target];
      const breaking: Place = {
        ...to,
        async start(transaction, run) {
          broken?.();
          await to.start(transaction, run);
        },
      };
      try {
        return await migrateEngine({ pool, source: places[source], target: breaking, isDryRun: false });
      } finally {
        await dbos.close();
        await temporal.close();
        await pool.end();
      }
    },
  };
}

async function started(engine: Engine): Promise<void> {
  await engine.start('pausing', 'waits', { timeoutMs: 600_000 });
  await engine.start('listening', 'listens', { count: 3, timeoutMs: 600_000 });
  await engine.start('sleeping', 'sleeps', { forMs: 20_000 });
  await engine.start('reading', 'reads', null);
  await engine.start('renewing', 'renews', { left: 3, heard: [] });
  await engine.start('parent', 'parent', { child: 'pausing', childId: 'child', input: { timeoutMs: 600_000 } });
  await engine.start('changing', 'changes', null);
  await engine.signal('listens', 'word', 'first', 'm1');
  await engine.signal('waits', 'other-word', 'not asked for', 'm2');
  await engine.signal('renews', 'word', 'one', 'm3');
}

const all = ['changes', 'child', 'listens', 'parent', 'reads', 'renews', 'sleeps', 'waits'];

async function untilAllWait(engine: Engine): Promise<Record<string, string | undefined>> {
  const waiting = async (): Promise<readonly string[]> =>
    (await engine.runs({ status: 'waiting', limit: 100 })).map((run) => run.workflowId).toSorted();
  await expect.poll(waiting, { timeout: 20_000 }).toEqual(all);
  const runs = await engine.runs({ status: 'waiting', limit: 100 });
  return Object.fromEntries(
    runs.map(({ workflowId, waitsFor }) => [workflowId, `${waitsFor?.signal} ${waitsFor?.until.replace(/^9999.*/, 'whenever')}`]),
  );
}

test.skipIf(temporalMissing !== null)(
  `every kind of wait moves to Temporal and back with its deadline, though the move is broken off (seed ${seed})`,
  async () => {
    const random = seededRandom(seed);
    const { probe, query, launch, move } = await openGround();
    const first = await launch('dbos');
    await started(first);
    const waits = await untilAllWait(first);
    await expect(move('dbos', 'temporal')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_ENGINE_BUSY' });
    await first.stop();

    // Broken off after a few runs, then again: nothing may start until it is finished.
    const steps = probe.attemptsOf('waits').length;
    let left = Math.floor(random() * all.length);
    const breaking = (): void => {
      if (left === 0) throw new Error('broken off');
      left -= 1;
    };
    await expect(move('dbos', 'temporal', breaking)).rejects.toThrow('broken off');
    await expect(launch('dbos')).rejects.toMatchObject({ code: 'DH_ORCHESTRATION_ENGINE_MOVING' });
    const { runs, finished, stuck } = await move('dbos', 'temporal');
    expect(stuck).toEqual([]);
    expect(runs.length + finished).toBeGreaterThan(0);
    expect(
      (await query(`select workflow_id from engine.moves where state = 'started' order by 1`)).map((row) => row['workflow_id']),
    ).toEqual(all);

    const second = await launch('temporal');
    expect(await untilAllWait(second)).toEqual(waits);
    await second.signal('listens', 'word', 'second', 'm4');
    await second.signal('renews', 'word', 'two', 'm5');
    await second.signal('changes', 'word', null, 'm6');
    expect(await second.result('changes')).toBe('ended');
    await expect.poll(async () => (await second.steps('listens')).length, { timeout: 10_000 }).toBe(3);
    await expect.poll(() => probe.attemptsOf('renews').length, { timeout: 10_000 }).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await second.stop();

    const back = await move('temporal', 'dbos');
    expect(back.stuck).toEqual([]);
    const unhurried = all.filter((id) => id !== 'changes' && id !== 'sleeps');
    expect(back.runs.map((run) => run.workflowId)).toEqual(expect.arrayContaining(unhurried));
    const third = await launch('dbos');
    undo.push(third.stop);
    await third.signal('listens', 'word', 'third', 'm7');
    await third.signal('renews', 'word', 'three', 'm8');
    await third.signal('waits', 'word', 'go', 'm9');
    await third.signal('reads', 'word', 'read', 'm10');
    await third.signal('child', 'word', 'child', 'm11');
    expect(await third.result('listens')).toEqual(['first', 'second', 'third']);
    expect(await third.result('renews')).toEqual(['one', 'two', 'three']);
    expect(await third.result('waits')).toEqual(['before', { kind: 'received', payload: 'go' }, 'after']);
    const [seen] = probe.attemptsOf('reads');
    expect(await third.result('reads')).toMatchObject({ before: seen?.input, answer: { kind: 'received', payload: 'read' } });
    expect(await third.result('parent')).toEqual({ result: ['before', { kind: 'received', payload: 'child' }, 'after'] });
    // Wherever it woke.
    await expect.poll(() => probe.attemptsOf('sleeps').length, { timeout: 30_000 }).toBe(1);
    // Nothing was done again.
    expect(probe.attemptsOf('waits').length).toBe(steps + 1);
    for (const id of all) expect(new Set(probe.attemptsOf(id).map(({ key }) => key)).size, id).toBe(probe.attemptsOf(id).length);
  },
);
