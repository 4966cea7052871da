import { decimal, roundTo, subtract, sum, type Money } from '#domain/money';
import { findingsOf } from './statement-findings.ts';
import type { StatementFinding, StatementQuestion } from './statement-types.ts';

export interface StatementResult {
  readonly findings: readonly StatementFinding[];
  readonly balance: {
    /** As the statement says it; null where it does not. */
    readonly stated: Money | null;
    /** What its rows add up to. */
    readonly rows: Money;
    /** What we owe by our books on its day. */
    readonly ours: Money;
    /** Rows less ours: exactly what the findings explain. */
    readonly difference: Money;
    /** Stated less rows: what the statement does not explain itself. */
    readonly unexplained: Money | null;
  };
}

/**
 * Holds a supplier's statement against our books, row by row: as a list of open items, or, where it shows payments, as an account with
 * everything that moved. Each of our items answers one row at most. The difference of both balances is the sum over all findings, to the
 * cent. Pure; amounts of another currency than the statement's are left out.
 */
export function reconcileStatement(question: StatementQuestion): StatementResult {
  const { reading, currency } = question;
  const all = findingsOf(question);
  const rows = sum(
    all.map(({ theirs }) => theirs),
    currency,
  );
  const ours = sum(
    all.map((finding) => finding.ours),
    currency,
  );
  const stated = reading.balance === null ? null : roundTo(decimal(reading.balance), currency);
  const unexplained = stated === null ? null : subtract(stated, rows);
  return { findings: all, balance: { stated, rows, ours, difference: subtract(rows, ours), unexplained } };
}
