import { isCalendarDay } from '#domain/calendar';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit, type Transaction } from '#platform';
import { requireRight } from '../commands/require-right.ts';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { todayOf } from '../today.ts';
import type { PolicyContent } from './policy-in-force.ts';
import { checkContent, refusalOf } from './policy-world.ts';

export interface PolicyActivation {
  readonly version: number;
  /** The first day on which it decides. @default today */
  readonly effectiveOn?: string | undefined;
}

/**
 * Switches a version on, from today or a later day. Nobody switches on what they wrote; the database refuses it too.
 *
 * @throws DH_ORCHESTRATION_NOT_ALLOWED, DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_FOUR_EYES, DH_ORCHESTRATION_POLICY_NOT_READY with
 *   the first problem or the test cases that fail, DH_ORCHESTRATION_VALUE_INVALID for a day that is past or none.
 */
export async function activatePolicy(office: Office, actor: Actor, { version, effectiveOn }: PolicyActivation): Promise<void> {
  requireRight(actor, 'policies:activate');
  const today = todayOf(office.clock);
  const from = effectiveOn ?? today;
  if (!isCalendarDay(from) || from < today)
    throw new DeskhandError(
      orchestrationErrors.valueInvalid,
      `A policy decides from today (${today}) or a later day on, not from ${from}: what was decided stands.`,
    );
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const { author, content } = await loadVersion(transaction, version);
    if (author === actor.memberId)
      throw new DeskhandError(orchestrationErrors.fourEyes, `You wrote version ${version}: another person must switch it on.`, {
        details: { version },
      });
    const refusal = refusalOf(await checkContent(transaction, content));
    if (refusal !== null)
      throw new DeskhandError(orchestrationErrors.policyNotReady, `Version ${version} can't be switched on. ${refusal}`, {
        details: { version },
      });
    await transaction
      .insertInto('policy_activations')
      .values({ organization_id: actor.organizationId, version, author, activated_by: actor.memberId, effective_on: from })
      .execute();
    await appendAudit(transaction, actor.organizationId, office.clock.now(), {
      actor: actor.memberId,
      action: 'policy.activated',
      subjects: [author],
      details: { version, name: content.tables.name, effectiveOn: from },
    });
  });
}

/** @throws DH_ORCHESTRATION_NOT_FOUND */
export async function loadVersion(
  transaction: Transaction,
  version: number,
): Promise<{ readonly author: string; readonly content: PolicyContent }> {
  const row = await transaction
    .selectFrom('policy_versions')
    .select(['created_by', 'content'])
    .where('version', '=', version)
    .executeTakeFirst();
  if (row === undefined)
    throw new DeskhandError(orchestrationErrors.notFound, `There is no saved version ${version} of the policy.`, { details: { version } });
  return { author: row.created_by, content: row.content as PolicyContent };
}
