import type { AccountCall } from '#domain/accounts-payable';
import type { Transaction } from '#platform';

/** Calls about each bank account by its id, oldest first; those before it was refused last count no more. */
export async function loadAccountCalls(transaction: Transaction): Promise<ReadonlyMap<string, readonly AccountCall[]>> {
  const rows = await transaction
    .selectFrom('bank_account_steps as step')
    .leftJoin('members', 'members.id', 'step.member_id')
    .selectAll('step')
    .select('members.name as member_name')
    .where('step.step', 'in', ['called', 'refused'])
    .orderBy('step.id')
    .execute();
  const calls = new Map<string, AccountCall[]>();
  for (const row of rows) {
    if (row.step === 'refused') calls.delete(row.bank_account_id);
    if (row.step !== 'called' || row.member_id === null || row.outcome === null || row.called_at === null) continue;
    const call = {
      memberId: row.member_id,
      memberName: row.member_name ?? 'Somebody',
      phone: row.phone ?? '',
      phoneSource: row.phone_source ?? '',
      spokeWith: row.spoke_with,
      outcome: row.outcome,
      calledAt: row.called_at.toISOString(),
    };
    calls.set(row.bank_account_id, [...(calls.get(row.bank_account_id) ?? []), call]);
  }
  return calls;
}
