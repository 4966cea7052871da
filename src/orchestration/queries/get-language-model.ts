import { describeMicros, type ModelBudget } from '#domain/documents';
import { mayDo, type Actor } from '#domain/identity';
import { beginningOfMonth, usedSince } from '../invoices/model-usage.ts';
import type { Office } from '../tasks/office.ts';
import { loadPolicy } from '../invoices/policies.ts';
import { ask } from './ask.ts';

interface ModelView {
  /** Null where none is set up. */
  model: string | null;
  isOn: boolean;
  maySwitch: boolean;
  /** Of each organization, by the settings; and what this one set itself. */
  budget: string | null;
  ownBudget: string | null;
  /** Since the first of the month, UTC. */
  month: { since: string; questions: number; inputTokens: number; outputTokens: number; cost: { amount: string; currency: string } | null };
}

/** Whether documents are shown to a language model, and what that took this month. */
export async function getLanguageModel(office: Office, actor: Actor): Promise<ModelView> {
  const { languageModel } = office;
  const since = beginningOfMonth(office.clock.now());
  const currency = languageModel?.prices?.currency ?? null;
  return await ask(office, actor, 'tasks:read', async (transaction) => {
    const { content } = await loadPolicy(transaction, 'language-model');
    const used = await usedSince(transaction, since, currency);
    return {
      model: languageModel?.model.name ?? null,
      isOn: content.isOn && languageModel !== undefined,
      maySwitch: mayDo(actor, 'automation:operate'),
      budget: languageModel === undefined ? null : inWords(languageModel.budget, currency),
      ownBudget: content.budget === null ? null : inWords(content.budget, currency),
      month: {
        since: since.toISOString(),
        questions: used.questions,
        inputTokens: used.input,
        outputTokens: used.output,
        cost: currency === null ? null : { amount: describeMicros(used.micros), currency },
      },
    };
  });
}

function inWords(budget: ModelBudget, currency: string | null): string {
  return 'tokens' in budget ? `${budget.tokens} tokens` : `${describeMicros(budget.micros)} ${currency ?? ''}`.trim();
}
