import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import type { Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import { requireRight } from './require-right.ts';
import type { TaskRow } from './task-decision.ts';

/**
 * "It is no fraud, because …": one of the two reasons that a held invoice needs, of two different people.
 *
 * @throws DH_ORCHESTRATION_FOUR_EYES for the same person a second time, DH_ORCHESTRATION_DECISION_INCOMPLETE without a reason.
 */
export async function passGate(transaction: Transaction, actor: Actor, task: TaskRow, note: string | undefined): Promise<void> {
  requireRight(actor, 'fraud-gates:pass');
  const reason = note?.trim() ?? '';
  if (reason === '')
    throw new DeskhandError(orchestrationErrors.decisionIncomplete, 'Say why it may pass (note); it stays on record with your name.');
  const keys = task.facts.exceptionKeys ?? [];
  const invoiceId = task.invoice_id ?? '';
  const own = await transaction
    .selectFrom('gate_passes')
    .select('id')
    .where('invoice_id', '=', invoiceId)
    .where('member_id', '=', actor.memberId)
    .where('exception_key', 'in', [...keys, ''])
    .executeTakeFirst();
  if (own !== undefined) throw new DeskhandError(orchestrationErrors.fourEyes, 'You let this pass already; a second person has to agree.');
  const common = { organization_id: actor.organizationId, invoice_id: invoiceId, member_id: actor.memberId, reason };
  await transaction
    .insertInto('gate_passes')
    .values(keys.map((key) => ({ ...common, exception_key: key })))
    .execute();
}
