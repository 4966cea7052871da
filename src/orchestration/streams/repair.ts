import type { Transaction } from '#platform';
import { sql } from 'kysely';
import { projectedTables, type ProjectedTable } from './projection.ts';

/**
 * Makes the real tables what the `rebuilt_…` tables of this transaction are, row by row: what points to a row keeps it.
 * The tables are locked meanwhile, and their guards stand aside until commit.
 */
export async function repair(
  transaction: Transaction,
  organizationId: string,
  keysOf: Readonly<Record<ProjectedTable, readonly string[]>>,
): Promise<void> {
  const isSame = (table: ProjectedTable) =>
    sql.join(
      keysOf[table].map((key) => sql`t.${sql.ref(key)} = r.${sql.ref(key)}`),
      sql` and `,
    );
  for (const table of projectedTables) {
    await sql`alter table ${sql.ref(table)} no force row level security`.execute(transaction);
    await sql`alter table ${sql.ref(table)} disable trigger user`.execute(transaction);
  }
  for (const table of projectedTables.toReversed()) {
    await sql`delete from ${sql.ref(table)} t where t.organization_id = ${organizationId}
      and not exists (select from ${sql.ref(`rebuilt_${table}`)} r where ${isSame(table)})`.execute(transaction);
  }
  for (const table of projectedTables) {
    const columns = await columnsOf(transaction, table, keysOf[table]);
    const names = sql.join(columns.map((name) => sql.ref(name)));
    const values = sql.join(columns.map((name) => sql`r.${sql.ref(name)}`));
    await sql`update ${sql.ref(table)} t set (${names}) = row(${values}) from ${sql.ref(`rebuilt_${table}`)} r
      where ${isSame(table)} and t::text is distinct from r::text`.execute(transaction);
    await sql`insert into ${sql.ref(table)} overriding system value select r.* from ${sql.ref(`rebuilt_${table}`)} r
      where not exists (select from ${sql.ref(table)} t where ${isSame(table)})`.execute(transaction);
  }
  for (const table of projectedTables) {
    await sql`set constraints all immediate`.execute(transaction);
    await sql`alter table ${sql.ref(table)} enable trigger user`.execute(transaction);
    await sql`alter table ${sql.ref(table)} force row level security`.execute(transaction);
  }
}

async function columnsOf(transaction: Transaction, table: ProjectedTable, keys: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = ${table} order by ordinal_position`.execute(transaction);
  return rows.map(({ name }) => name).filter((name) => !keys.includes(name));
}
