import { sql } from 'kysely';
import type { Tables, Transaction } from '#platform';

export type Row = Readonly<Record<string, unknown>>;

/** Rows of a table whose column is one of the ids, as they stand; in the order in which they were made where there is one. */
export async function rowsOf(
  transaction: Transaction,
  table: keyof Tables,
  column: string,
  ids: readonly string[],
): Promise<readonly Row[]> {
  if (ids.length === 0) return [];
  const answer = await sql<{ row: Row }>`
    select to_jsonb(t) as row from ${sql.table(table)} t where ${sql.ref(`t.${column}`)} = any(${[...ids]}::text[])
    order by to_jsonb(t) ->> 'created_at', to_jsonb(t) ->> 'id', t`.execute(transaction);
  return answer.rows.map(({ row }) => row);
}

/** Every row of a table of the organization. */
export async function allRowsOf(transaction: Transaction, table: keyof Tables): Promise<readonly Row[]> {
  const answer = await sql<{ row: Row }>`select to_jsonb(t) as row from ${sql.table(table)} t order by t`.execute(transaction);
  return answer.rows.map(({ row }) => row);
}

/** Text of a column; empty where there is none. */
export function textIn(row: Row | undefined, column: string): string {
  const value = row?.[column];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The invoice and everything that was decided about it. */
export async function invoiceEvidence(transaction: Transaction, invoiceId: string): Promise<Readonly<Record<string, unknown>>> {
  const about = (table: keyof Tables, column = 'invoice_id') => rowsOf(transaction, table, column, [invoiceId]);
  const [invoice] = await about('invoices', 'id');
  const payments = await about('payments');
  return {
    invoice,
    lines: await about('invoice_lines'),
    allocations: await about('allocations'),
    corrections: await about('corrections'),
    approvals: await about('approvals'),
    tasks: await about('tasks'),
    gatePasses: await about('gate_passes'),
    payments,
    events: await rowsOf(transaction, 'stream_events', 'stream_id', [invoiceId, ...payments.map((payment) => textIn(payment, 'id'))]),
  };
}
