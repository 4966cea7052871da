import type { MatchInput } from '#domain/accounts-payable';
import type { DecisionFacts, PolicyQuestion } from '#domain/policy';
import type { Transaction } from '#platform';
import { sql } from 'kysely';
import { pack, unpack } from './pack.ts';

type Matching = DecisionFacts['matching'];

/** Keeps what an invoice was matched by; what it was approved by before no longer goes with it. */
export async function keepMatching(
  transaction: Transaction,
  organizationId: string,
  invoiceId: string,
  { tolerance: _tolerance, ...matching }: MatchInput,
  now: Date,
): Promise<void> {
  const row = { matching: pack(matching), approval: null, policy_version: null, decided_at: now };
  await transaction
    .insertInto('decision_facts')
    .values({ organization_id: organizationId, invoice_id: invoiceId, ...row })
    .onConflict((conflict) => conflict.columns(['organization_id', 'invoice_id']).doUpdateSet(row))
    .execute();
}

/** Keeps what its approval was decided by, and the version that decided. */
export async function keepApproval(
  transaction: Transaction,
  organizationId: string,
  invoiceId: string,
  decided: { readonly question: PolicyQuestion; readonly version: number; readonly at: Date },
): Promise<void> {
  const row = { approval: pack(decided.question), policy_version: decided.version, decided_at: decided.at };
  await transaction
    .insertInto('decision_facts')
    .values({ organization_id: organizationId, invoice_id: invoiceId, matching: 'null', ...row })
    .onConflict((conflict) => conflict.columns(['organization_id', 'invoice_id']).doUpdateSet(row))
    .execute();
}

export interface PastDecision {
  readonly facts: DecisionFacts;
  readonly version: number;
}

/** Past decisions since a day, so many at a time: what a server holds of them at once stays small. */
export async function* pastDecisions(transaction: Transaction, since: string, pageSize = 500): AsyncGenerator<readonly PastDecision[]> {
  let after = '';
  for (;;) {
    const rows = await transaction
      .selectFrom('decision_facts')
      .select(['invoice_id', 'matching', 'approval', 'policy_version'])
      .where('decided_at', '>=', sql<Date>`${since}::date`)
      .where('approval', 'is not', null)
      .where('invoice_id', '>', after)
      .orderBy('invoice_id')
      .limit(pageSize)
      .execute();
    if (rows.length > 0)
      yield rows.map((row) => ({
        facts: { invoiceId: row.invoice_id, matching: unpack(row.matching) as Matching, approval: unpack(row.approval) as PolicyQuestion },
        version: row.policy_version ?? 0,
      }));
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    after = last.invoice_id;
  }
}

/** Invoices decided since a day before what they were decided by was kept: no backtest can ask about them. */
export async function countWithoutFacts(transaction: Transaction, since: string): Promise<number> {
  const { count } = await transaction
    .selectFrom('invoices')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('created_at', '>=', sql<Date>`${since}::date`)
    .where('status', 'in', ['awaiting-approval', 'approved', 'scheduled', 'paid'])
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('decision_facts')
            .select('decision_facts.invoice_id')
            .whereRef('decision_facts.invoice_id', '=', 'invoices.id')
            .where('decision_facts.approval', 'is not', null),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return Number(count);
}
