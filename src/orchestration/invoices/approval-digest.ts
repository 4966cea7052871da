import { createHash } from 'node:crypto';
import type { Transaction } from '#platform';
import type { Assessment } from './assessment.ts';
import { codingDigest } from './coding.ts';
import { lineFieldNames } from './invoice-fields.ts';
import type { LoadedInvoice } from './invoices.ts';

/**
 * SHA-256 over what an approver says yes to: who is paid, how much, for which lines of which order, to which account as
 * printed and as found on file, booked where. A change to any of them asks for a new approval (G2).
 */
export function approvalDigest({ row, values }: Pick<LoadedInvoice, 'row' | 'values'>): string {
  const assessment = row.assessment as Assessment | null;
  const facts = [
    row.id,
    row.kind,
    row.number,
    row.supplier_id,
    row.iban,
    assessment?.bankAccount?.accountId ?? null,
    row.po_number,
    row.currency,
    row.net,
    row.tax,
    row.gross,
    row.issued_on,
    row.due_on,
    values.lines.map((line) => lineFieldNames.map((name) => line[name].value)),
    // Left out where nothing is coded: approvals given before there was coding stay good.
    ...(assessment?.coding == null ? [] : [codingDigest(assessment.coding)]),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

/** Whether an invoice, as it is now, carries every yes it needs: that of the policy, or one of another person for each step. */
export async function isApproved(transaction: Transaction, loaded: LoadedInvoice): Promise<boolean> {
  const given = await transaction
    .selectFrom('approvals')
    .select(['decision', 'member_id'])
    .where('invoice_id', '=', loaded.row.id)
    .where('digest', '=', approvalDigest(loaded))
    .execute();
  if (given.some((approval) => approval.decision === 'rejected')) return false;
  if (given.some((approval) => approval.decision === 'automatic')) return true;
  const steps = (loaded.row.assessment as Assessment | null)?.requiredSteps.length ?? 0;
  return new Set(given.map((approval) => approval.member_id)).size >= Math.max(1, steps);
}
