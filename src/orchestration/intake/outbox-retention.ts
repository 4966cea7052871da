import { sql } from 'kysely';
import type { Database } from '#platform';

// A page is read and deleted within milliseconds; admission never waits for it, because it touches no row that is settled.
const page = 500;
// One server of all forgets at a time.
const forgettingLock = 33_754_266;

/**
 * Deletes settled work that is older than the given days, oldest first, a page a transaction. What is unsettled or dead
 * stays: a person may still have it tried again. Nothing settled is ever handed over again, its number is used for
 * nothing else, and what keeps an effect from happening twice lies elsewhere: `events`, `effects`, the engine's run.
 *
 * @param shouldStop - asked before each page.
 * @returns how many.
 */
export async function forgetSettledWork(database: Database, days: number, shouldStop: () => boolean = () => false): Promise<number> {
  let forgotten = 0;
  let after: string | null = '0';
  while (after !== null && !shouldStop()) {
    const turned: Page = await forgetPage(database, days, after);
    forgotten += turned.forgotten;
    after = turned.last;
  }
  return forgotten;
}

interface Page {
  readonly forgotten: number;
  /** Null when there is nothing older, or somebody else is at it. */
  readonly last: string | null;
}

/** Rows are numbered as they are written: the walk along the primary key ends at the first page that is young. */
function forgetPage(database: Database, days: number, after: string): Promise<Page> {
  return database.inSystem(async (transaction) => {
    const lock = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${sql.lit(forgettingLock)}) as mine`.execute(transaction);
    if (lock.rows[0]?.mine !== true) return { forgotten: 0, last: null };
    const { rows } = await sql<{ last: string | null; old: boolean; forgotten: number }>`
      with page as (select id, state, settled_at, created_at from outbox where id > ${after}::bigint order by id limit ${sql.lit(page)}),
        gone as (delete from outbox where id in (
          select id from page where state = 'settled' and settled_at < clock_timestamp() - make_interval(days => ${days})) returning id)
      select max(id)::text as last, coalesce(bool_or(created_at < clock_timestamp() - make_interval(days => ${days})), false) as old,
        (select count(*)::int from gone) as forgotten from page
    `.execute(transaction);
    const [row] = rows;
    return { forgotten: row?.forgotten ?? 0, last: row?.old === true ? row.last : null };
  });
}
