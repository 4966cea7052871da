import type { Actor } from '#domain/identity';
import { appendAudit } from '#platform';
import { requireRight } from '../commands/require-right.ts';
import { takeTurn } from '../locks.ts';
import type { Office } from '../tasks/office.ts';
import { loadSettings, type PolicyContent } from './policy-in-force.ts';
import { checkContent, type PolicyCheck } from './policy-world.ts';

export interface PolicyDraft extends PolicyContent {
  /** What is new in it, for whoever switches it on. */
  readonly note: string;
  /** Checks it, and saves nothing. @default false */
  readonly isDryRun?: boolean | undefined;
}
export interface SavedPolicy extends PolicyCheck {
  /** Null after a dry run. */
  readonly version: number | null;
}

/**
 * Saves tables and test cases as a new version, which decides nothing until somebody else switches it on. Problems are
 * told, and do not keep it from being saved.
 *
 * @throws DH_ORCHESTRATION_NOT_ALLOWED
 */
export async function savePolicy(
  office: Office,
  actor: Actor,
  { tables, cases, note, isDryRun = false }: PolicyDraft,
): Promise<SavedPolicy> {
  requireRight(actor, 'policies:edit');
  return await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const check = await checkContent(transaction, { tables, cases });
    if (isDryRun) return { version: null, ...check };
    // Numbers follow each other, also where two people save at once.
    await takeTurn(transaction, actor.organizationId);
    const last = await transaction
      .selectFrom('policy_versions')
      .select(({ fn }) => fn.max('version').as('version'))
      .executeTakeFirst();
    const version = Math.max(last?.version ?? 0, (await loadSettings(transaction)).version) + 1;
    await transaction
      .insertInto('policy_versions')
      .values({
        organization_id: actor.organizationId,
        version,
        content: JSON.stringify({ tables, cases }),
        note,
        created_by: actor.memberId,
      })
      .execute();
    await appendAudit(transaction, actor.organizationId, office.clock.now(), {
      actor: actor.memberId,
      action: 'policy.saved',
      subjects: [],
      details: { version, name: tables.name, note, problems: check.problems.length },
    });
    return { version, ...check };
  });
}
