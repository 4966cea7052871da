import type pg from 'pg';
import type { Before } from './past.ts';

export type EngineKind = 'dbos' | 'temporal';

/** An unfinished run with all that it needs to go on elsewhere. */
export interface MovableRun extends Before {
  readonly workflowId: string;
  readonly workflow: string;
  /** Of its newest beginning. */
  readonly input: unknown;
  /** Messages that it has taken; all others are still to be delivered. */
  readonly taken: readonly string[];
  readonly waitsFor: RunWait | null;
}

export interface RunWait {
  /** A signal's name, a child's id, or `time`. */
  readonly what: string;
  /** Milliseconds since 1970; null waits as long as it takes. */
  readonly untilMs: number | null;
}

/** A run that has to do something first. */
export interface StuckRun {
  readonly workflowId: string;
  readonly workflow: string;
  readonly why: string;
}

export type FoundRun = { readonly kind: 'movable'; readonly run: MovableRun } | { readonly kind: 'stuck'; readonly run: StuckRun };

/** An engine that nobody carries work on right now, as a place that runs leave and come to. */
export interface Place {
  readonly kind: EngineKind;
  unfinished(): AsyncIterable<FoundRun>;
  /** Ends a run within the transaction that writes down what it goes on with, where the engine lives in Postgres. */
  endWithin(transaction: pg.PoolClient, run: MovableRun): Promise<void>;
  /** Ends it after that was written down. May be repeated. */
  end(run: MovableRun): Promise<void>;
  /** Starts it within the transaction that notes so. May be repeated, also when the run was here before. */
  start(transaction: pg.PoolClient, run: MovableRun): Promise<void>;
  close(): Promise<void>;
}

/** Whether a run that seems cancelled here goes on elsewhere. */
export async function hasMovedAway(pool: pg.Pool, workflowId: string, from: EngineKind): Promise<boolean> {
  const { rows } = await pool.query<{ source: string }>('select source from engine.moves where workflow_id = $1 order by id desc limit 1', [
    workflowId,
  ]);
  return rows[0]?.source === from;
}
