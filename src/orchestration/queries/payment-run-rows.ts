import type { Tables } from '#platform';
import type { Selectable } from 'kysely';
import type { OfficeTransaction } from './ask.ts';
import { moneyView } from './numbers.ts';
import { findPeople } from './people.ts';
import type { PaymentRunSummaryView } from './views.ts';

export type PaymentRunRow = Selectable<Tables['payment_runs']>;

/** Runs with their sums by currency, in three queries however long the list is. */
export async function toPaymentRuns(transaction: OfficeTransaction, rows: readonly PaymentRunRow[]): Promise<PaymentRunSummaryView[]> {
  if (rows.length === 0) return [];
  const people = await findPeople(
    transaction,
    rows.flatMap((row) => [row.created_by, row.released_by]),
  );
  const sums = await transaction
    .selectFrom('payments')
    .select((of) => ['payment_run_id', 'currency', of.fn.countAll<string>().as('count'), of.fn.sum<string>('amount').as('total')])
    .where(
      'payment_run_id',
      'in',
      rows.map((row) => row.id),
    )
    .groupBy(['payment_run_id', 'currency'])
    .orderBy('currency')
    .execute();
  const nameOf = (id: string): { id: string; name: string } => people.get(id) ?? { id, name: id };
  return rows.map((row) => {
    const own = sums.filter((sum) => sum.payment_run_id === row.id);
    return {
      id: row.id,
      status: row.status,
      createdBy: nameOf(row.created_by),
      createdAt: row.created_at.toISOString(),
      releasedBy: row.released_by === null ? null : nameOf(row.released_by),
      releasedAt: row.released_at?.toISOString() ?? null,
      count: own.reduce((count, sum) => count + Number(sum.count), 0),
      totals: own.map((sum) => moneyView(sum.total, sum.currency)),
      fileSha256: row.file_sha256,
    };
  });
}
