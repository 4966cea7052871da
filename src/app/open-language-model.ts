import type { Consultation } from '#domain/documents';
import { costOf, describeMicros, remainsOf } from '#domain/documents';
import { asDeskhandError } from '#domain/errors';
import type { DocumentReadResult, PageRenderer } from '#domain/ports';
import { createLanguageModel } from '#intelligence';
import type { ModelOnTerms } from '#orchestration';
import { createMetrics, createOutsideCalls, type Config, type OutsideCalls } from '#platform';

/** The language model of the settings; none where they name none. Nothing is loaded or sent before the first question. */
export function openLanguageModel({ languageModel: set }: Config, calls: OutsideCalls): ModelOnTerms | undefined {
  if (set === null) return undefined;
  const { url, model, key, takesPictures, prices, budget } = set;
  return { model: createLanguageModel({ url, model, key, takesPictures, system: calls.to('llm') }), prices, budget };
}

/** Lays a model's suggestions over what was read of one file. */
export type AskModel = (
  file: { readonly fileName: string; readonly bytes: Uint8Array },
  result: DocumentReadResult,
) => Promise<DocumentReadResult>;

/**
 * The model for reading files without a server: nothing is remembered, and the budget of the settings is that of one run. What is under
 * way counts at its most.
 */
export function openModelForFiles(config: Config, renderer: PageRenderer): AskModel {
  const calls = createOutsideCalls({ metrics: createMetrics(), changes: config.outsideLimits });
  const terms = openLanguageModel(config, calls);
  if (terms === undefined) return (_, result) => Promise.resolve(result);
  const { model, prices, budget } = terms;
  const used = { tokens: 0, micros: 0 };
  const charge = ({ input, output }: Consultation['tokens'], times: 1 | -1): void => {
    used.tokens += times * (input + output);
    used.micros += times * (prices === null ? 0 : costOf({ input, output }, prices));
  };
  return async ({ fileName, bytes }, result) => {
    const { reading, extraction } = result;
    const question = extraction === null ? null : model.questionAbout(reading, extraction);
    if (extraction === null || question === null) return result;
    const told = (outcome: Consultation['outcome'], reason: string, tokens = { input: 0, output: 0 }, ms = 0): Consultation => ({
      model: model.name,
      outcome,
      reason,
      asked: question.asked,
      tokens,
      cost: prices === null ? null : { amount: describeMicros(costOf(tokens, prices)), currency: prices.currency },
      ms,
    });
    const withTold = (consultation: Consultation, settled = extraction): DocumentReadResult => ({
      ...result,
      extraction: { ...settled, consultation },
    });
    if ('withheldBecause' in question) return withTold(told('not-asked', question.withheldBecause));
    charge(question.most, 1);
    if (remainsOf(budget, used) < 0) {
      charge(question.most, -1);
      return withTold(told('not-asked', 'What is left of the budget may not be enough for this document.'));
    }
    const startedAt = performance.now();
    try {
      const rendered = question.pictures.map((page) => renderer.render({ fileName, bytes }, page, reading.pages[page - 1]?.rotation ?? 0));
      const pictures = (await Promise.all(rendered)).filter((picture) => picture !== null);
      const { offers, tokens, ms } = await model.ask(question, pictures);
      charge(question.most, -1);
      charge(tokens ?? question.most, 1);
      const settled = offers === null ? extraction : model.settle(reading, extraction, question, offers);
      const reason = offers === null ? 'Its answer could not be understood.' : `It suggested ${offers.length} values.`;
      return withTold(told(offers === null ? 'failed' : 'answered', reason, tokens ?? question.most, ms), settled);
    } catch (thrown) {
      // What it may have used stays charged.
      const reason = asDeskhandError(thrown)?.message ?? 'It could not be asked.';
      return withTold(told('failed', reason, undefined, Math.round(performance.now() - startedAt)));
    }
  };
}
