import type pg from 'pg';
import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../errors.ts';
import { executorLock, moveLock } from './dbos/presence.ts';
import type { EngineKind, FoundRun, MovableRun, Place, StuckRun } from './moving.ts';

/** One run as it is told to whoever moves it. */
export interface MovedRun {
  readonly workflowId: string;
  readonly workflow: string;
  readonly steps: number;
  /** Null when its next step is due. */
  readonly waitsFor: MovableRun['waitsFor'];
  /** Signals that were sent and not taken; they go along. */
  readonly signals: number;
}

export interface EngineMove {
  readonly runs: readonly MovedRun[];
  readonly stuck: readonly StuckRun[];
  /** Of an earlier move that was broken off; finished by this one. */
  readonly finished: number;
}

export interface MoveOptions {
  readonly pool: pg.Pool;
  readonly source: Place;
  readonly target: Place;
  /** Only says what would be moved. */
  readonly isDryRun: boolean;
  readonly onMoved?: (run: MovedRun) => void;
}

// Temporal's list follows a moment behind what is asked of a run itself.
const mostPasses = 5;

/**
 * Moves every unfinished run. What it goes on with is written down before it is ended, and it is started only after: a
 * move that was broken off leaves some runs on neither engine, none on both, and the next call finishes it.
 *
 * @throws DH_ORCHESTRATION_ENGINE_BUSY while a server works, DH_ORCHESTRATION_ENGINE_MOVING for an open move elsewhere
 */
export async function migrateEngine(options: MoveOptions): Promise<EngineMove> {
  const lock = await options.pool.connect();
  try {
    await claim(lock);
    return await moveAll(options);
  } finally {
    await lock.query('select pg_advisory_unlock($1)', [moveLock]);
    lock.release();
  }
}

async function claim(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ mine: boolean; living: string }>(
    `select pg_try_advisory_lock($1) as mine,
            (select count(*) from pg_locks where locktype = 'advisory' and granted and objsubid = 2 and classid = $2::int::oid
              and database = (select oid from pg_database where datname = current_database())) as living`,
    [moveLock, executorLock],
  );
  if (rows[0]?.mine === true && rows[0].living === '0') return;
  throw new DeskhandError(
    orchestrationErrors.engineBusy,
    'Work is carried on this database, or is being moved. Stop all Deskhand servers and workers, wait a moment, and run this again.',
  );
}

async function moveAll(options: MoveOptions): Promise<EngineMove> {
  const { pool, source, target, isDryRun, onMoved } = options;
  await refuseOther(pool, source.kind, target.kind);
  const finished = isDryRun ? 0 : await finish(options);
  const runs = new Map<string, MovedRun>();
  const stuck = new Map<string, StuckRun>();
  for (let pass = 0, moved = 1; moved > 0 && pass < mostPasses; pass += 1) {
    moved = 0;
    for await (const seen of source.unfinished()) {
      if (isKnown(seen, runs, stuck)) continue;
      const found = fitting(seen, target.kind);
      if (found.kind === 'stuck') {
        stuck.set(found.run.workflowId, found.run);
        continue;
      }
      moved += isDryRun ? 0 : 1;
      const run = await described(pool, found.run);
      if (!isDryRun) await moveOne(options, found.run);
      runs.set(run.workflowId, run);
      onMoved?.(run);
    }
  }
  return { runs: [...runs.values()], stuck: [...stuck.values()], finished };
}

/** Temporal takes 2 MB in one start; the rest is for what encrypting and framing add. */
const mostBytes = 1_900_000;

function fitting(found: FoundRun, target: EngineKind): FoundRun {
  if (found.kind === 'stuck' || target !== 'temporal') return found;
  const bytes = Buffer.byteLength(JSON.stringify(found.run));
  if (bytes <= mostBytes) return found;
  const { workflowId, workflow } = found.run;
  return {
    kind: 'stuck',
    run: { workflowId, workflow, why: `its steps are ${bytes} bytes of JSON, and Temporal starts at most ${mostBytes}` },
  };
}

function isKnown({ run }: FoundRun, runs: ReadonlyMap<string, unknown>, stuck: ReadonlyMap<string, unknown>): boolean {
  return runs.has(run.workflowId) || stuck.has(run.workflowId);
}

async function moveOne({ pool, source, target }: MoveOptions, run: MovableRun): Promise<void> {
  await inTransaction(pool, async (client) => {
    // Written down before by a move that was broken off before the run was ended: what it is now counts.
    await client.query(`delete from engine.moves where workflow_id = $1 and state <> 'started'`, [run.workflowId]);
    await client.query(
      `insert into engine.moves (workflow_id, workflow, source, target, state, run) values ($1, $2, $3, $4, 'leaving', $5)`,
      [run.workflowId, run.workflow, source.kind, target.kind, JSON.stringify(run)],
    );
    await source.endWithin(client, run);
  });
  await endAndStart(pool, source, target, run);
}

async function endAndStart(pool: pg.Pool, source: Place, target: Place, run: MovableRun): Promise<void> {
  await source.end(run);
  await inTransaction(pool, async (client) => {
    await client.query(`update engine.moves set state = 'started', run = null where workflow_id = $1 and state <> 'started'`, [
      run.workflowId,
    ]);
    await target.start(client, run);
  });
}

/** What an earlier move ended, or was about to, and did not start. */
async function finish({ pool, source, target }: MoveOptions): Promise<number> {
  const { rows } = await pool.query<{ run: string }>(`select run from engine.moves where state <> 'started' order by id`);
  for (const { run } of rows) await endAndStart(pool, source, target, JSON.parse(run) as MovableRun);
  return rows.length;
}

async function refuseOther(pool: pg.Pool, source: EngineKind, target: EngineKind): Promise<void> {
  const { rows } = await pool.query<{ source: string; target: string }>(
    `select source, target from engine.moves where state <> 'started' and (source, target) <> ($1, $2) limit 1`,
    [source, target],
  );
  const [open] = rows;
  if (open === undefined) return;
  throw new DeskhandError(
    orchestrationErrors.engineMoving,
    `A move from ${open.source} to ${open.target} was broken off. Finish it first: deskhand migrate-engine --from ${open.source} --to ${open.target}`,
  );
}

async function described(pool: pg.Pool, { workflowId, workflow, past, waitsFor, taken }: MovableRun): Promise<MovedRun> {
  const { rows } = await pool.query<{ left: number }>(
    'select count(*)::int as left from engine.signals where workflow_id = $1 and message_id <> all($2)',
    [workflowId, taken],
  );
  return { workflowId, workflow, steps: past.length, waitsFor, signals: rows[0]?.left ?? 0 };
}

async function inTransaction(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } catch (thrown) {
    broken = thrown as Error;
    throw thrown;
  } finally {
    client.release(broken);
  }
}
