import type { Consultation, FieldName, ModelBudget, TokenUse } from '#domain/documents';
import { costOf, describeMicros, remainsOf } from '#domain/documents';
import { asDeskhandError } from '#domain/errors';
import type { DocumentReadResult, FieldOffer, ModelAnswer, ModelQuestion } from '#domain/ports';
import { isRefusal, newId, type Transaction } from '#platform';
import type { ActivityContext } from '../flow.ts';
import { lockName } from '../locks.ts';
import { beginningOfMonth, modelPolicyOf, usedSince } from './model-usage.ts';
import type { ModelOnTerms, Office } from '../tasks/office.ts';

interface Subject {
  readonly organizationId: string;
  readonly documentId: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/**
 * Asks a language model about what a reading leaves in doubt: where one is set up, the organization has switched it on and its budget
 * lasts. Whatever goes wrong with it, the reading goes on without. A question is sent once, however often the activity is repeated, and
 * an answer that is there already is not paid again.
 */
export async function withLanguageModel(
  office: Office,
  context: ActivityContext,
  subject: Subject,
  result: DocumentReadResult,
): Promise<DocumentReadResult> {
  const { languageModel: terms } = office;
  const { reading, extraction } = result;
  if (terms === undefined || extraction === null) return result;
  const question = terms.model.questionAbout(reading, extraction);
  if (question === null) return result;
  const begun = await office.database.inOrganization(subject.organizationId, (transaction) =>
    begin(office, terms, transaction, { context, subject, question }),
  );
  if (begun === 'switched-off') return result;
  const { consultation, offers } = 'id' in begun ? await ask(office, terms, { subject, result, begun }) : begun;
  count(office, consultation, 'id' in begun);
  const settled = offers === null ? extraction : terms.model.settle(reading, extraction, question, offers);
  return { ...result, extraction: { ...settled, consultation } };
}

interface Told {
  readonly consultation: Consultation;
  readonly offers: readonly FieldOffer[] | null;
}
/** A question that may be sent now: its row holds the most that it may use. */
interface Begun {
  readonly id: string;
  readonly question: ModelQuestion;
}
type Question = NonNullable<ReturnType<ModelOnTerms['model']['questionAbout']>>;

async function begin(
  office: Office,
  terms: ModelOnTerms,
  transaction: Transaction,
  { context, subject, question }: { readonly context: ActivityContext; readonly subject: Subject; readonly question: Question },
): Promise<Begun | Told | 'switched-off'> {
  const policy = await modelPolicyOf(transaction);
  if (!policy.isOn) return 'switched-off';
  const { model } = terms;
  const { asked } = question;
  if ('withheldBecause' in question) return notAsked(model.name, asked, question.withheldBecause);
  // One at a time: two that both saw the last of the budget would use it twice.
  await lockName(transaction, `llm:${subject.organizationId}`);
  const known = await findKnown(transaction, terms, { key: context.idempotencyKey, documentId: subject.documentId, question });
  if (known !== null) return known;
  const now = office.clock.now();
  const used = await usedSince(transaction, beginningOfMonth(now), terms.prices?.currency ?? null);
  const most = useOf(question.most, terms);
  const short = [terms.budget, ...(policy.budget === null ? [] : [policy.budget])].find((budget) => isShort(budget, used, most));
  if (short !== undefined) return notAsked(model.name, asked, usedUp(short));
  const id = newId('llm');
  await transaction
    .insertInto('llm_questions')
    .values({
      id,
      organization_id: subject.organizationId,
      document_id: subject.documentId,
      key: context.idempotencyKey,
      question_sha256: question.sha256,
      model: model.name,
      asked: [...asked],
      state: 'asked',
      ...chargeOf(question.most, terms),
      ms: null,
      offers: null,
      reason: null,
      asked_at: now,
    })
    .execute();
  return { id, question };
}

function isShort(budget: ModelBudget, used: Parameters<typeof remainsOf>[1], most: Parameters<typeof remainsOf>[1]): boolean {
  return remainsOf(budget, { tokens: used.tokens + most.tokens, micros: used.micros + most.micros }) < 0;
}

function usedUp(budget: ModelBudget): string {
  const what = 'tokens' in budget ? `${budget.tokens} tokens` : `${describeMicros(budget.micros)} in money`;
  return `The language model was not asked: what is left of this month's budget of ${what} may not be enough for this document.`;
}

/** What was answered before to the same question, or what became of this activity's own earlier try. */
async function findKnown(
  transaction: Transaction,
  { model }: ModelOnTerms,
  { key, documentId, question }: { readonly key: string; readonly documentId: string; readonly question: ModelQuestion },
): Promise<Told | null> {
  const rows = await transaction
    .selectFrom('llm_questions')
    .selectAll()
    .where('document_id', '=', documentId)
    .orderBy('asked_at')
    .execute();
  const same = rows.findLast((row) => row.state === 'answered' && row.question_sha256 === question.sha256);
  const row = same ?? rows.find((one) => one.key === key);
  if (row === undefined) return null;
  const isBroken = row.state === 'asked';
  return {
    consultation: {
      model: row.model,
      outcome: row.state === 'answered' ? 'answered' : 'failed',
      reason: isBroken ? 'An earlier try of asking the language model was cut off. It is not asked twice.' : (row.reason ?? ''),
      asked: question.asked,
      tokens: { input: row.input_tokens, output: row.output_tokens },
      cost: costView(row.cost_micros, row.currency),
      ms: row.ms ?? 0,
    },
    offers: row.state === 'answered' && row.model === model.name ? (row.offers as readonly FieldOffer[] | null) : null,
  };
}

async function ask(
  office: Office,
  terms: ModelOnTerms,
  { subject, result, begun }: { readonly subject: Subject; readonly result: DocumentReadResult; readonly begun: Begun },
): Promise<Told> {
  const { id, question } = begun;
  const startedAt = performance.now();
  const answer = await picturesOf(office, subject, result, question)
    .then((pictures) => terms.model.ask(question, pictures))
    .catch((thrown: unknown) => ({ thrown }));
  const ms = Math.round(performance.now() - startedAt);
  const outcome = 'thrown' in answer ? failed(answer.thrown, question) : understood(answer, question);
  if ('thrown' in answer) office.log.warn({ event: 'llm.failed', documentId: subject.documentId }, outcome.reason);
  const charge = chargeOf(outcome.tokens, terms);
  await office.database.inOrganization(subject.organizationId, (transaction) =>
    transaction
      .updateTable('llm_questions')
      .set({
        state: outcome.state,
        ...charge,
        ms,
        offers: outcome.offers === null ? null : JSON.stringify(outcome.offers),
        reason: outcome.reason,
      })
      .where('id', '=', id)
      .execute(),
  );
  return {
    consultation: {
      model: terms.model.name,
      outcome: outcome.state,
      reason: outcome.reason,
      asked: question.asked,
      tokens: outcome.tokens,
      cost: costView(charge.cost_micros, charge.currency),
      ms,
    },
    offers: outcome.offers,
  };
}

interface Outcome {
  readonly state: 'answered' | 'failed';
  readonly reason: string;
  readonly tokens: TokenUse;
  readonly offers: readonly FieldOffer[] | null;
}

/** What is not counted by the server is counted at its most. */
function understood({ offers, tokens }: ModelAnswer, { most, asked }: ModelQuestion): Outcome {
  return {
    state: offers === null ? 'failed' : 'answered',
    reason:
      offers === null
        ? 'The language model gave an answer that could not be understood.'
        : `The language model was asked about ${asked.length} values and suggested ${offers.length}.`,
    tokens: tokens ?? most,
    offers,
  };
}

/** Where it was refused, here or over there, nothing is owed; else it may have worked. */
function failed(thrown: unknown, { most }: ModelQuestion): Outcome {
  const error = asDeskhandError(thrown);
  const isFree = isRefusal(thrown) || typeof error?.details['status'] === 'number';
  return {
    state: 'failed',
    reason: error?.message ?? 'The language model could not be asked.',
    tokens: isFree ? { input: 0, output: 0 } : most,
    offers: null,
  };
}

async function picturesOf(
  office: Office,
  { bytes, fileName }: Subject,
  { reading }: DocumentReadResult,
  { pictures }: ModelQuestion,
): Promise<{ bytes: Uint8Array; mediaType: string }[]> {
  const found = [];
  for (const number of pictures) {
    const page = reading.pages.find((one) => one.number === number);
    const picture = await office.renderer.render({ bytes, fileName }, number, page?.rotation ?? 0);
    if (picture !== null) found.push(picture);
  }
  return found;
}

function notAsked(model: string, asked: readonly FieldName[], reason: string): Told {
  const consultation = { model, outcome: 'not-asked', reason, asked, tokens: { input: 0, output: 0 }, cost: null, ms: 0 } as const;
  return { consultation, offers: null };
}

function useOf(tokens: TokenUse, { prices }: ModelOnTerms): { tokens: number; micros: number } {
  return { tokens: tokens.input + tokens.output, micros: prices === null ? 0 : costOf(tokens, prices) };
}

function chargeOf(tokens: TokenUse, { prices }: ModelOnTerms): Charge {
  return {
    input_tokens: tokens.input,
    output_tokens: tokens.output,
    cost_micros: prices === null ? null : costOf(tokens, prices),
    currency: prices?.currency ?? null,
  };
}
interface Charge {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_micros: number | null;
  readonly currency: string | null;
}

function costView(micros: number | string | null, currency: string | null): Consultation['cost'] {
  return micros === null || currency === null ? null : { amount: describeMicros(Number(micros)), currency };
}

function count({ metrics }: Office, { outcome, tokens, cost, ms }: Consultation, isNew: boolean): void {
  metrics.count('modelQuestions', { outcome: isNew || outcome === 'not-asked' ? outcome : 'known' });
  if (!isNew) return;
  metrics.count('modelTokens', { kind: 'input' }, tokens.input);
  metrics.count('modelTokens', { kind: 'output' }, tokens.output);
  if (cost !== null) metrics.count('modelCost', { currency: cost.currency }, Number(cost.amount));
  metrics.observe('modelSeconds', {}, ms / 1000);
}
