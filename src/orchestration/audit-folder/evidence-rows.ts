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

/**
 * What was asked about an invoice by mail and answered: each question with the policy that asked it, if one did, and its mails in
 * their order. The file of an answer lies under the message that it came as.
 */
export async function threadsOf(transaction: Transaction, invoiceId: string): Promise<readonly Row[]> {
  const questions = await rowsOf(transaction, 'questions', 'invoice_id', [invoiceId]);
  const policies = await rowsOf(transaction, 'questions_by_policy', 'invoice_id', [invoiceId]);
  const ids = questions.map((question) => textIn(question, 'id'));
  const mails = await rowsOf(transaction, 'question_mails', 'question_id', ids);
  return questions.map((question) => ({
    ...question,
    policy: policies.find((policy) => policy['question_id'] === question['id']) ?? null,
    mails: mails.filter((mail) => mail['question_id'] === question['id']),
  }));
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
