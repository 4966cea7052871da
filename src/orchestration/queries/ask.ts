import { DeskhandError } from '#domain/errors';
import type { Actor, Right } from '#domain/identity';
import type { Transaction } from '#platform';
import { requireRight } from '../commands/require-right.ts';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';

export type OfficeTransaction = Transaction;

/**
 * Checks the right, then asks within the actor's organization: row-level security hides every other one (G5).
 *
 * @throws DH_ORCHESTRATION_NOT_ALLOWED when none of the actor's roles has the right.
 */
export async function ask<Answer>(
  office: Office,
  actor: Actor,
  right: Right,
  question: (transaction: OfficeTransaction) => Promise<Answer>,
): Promise<Answer> {
  requireRight(actor, right);
  return await office.database.inOrganization(actor.organizationId, question);
}

/** @throws DH_ORCHESTRATION_NOT_FOUND when there is no row: unknown ids and other organizations' ids look the same. */
export function found<Row>(row: Row | undefined, noun: string, id: string): Row {
  if (row === undefined) {
    throw new DeskhandError(orchestrationErrors.notFound, `There is no ${noun} ${id} in your organization.`, { details: { id } });
  }
  return row;
}
