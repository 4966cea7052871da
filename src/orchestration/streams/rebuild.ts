import { createHash, type Hash } from 'node:crypto';
import type { Database, Transaction } from '#platform';
import { sql } from 'kysely';
import { fold } from './fold.ts';
import { projectedTables, type ProjectedTable, type Row } from './projection.ts';
import { pagesOf, streamsOf } from './read-events.ts';
import { repair } from './repair.ts';

export const keysOf: Readonly<Record<ProjectedTable, readonly string[]>> = {
  payment_runs: ['id'],
  invoices: ['id'],
  invoice_lines: ['invoice_id', 'position'],
  corrections: ['id'],
  allocations: ['invoice_id', 'invoice_line', 'purchase_order_line_id'],
  approvals: ['id'],
  payments: ['id'],
};

/** One table, as it is and as the events say. */
export interface TableFinding {
  readonly table: ProjectedTable;
  readonly rows: number;
  /** Over the rows as Postgres prints them, ordered by organization and key. */
  readonly sha256: string;
  readonly rebuiltSha256: string;
  readonly firstDifference: Difference | null;
}
export interface Difference {
  readonly organizationId: string;
  /** `(inv_…,1)`. */
  readonly key: string;
  /** `changed`: the columns say which. `extra`: no event speaks of it. `missing`: an event does, but it is gone. */
  readonly kind: 'changed' | 'extra' | 'missing';
  readonly columns: readonly string[];
}
export interface RebuildFinding {
  readonly isEqual: boolean;
  readonly events: number;
  readonly tables: readonly TableFinding[];
}

interface Running {
  readonly stored: Hash;
  readonly rebuilt: Hash;
  rows: number;
  firstDifference: Difference | null;
}

/**
 * Builds all projections anew from the events, beside the real ones, and compares them byte by byte.
 *
 * @param options.isApplied - then puts right every row that differs, in one transaction an organization; `database` must
 *   be signed in as the owner of the tables.
 */
export async function rebuildProjections(database: Database, options: { readonly isApplied: boolean }): Promise<RebuildFinding> {
  const running = Object.fromEntries(
    projectedTables.map((table) => [
      table,
      { stored: createHash('sha256'), rebuilt: createHash('sha256'), rows: 0, firstDifference: null },
    ]),
  ) as unknown as Record<ProjectedTable, Running>;
  let events = 0;
  const organizations = await database.inSystem((transaction) =>
    transaction.selectFrom('organizations').select('id').orderBy('id').execute(),
  );
  for (const { id } of organizations) {
    const work = async (transaction: Transaction): Promise<void> => {
      events += await buildBeside(transaction, id);
      for (const table of projectedTables) await compare(transaction, table, id, running[table]);
      const isDifferent = projectedTables.some((table) => running[table].firstDifference?.organizationId === id);
      if (options.isApplied && isDifferent) await repair(transaction, id, keysOf);
    };
    await database.inOrganization(id, work, { isSnapshot: true });
  }
  const tables = projectedTables.map((table) => {
    const { stored, rebuilt, rows, firstDifference } = running[table];
    return { table, rows, sha256: stored.digest('hex'), rebuiltSha256: rebuilt.digest('hex'), firstDifference };
  });
  return { isEqual: tables.every(({ sha256, rebuiltSha256 }) => sha256 === rebuiltSha256), events, tables };
}

const batchSize = 1000;

/** Fills `rebuilt_…` tables of this transaction alone. @returns how many events there were. */
async function buildBeside(transaction: Transaction, organizationId: string): Promise<number> {
  for (const table of projectedTables) {
    const beside = sql.ref(`rebuilt_${table}`);
    await sql`create temporary table ${beside} (like ${sql.ref(`public.${table}`)} including defaults) on commit drop`.execute(transaction);
  }
  await sql`create trigger gross_units before insert on rebuilt_invoices for each row execute function set_gross_units()`.execute(
    transaction,
  );
  const waiting = new Map<ProjectedTable, Row[]>(projectedTables.map((table) => [table, []]));
  let count = 0;
  for await (const stream of streamsOf(transaction, organizationId)) {
    count += stream.length;
    for (const [table, rows] of Object.entries(fold(stream)) as [ProjectedTable, Row[]][]) {
      const batch = waiting.get(table) ?? [];
      batch.push(...rows);
      if (batch.length >= batchSize) await insertBeside(transaction, table, batch.splice(0));
    }
  }
  for (const [table, batch] of waiting) await insertBeside(transaction, table, batch);
  return count;
}

/** A column that an event does not name gets the table's default, as it did when it was written. */
async function insertBeside(transaction: Transaction, table: ProjectedTable, rows: readonly Row[]): Promise<void> {
  for (const [names, alike] of Map.groupBy(rows, (row) => Object.keys(row).toSorted().join())) {
    const columns = sql.join(names.split(',').map((name) => sql.ref(name)));
    await sql`insert into ${sql.ref(`rebuilt_${table}`)} (${columns})
      select ${columns} from jsonb_populate_recordset(null::${sql.ref(`public.${table}`)}, ${JSON.stringify(alike)}::jsonb)`.execute(
      transaction,
    );
  }
}

async function compare(transaction: Transaction, table: ProjectedTable, organizationId: string, running: Running): Promise<void> {
  const before = createHash('sha256');
  const after = createHash('sha256');
  running.rows += await hashRows(transaction, table, table, organizationId, [running.stored, before]);
  await hashRows(transaction, table, `rebuilt_${table}`, organizationId, [running.rebuilt, after]);
  if (before.digest('hex') === after.digest('hex')) return;
  running.firstDifference ??= await findDifference(transaction, table, organizationId);
}

async function hashRows(
  transaction: Transaction,
  table: ProjectedTable,
  source: string,
  organizationId: string,
  hashes: readonly Hash[],
): Promise<number> {
  const order = sql.join(keysOf[table].map((key) => sql`${sql.ref(`t.${key}`)}`));
  const query = sql`select t::text as line from ${sql.ref(source)} t where t.organization_id = ${sql.lit(organizationId)} order by ${order}`;
  let count = 0;
  for await (const page of pagesOf<{ line: string }>(transaction, 'rows_cursor', query)) {
    count += page.length;
    const text = page.map(({ line }) => `${line}\n`).join('');
    for (const hash of hashes) hash.update(text);
  }
  return count;
}

interface Pair {
  readonly key: string;
  readonly stored: Row | null;
  readonly rebuilt: Row | null;
}

async function findDifference(transaction: Transaction, table: ProjectedTable, organizationId: string): Promise<Difference | null> {
  const key = sql`row(${sql.join(keysOf[table].map((name) => sql.ref(`t.${name}`)))})::text`;
  const { rows } = await sql<Pair>`
    select key, stored.content as stored, rebuilt.content as rebuilt
    from (select ${key} as key, t::text as line, to_jsonb(t) as content from ${sql.ref(table)} t where t.organization_id = ${organizationId}) stored
    full join (select ${key} as key, t::text as line, to_jsonb(t) as content from ${sql.ref(`rebuilt_${table}`)} t) rebuilt using (key)
    where stored.line is distinct from rebuilt.line order by key collate "C" limit 1`.execute(transaction);
  const [pair] = rows;
  if (pair === undefined) return null;
  const { stored, rebuilt } = pair;
  if (stored === null || rebuilt === null) {
    return { organizationId, key: pair.key, kind: stored === null ? 'missing' : 'extra', columns: [] };
  }
  const columns = Object.keys(stored).filter((name) => JSON.stringify(stored[name]) !== JSON.stringify(rebuilt[name]));
  return { organizationId, key: pair.key, kind: 'changed', columns };
}
