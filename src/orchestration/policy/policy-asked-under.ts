import type { Transaction } from '#platform';
import type { Office } from '../tasks/office.ts';
import type { TaskFacts } from '../tasks/tasks.ts';
import { todayOf } from '../today.ts';
import { policyInForce, policyOfVersion, type LoadedPolicy } from './policy-in-force.ts';

/**
 * The version that decides an invoice: the one its approval was first asked under, as long as nothing about it changes,
 * so that nobody is asked by one rule and counted by another; else the one in force today.
 */
export async function policyAskedUnder(office: Office, transaction: Transaction, invoiceId: string, digest: string): Promise<LoadedPolicy> {
  const tasks = await transaction
    .selectFrom('tasks')
    .select('facts')
    .where('invoice_id', '=', invoiceId)
    .where('kind', '=', 'approval')
    .orderBy('created_at')
    .execute();
  const asked = tasks.map(({ facts }) => facts as TaskFacts).find((facts) => facts.digest === digest && facts.policyVersion !== undefined);
  const earlier = asked?.policyVersion === undefined ? null : await policyOfVersion(transaction, asked.policyVersion);
  return earlier ?? (await policyInForce(transaction, todayOf(office.clock)));
}
