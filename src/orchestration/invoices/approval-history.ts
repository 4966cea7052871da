import type { ApprovalHistoryEntry } from '#domain/accounts-payable';
import type { Transaction } from '#platform';
import { lineFieldNames, type LineFieldName } from './invoice-fields.ts';

type Line = Readonly<Partial<Record<LineFieldName, string | null>>>;

/** Who approved these very facts of an invoice, and who changed what on it: together they say who may still approve. */
export async function approvalHistory(transaction: Transaction, invoiceId: string, digest: string): Promise<ApprovalHistoryEntry[]> {
  const approvals = await transaction
    .selectFrom('approvals')
    .select('member_id')
    .where('invoice_id', '=', invoiceId)
    .where('digest', '=', digest)
    .execute();
  return [
    ...(await changesByPeople(transaction, invoiceId)),
    ...approvals.flatMap(({ member_id: memberId }) => (memberId === null ? [] : [{ kind: 'approved', memberId } as const])),
  ];
}

type ChangeByPerson = Extract<ApprovalHistoryEntry, { kind: 'corrected' }>;

/** What people changed, line by line. Saying that a value is right as it was read changes nothing. */
export async function changesByPeople(transaction: Transaction, invoiceId: string): Promise<ChangeByPerson[]> {
  const corrections = await transaction
    .selectFrom('corrections')
    .select(['member_id', 'field', 'previous', 'value'])
    .where('invoice_id', '=', invoiceId)
    .execute();
  return corrections.flatMap(({ member_id: memberId, field, previous, value }) => {
    const fields = field === 'lines' ? changedLineFields(previous, value) : previous === value ? [] : [field];
    return fields.map((changed) => ({ kind: 'corrected', memberId, field: changed }) as const);
  });
}

function changedLineFields(previous: unknown, value: unknown): string[] {
  const before = (previous ?? []) as readonly Line[];
  const after = (value ?? []) as readonly Line[];
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index).flatMap((index) =>
    lineFieldNames
      .filter((name) => (before[index]?.[name] ?? null) !== (after[index]?.[name] ?? null))
      .map((name) => `lines.${index}.${name}`),
  );
}
