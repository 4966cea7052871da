import type { Actor } from '#domain/identity';
import { DeskhandError } from '#domain/errors';
import { appendAudit, newId, type Transaction } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { endPause } from '../intake/pauses.ts';
import { workflowNames } from '../workflows/names.ts';
import { requireRight } from './require-right.ts';

/** What to pause: all of the organization, one of its connections, one kind of workflow, or the whole installation. */
export type PauseTarget =
  | { readonly scope: 'organization' | 'installation' }
  | { readonly scope: 'connection'; readonly connectionId: string }
  | { readonly scope: 'workflow'; readonly workflow: string };

interface PauseOrder {
  readonly target: PauseTarget;
  /** Why, for those who find it standing still. */
  readonly reason: string;
}

/**
 * Stops what runs by itself, within a second and on all servers: nothing new is admitted, and no activity begins. What
 * has begun is finished; people go on, and what they decide is recorded and takes effect after `resumeWork`. A connection
 * that is paused fetches nothing and none of its waiting messages begin; what came in earlier goes on. Twice is once.
 *
 * @throws DH_ORCHESTRATION_NOT_ALLOWED: the whole installation is for an administrator of its first organization.
 *   DH_ORCHESTRATION_NOT_FOUND, DH_ORCHESTRATION_VALUE_INVALID when there is no reason.
 */
export async function pauseWork(office: Office, actor: Actor, { target, reason }: PauseOrder): Promise<{ readonly isNew: boolean }> {
  requireRight(actor, 'automation:operate');
  const why = reason.trim();
  if (why === '') throw new DeskhandError(orchestrationErrors.valueInvalid, 'Say why: others will find it standing still.');
  if (target.scope === 'installation') await requireOperator(office, actor);
  else await office.database.inOrganization(actor.organizationId, (transaction) => requireTarget(transaction, target));
  const now = office.clock.now();
  const isNew = await inReach(office, actor, target, async (transaction) => {
    const inserted = await transaction
      .insertInto('pauses')
      .values({
        id: newId('pau'),
        organization_id: target.scope === 'installation' ? null : actor.organizationId,
        scope: target.scope,
        subject: subjectOf(target),
        reason: why,
        paused_by: actor.memberId,
        paused_by_name: actor.name,
        paused_at: now,
        resumed_by: null,
        resumed_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (inserted !== undefined && target.scope !== 'installation')
      await record(transaction, actor, now, 'automation.paused', target, { reason: why });
    return inserted !== undefined;
  });
  if (isNew && target.scope === 'installation') await recordApart(office, actor, 'automation.paused', target, { reason: why });
  return { isNew };
}

/**
 * Lets it go on, from where it stood. Nothing is lost meanwhile. Twice is once.
 *
 * @returns how many workflows had come upon the pause and are woken.
 * @throws DH_ORCHESTRATION_NOT_ALLOWED
 */
export async function resumeWork(
  office: Office,
  actor: Actor,
  { target, reason }: PauseOrder,
): Promise<{ readonly isNew: boolean; readonly woken: number }> {
  requireRight(actor, 'automation:operate');
  if (target.scope === 'installation') await requireOperator(office, actor);
  const now = office.clock.now();
  const outcome = await inReach(office, actor, target, async (transaction) => {
    const pause = await transaction
      .selectFrom('pauses')
      .select('id')
      .where('scope', '=', target.scope)
      .where('subject', '=', subjectOf(target))
      .where('organization_id', target.scope === 'installation' ? 'is' : '=', target.scope === 'installation' ? null : actor.organizationId)
      .where('resumed_at', 'is', null)
      .executeTakeFirst();
    if (pause === undefined) return { isNew: false, woken: 0 };
    const woken = await endPause(transaction, pause.id, { memberId: actor.memberId, at: now });
    if (target.scope !== 'installation') await record(transaction, actor, now, 'automation.resumed', target, { reason, woken });
    return { isNew: true, woken };
  });
  if (outcome.isNew && target.scope === 'installation') {
    await recordApart(office, actor, 'automation.resumed', target, { reason, woken: outcome.woken });
  }
  return outcome;
}

/** A pause of the installation belongs to no organization: only the system role may write it. */
function inReach<Result>(
  office: Office,
  actor: Actor,
  target: PauseTarget,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return target.scope === 'installation' ? office.database.inSystem(work) : office.database.inOrganization(actor.organizationId, work);
}

/** Whoever set Deskhand up here answers for all who use it. */
async function requireOperator(office: Office, actor: Actor): Promise<void> {
  const first = await office.database.inSystem((transaction) =>
    transaction.selectFrom('organizations').select('id').orderBy('created_at').orderBy('id').limit(1).executeTakeFirst(),
  );
  if (first?.id === actor.organizationId && actor.roles.includes('administrator')) return;
  throw new DeskhandError(
    orchestrationErrors.notAllowed,
    'The whole installation is stopped by an administrator of the organization that runs it. You can stop your own organization.',
  );
}

async function requireTarget(transaction: Transaction, target: PauseTarget): Promise<void> {
  if (target.scope === 'workflow' && !workflowNames.includes(target.workflow)) {
    const message = `There is no workflow ${target.workflow}. Take one of: ${workflowNames.join(', ')}.`;
    throw new DeskhandError(orchestrationErrors.notFound, message);
  }
  if (target.scope !== 'connection') return;
  const row = await transaction.selectFrom('connections').select('id').where('id', '=', target.connectionId).executeTakeFirst();
  if (row === undefined) throw new DeskhandError(orchestrationErrors.notFound, `There is no connection ${target.connectionId}.`);
}

function subjectOf(target: PauseTarget): string {
  if (target.scope === 'connection') return target.connectionId;
  return target.scope === 'workflow' ? target.workflow : '';
}

function recordApart(office: Office, actor: Actor, action: string, target: PauseTarget, details: Record<string, unknown>): Promise<void> {
  return office.database.inOrganization(actor.organizationId, (transaction) =>
    record(transaction, actor, office.clock.now(), action, target, details),
  );
}

async function record(
  transaction: Transaction,
  actor: Actor,
  now: Date,
  action: string,
  target: PauseTarget,
  details: Record<string, unknown>,
): Promise<void> {
  await appendAudit(transaction, actor.organizationId, now, {
    actor: actor.memberId,
    action,
    subjects: target.scope === 'connection' ? [target.connectionId] : [],
    details: { scope: target.scope, subject: subjectOf(target), ...details },
  });
}
