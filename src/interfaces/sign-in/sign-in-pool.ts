import { AsyncLocalStorage } from 'node:async_hooks';
import { PostgresDialect, type Dialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { databaseAway, isConnectionLost, isDatabaseAway, openPool, throughRestart, type Log } from '#platform';

/** The connections of the sign-in library, which turns every failure into one of its own. */
export interface SignInPool {
  readonly dialect: Dialect;
  /**
   * Runs one call of the library. When the database was lost under it, it is repeated through a restart.
   *
   * @param hasFailed - whether the answer is one of the library's failures.
   * @throws DH_PLATFORM_DATABASE_AWAY
   */
  run<Answer>(work: () => Promise<Answer>, hasFailed: (answer: Answer) => boolean): Promise<Answer>;
  close(): Promise<void>;
}

/** What happened to the database during one call. */
interface Call {
  lost: unknown;
}

export function openSignInPool(databaseUrl: string, log: Log | undefined): SignInPool {
  const calls = new AsyncLocalStorage<Call>();
  const note = (thrown: unknown): never => {
    const call = calls.getStore();
    if (call !== undefined && isConnectionLost(thrown)) call.lost = thrown;
    throw thrown;
  };
  const pool = openPool(
    {
      connectionString: databaseUrl,
      options: '-c search_path=sign_in',
      max: 4,
      application_name: 'deskhand-sign-in',
      connectionTimeoutMillis: 10_000,
    },
    (error) => log?.warn({ event: 'sign-in.connection-lost', err: error }, 'sign-in connection lost'),
  );
  return {
    dialect: new PostgresDialect({ pool: notingPool(pool, note) }),
    run: (work, hasFailed) => throughRestart(() => once(calls, work, hasFailed), isDatabaseAway),
    close: () => pool.end(),
  };
}

async function once<Answer>(
  calls: AsyncLocalStorage<Call>,
  work: () => Promise<Answer>,
  hasFailed: (answer: Answer) => boolean,
): Promise<Answer> {
  const call: Call = { lost: null };
  try {
    const answer = await calls.run(call, work);
    if (call.lost === null || !hasFailed(answer)) return answer;
  } catch (thrown) {
    if (call.lost === null) throw thrown;
  }
  throw databaseAway(call.lost);
}

/** The pool as Kysely uses it, with an ear for what goes wrong. */
function notingPool(pool: pg.Pool, note: (thrown: unknown) => never): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch(note);
      const query = (text: string, values: readonly unknown[]): Promise<unknown> => client.query(text, [...values]).catch(note);
      return { query: query as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) };
    },
  };
}
