import { parseModelBudget } from '#domain/documents';
import { DeskhandError } from '#domain/errors';
import type { Actor } from '#domain/identity';
import { appendAudit } from '#platform';
import { orchestrationErrors } from '../errors.ts';
import type { Office } from '../tasks/office.ts';
import { loadPolicy } from '../invoices/policies.ts';
import { requireRight } from './require-right.ts';

export interface ModelSwitch {
  readonly isOn: boolean;
  /** `200000 tokens`, an amount in the prices' currency, or null for no bound of the organization's own; left out: as it was. */
  readonly budget?: string | null | undefined;
}

/**
 * Says whether the organization's documents may be shown to the language model of this installation, and how much it may use a month.
 *
 * @throws DH_ORCHESTRATION_NOT_ALLOWED; DH_ORCHESTRATION_NOT_FOUND when none is set up; DH_ORCHESTRATION_VALUE_INVALID for a budget that
 *   is none, or in money where no prices are set.
 */
export async function switchLanguageModel(office: Office, actor: Actor, { isOn, budget: wanted }: ModelSwitch): Promise<void> {
  requireRight(actor, 'automation:operate');
  const { languageModel } = office;
  if (languageModel === undefined)
    throw new DeskhandError(
      orchestrationErrors.notFound,
      'No language model is set up here. DESKHAND_LLM_URL and DESKHAND_LLM_MODEL name one.',
    );
  const named = wanted === undefined || wanted === null ? null : parseModelBudget(wanted);
  if (typeof wanted === 'string' && named === null)
    throw new DeskhandError(
      orchestrationErrors.valueInvalid,
      'A budget is a number of tokens such as "200000 tokens", or an amount such as 5.00.',
    );
  if (named !== null && 'micros' in named && languageModel.prices === null)
    throw new DeskhandError(orchestrationErrors.valueInvalid, 'A budget in money needs the prices of the settings. Take one in tokens.');
  await office.database.inOrganization(actor.organizationId, async (transaction) => {
    const { version, content } = await loadPolicy(transaction, 'language-model');
    const next = { isOn, budget: wanted === undefined ? content.budget : named };
    await transaction
      .insertInto('policies')
      .values({
        organization_id: actor.organizationId,
        kind: 'language-model',
        version: version + 1,
        content: JSON.stringify(next),
        created_by: actor.memberId,
      })
      .execute();
    await appendAudit(transaction, actor.organizationId, office.clock.now(), {
      actor: actor.memberId,
      action: 'language-model.switched',
      subjects: [],
      details: { ...next, model: languageModel.model.name, version: version + 1 },
    });
  });
}
