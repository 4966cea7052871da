import type { ApprovalHistoryEntry } from '#domain/accounts-payable';
import type { Transaction } from '#platform';

/** Who approved these very facts of an invoice, and who changed what on it: together they say who may still approve. */
export async function approvalHistory(transaction: Transaction, invoiceId: string, digest: string): Promise<ApprovalHistoryEntry[]> {
  const corrections = await transaction
    .selectFrom('corrections')
    .select(['member_id', 'field'])
    .where('invoice_id', '=', invoiceId)
    .execute();
  const approvals = await transaction
    .selectFrom('approvals')
    .select('member_id')
    .where('invoice_id', '=', invoiceId)
    .where('digest', '=', digest)
    .execute();
  return [
    ...corrections.map(({ member_id: memberId, field }) => ({ kind: 'corrected', memberId, field }) as const),
    ...approvals.flatMap(({ member_id: memberId }) => (memberId === null ? [] : [{ kind: 'approved', memberId } as const])),
  ];
}
