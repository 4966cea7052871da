import type { Tables } from '#platform';
import { sql, type Selectable } from 'kysely';
import type { OfficeTransaction } from '../ask.ts';
import { moneyView } from '../numbers.ts';
import { findPeople } from './people.ts';
import { findSubmissions, type KnownSubmission } from './submission-rows.ts';
import type { PaymentRunSummaryView } from '../views-payments.ts';

export type PaymentRunRow = Selectable<Tables['payment_runs']>;

/** Runs with their sums by currency, in a few queries however long the list is. */
export async function toPaymentRuns(
  transaction: OfficeTransaction,
  rows: readonly PaymentRunRow[],
  known?: ReadonlyMap<string, KnownSubmission>,
): Promise<PaymentRunSummaryView[]> {
  if (rows.length === 0) return [];
  const submissions = known ?? (await findSubmissions(transaction, rows));
  const people = await findPeople(
    transaction,
    rows.flatMap((row) => [row.created_by, row.released_by]),
  );
  const sums = await sumsOf(transaction, rows);
  const nameOf = (id: string): { id: string; name: string } => people.get(id) ?? { id, name: id };
  return rows.map((row) => {
    const own = sums.filter((sum) => sum.run_id === row.id);
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
      submission: submissions.get(row.id)?.view ?? null,
      bank: {
        settled: own.reduce((count, sum) => count + Number(sum.settled), 0),
        failed: own.reduce((count, sum) => count + Number(sum.failed), 0),
      },
    };
  });
}

interface Sum {
  readonly run_id: string;
  readonly currency: string;
  readonly count: string;
  readonly total: string;
  readonly settled: string;
  readonly failed: string;
}

/** Payments of a run that was taken apart count as they are now: some may be in another by today. */
async function sumsOf(transaction: OfficeTransaction, rows: readonly PaymentRunRow[]): Promise<readonly Sum[]> {
  const links = await paymentsOfRuns(transaction, rows);
  const { rows: sums } = await sql<Sum>`
    select link.run_id, currency, count(*)::text as count, sum(amount)::text as total,
           count(*) filter (where bank_state = 'settled')::text as settled,
           count(*) filter (where bank_state in ('rejected', 'returned'))::text as failed
      from unnest(${links.map(({ runId }) => runId)}::text[], ${links.map(({ paymentId }) => paymentId)}::text[]) as link (run_id, payment_id)
      join payments on payments.id = link.payment_id
     group by 1, 2 order by 2`.execute(transaction);
  return sums;
}

/** Which payments a run holds, or held until it was taken apart, which only the audit log still knows. */
export async function paymentsOfRuns(
  transaction: OfficeTransaction,
  rows: readonly Pick<PaymentRunRow, 'id' | 'status'>[],
): Promise<{ readonly runId: string; readonly paymentId: string }[]> {
  const ids = rows.map(({ id }) => id);
  const held = await transaction.selectFrom('payments').select(['id', 'payment_run_id']).where('payment_run_id', 'in', ids).execute();
  const apart = rows.filter(({ status }) => status === 'cancelled').map(({ id }) => id);
  const { rows: once } = await sql<{ run_id: string; subjects: string[] }>`
    select run_id, subjects from unnest(${apart}::text[]) as run_id
      join audit_entries on subjects @> array[run_id] and action = 'payment-run.proposed'`.execute(transaction);
  return [
    ...held.map((row) => ({ runId: row.payment_run_id ?? '', paymentId: row.id })),
    ...once.flatMap(({ run_id: runId, subjects }) =>
      subjects.filter((id) => id.startsWith('pay_')).map((paymentId) => ({ runId, paymentId })),
    ),
  ];
}
