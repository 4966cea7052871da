import { Kysely, PostgresDialect, type Transaction as KyselyTransaction, sql } from 'kysely';
import pg from 'pg';
import { DeskhandError } from '#domain/errors';
import { databaseAway, isConnectionLost, throughRestart } from './database-away.ts';
import { platformErrors } from './errors.ts';
import { type Listen, createListener } from './listen.ts';
import { openPool } from './open-pool.ts';
import type { DatabaseUrls } from './roles.ts';
import type { Tables } from './tables/tables.ts';

/** One transaction on the product's tables. */
export type Transaction = KyselyTransaction<Tables>;

/** The product's tables in Postgres, under roles that row-level security binds (G5). */
export interface Database {
  /**
   * Runs `work` in one transaction that sees and writes rows of this organization only. Run again from the start when
   * Postgres asks for it (deadlock, serialization), so `work` must touch nothing but the transaction.
   *
   * @throws DH_PLATFORM_ORGANIZATION_MISSING when the id is empty.
   */
  inOrganization<Result>(
    organizationId: string,
    work: (transaction: Transaction) => Promise<Result>,
    options?: {
      /** Everything it reads is as it was at its first statement, however long it takes. */
      readonly isSnapshot?: boolean;
    },
  ): Promise<Result>;
  /** Runs `work` as `deskhand_system`: organizations, members and the outbox, for sign-in and the relay. Nothing else is visible. */
  inSystem<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** Calls back on each NOTIFY of the channel; reconnects by itself and then calls once, because some may have been missed. */
  readonly listen: Listen;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connections for organizations. The embedded server allows 100 in all. @default 12 */
  readonly poolSize?: number;
  /** Told of a connection that broke; the pool replaces it. */
  readonly onIdleError?: (error: Error) => void;
}

// A third try lost to the same conflict means a design fault, not bad luck; measured at 40 writers on one row.
const maxAttempts = 5;

// Postgres' own types that JavaScript would damage: date (1082) would be shifted by the time zone, bigint and numeric stay text.
const dateType = 1082;
const dateArrayType = 1182;
const textArrayType = 1009;

/** Opens the pools; nothing connects until the first transaction. */
export function createDatabase(urls: Pick<DatabaseUrls, 'app' | 'system'>, options: DatabaseOptions = {}): Database {
  const app = openKysely(urls.app, options.poolSize ?? 12, options);
  const system = openKysely(urls.system, 3, options);
  const listener = createListener(urls.system, options.onIdleError);
  return {
    async inOrganization(organizationId, work, look) {
      if (organizationId === '') {
        throw new DeskhandError(platformErrors.organizationMissing, 'A transaction was started without an organization.');
      }
      const begin = () => (look?.isSnapshot === true ? app.transaction().setIsolationLevel('repeatable read') : app.transaction());
      return carryOut((worked) =>
        begin().execute(async (transaction) => {
          await sql`select set_config('app.organization_id', ${organizationId}, true)`.execute(transaction);
          return worked(await work(transaction));
        }),
      );
    },
    inSystem: (work) => carryOut((worked) => system.transaction().execute(async (transaction) => worked(await work(transaction)))),
    listen: listener.listen,
    async close() {
      await listener.close();
      await Promise.all([app.destroy(), system.destroy()]);
    },
  };
}

function openKysely(url: string, max: number, options: DatabaseOptions): Kysely<Tables> {
  const pool = openPool(
    {
      connectionString: url,
      max,
      application_name: 'deskhand',
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 30_000,
      types: { getTypeParser: typeParser },
    },
    (error) => options.onIdleError?.(error),
  );
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

// pg's types list the ids it knows; any number is allowed.
const builtIn = pg.types.getTypeParser as (oid: number, format?: string) => (value: string) => unknown;
const typeParser = ((oid: number, format?: string) =>
  oid === dateType ? keepText : builtIn(oid === dateArrayType ? textArrayType : oid, format)) as typeof pg.types.getTypeParser;

function keepText(value: string): string {
  return value;
}

/**
 * Begins anew what the database lost or undid. Only what was lost while it was being committed may have had its effect.
 *
 * @param attempt - passes its result through `worked` when only the commit is left
 * @throws DH_PLATFORM_DATABASE_AWAY
 */
async function carryOut<Result>(attempt: (worked: (result: Result) => Result) => Promise<Result>): Promise<Result> {
  let isCommitting = false;
  const once = (): Promise<Result> => {
    isCommitting = false;
    return attempt((result) => {
      isCommitting = true;
      return result;
    });
  };
  try {
    return await throughRestart(
      () => withRetry(once),
      (thrown) => !isCommitting && isConnectionLost(thrown),
    );
  } catch (thrown) {
    throw isConnectionLost(thrown) ? databaseAway(thrown) : thrown;
  }
}

async function withRetry<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (thrown) {
      if (count === maxAttempts || !isConflict(thrown)) throw thrown;
      await new Promise((resume) => setTimeout(resume, 2 ** count * 5 * (1 + Math.random())));
    }
  }
}

/** serialization_failure and deadlock_detected: Postgres undid everything and another try may succeed. */
function isConflict(thrown: unknown): boolean {
  const code = (thrown as { code?: unknown } | null)?.code;
  return code === '40001' || code === '40P01';
}
