import type { Office } from '../tasks/office.ts';
import type { ActivityContext } from '../flow.ts';
import type { Transaction } from '#platform';
import { lockName } from '../locks.ts';

/**
 * Runs an activity's database work exactly once: its result is written in the same transaction under the activity's
 * idempotency key, and a repeated attempt finds it; one that comes at the same time waits for the first. Works the same
 * on every engine.
 */
export async function once<Result extends object>(
  office: Office,
  context: ActivityContext,
  organizationId: string,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return office.database.inOrganization(organizationId, async (transaction) => {
    await lockName(transaction, context.idempotencyKey);
    const done = await transaction.selectFrom('effects').select('result').where('key', '=', context.idempotencyKey).executeTakeFirst();
    if (done !== undefined) return done.result as Result;
    const result = await work(transaction);
    await transaction
      .insertInto('effects')
      .values({ key: context.idempotencyKey, organization_id: organizationId, result: JSON.stringify(result) })
      .execute();
    return result;
  });
}
