import { randomBytes } from 'node:crypto';
import { DeskhandError } from '#domain/errors';
import type { FieldName } from '#domain/documents';
import type { FieldOffer, LanguageModel, ModelAnswer } from '#domain/ports';
import type { OutsideSystem, Secret } from '#platform';
import { talksToModel } from '../documents/suspicious-text.ts';
import { intelligenceErrors } from '../errors.ts';
import { answerSchema, digestOf, fenced, instructionsFor, mostAnswerTokens } from './ask-about.ts';
import { fieldsInDoubt } from './doubts.ts';
import { loadLibrary, type Library } from './load-library.ts';
import { pageText } from './page-text.ts';
import { settle } from './settle.ts';

export interface LanguageModelOptions {
  /** Base address of the OpenAI-compatible API, such as `https://api.example.com/v1`. */
  readonly url: string;
  readonly model: string;
  /** Null where the server asks for none. */
  readonly key: Secret | null;
  /** Whether pictures of pages go along. */
  readonly takesPictures: boolean;
  readonly system: OutsideSystem;
}

/** More pages than the first and the last say little about the fields of an invoice. */
const mostPictures = 2;
/** What large models take for a page of this size; servers count differently. */
const tokensPerPicture = 3000;
/** What a chat template puts around two messages. */
const templateTokens = 200;

/** A model behind an OpenAI-compatible server. The library that speaks to it is loaded with the first question. */
export function createLanguageModel(options: LanguageModelOptions): LanguageModel {
  const { model: name, takesPictures, system } = options;
  return {
    name,
    questionAbout(reading, extraction) {
      const asked = fieldsInDoubt(extraction);
      if (asked.length === 0) return null;
      const { text: page, pages } = pageText(reading);
      if (page === '') return null;
      if (talksToModel(reading.pages.flatMap(({ words }) => words.map(({ text }) => text)).join(' ')))
        return { asked, withheldBecause: 'The document gives orders to a language model, so none was asked.' };
      const pictures = takesPictures ? [...new Set([...pages.slice(0, 1), ...pages.slice(-1)])].slice(0, mostPictures) : [];
      const bytes = Buffer.byteLength(instructionsFor(asked, newFence())) + Buffer.byteLength(fenced(page, newFence()));
      const most = { input: bytes + templateTokens + pictures.length * tokensPerPicture, output: mostAnswerTokens };
      return { asked, page, pictures, most, sha256: digestOf(name, asked, page, pictures) };
    },
    async ask(question, pictures) {
      // Before the clock of the call starts: it takes up to a second, once.
      const library = await loadLibrary();
      return system.call((signal) => ask(library, options, { ...question, pictures }, signal));
    },
    settle,
  };
}

function newFence(): string {
  return `----- ${randomBytes(16).toString('hex')} -----`;
}

interface Sent {
  readonly asked: readonly FieldName[];
  readonly page: string;
  readonly pictures: readonly { readonly bytes: Uint8Array; readonly mediaType: string }[];
}

async function ask(
  { core, provider: { createOpenAICompatible } }: Library,
  options: LanguageModelOptions,
  { asked, page, pictures }: Sent,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const { generateText, NoObjectGeneratedError, NoOutputGeneratedError, Output } = core;
  const provider = createOpenAICompatible({
    name: 'llm',
    baseURL: options.url,
    supportsStructuredOutputs: true,
    ...(options.key === null ? {} : { apiKey: options.key.reveal() }),
    // Redirects are not followed: the key and the page are for this address alone.
    fetch: (input, init) => fetch(input, { ...init, redirect: 'error' }),
  });
  const fence = newFence();
  const startedAt = performance.now();
  const answered = (offers: ModelAnswer['offers'], usage: Usage | undefined): ModelAnswer => ({
    offers,
    tokens: tokensOf(usage),
    ms: Math.round(performance.now() - startedAt),
  });
  try {
    const result = await generateText({
      model: provider(options.model),
      system: instructionsFor(asked, fence),
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: fenced(page, fence) },
            ...pictures.map(({ bytes, mediaType }) => ({ type: 'file' as const, data: bytes, mediaType })),
          ],
        },
      ],
      output: Output.object({ schema: answerSchema, name: 'values' }),
      maxOutputTokens: mostAnswerTokens,
      temperature: 0,
      // A second try could be paid twice.
      maxRetries: 0,
      abortSignal: signal,
    });
    return answered(offersOf(result.output.values, asked), result.usage);
  } catch (thrown) {
    if (NoOutputGeneratedError.isInstance(thrown)) return answered(null, undefined);
    if (NoObjectGeneratedError.isInstance(thrown)) return answered(null, thrown.usage);
    throw failureOf(thrown, options);
  }
}

function offersOf(
  values: readonly { readonly field: string; readonly value: string; readonly words: readonly number[]; readonly quote: string }[],
  asked: readonly FieldName[],
): FieldOffer[] {
  return values.flatMap(({ field: said, value, words, quote }) => {
    const field = asked.find((one) => one === said);
    return field === undefined ? [] : [{ field, value: value.slice(0, 200), wordIds: words.slice(0, 50), quote: quote.slice(0, 300) }];
  });
}

type Usage = { readonly inputTokens: number | undefined; readonly outputTokens: number | undefined };

function tokensOf(usage: Usage | undefined): ModelAnswer['tokens'] {
  const { inputTokens, outputTokens } = usage ?? {};
  return inputTokens === undefined || outputTokens === undefined ? null : { input: inputTokens, output: outputTokens };
}

/** What the server said, in our words; its own text may repeat the page and stays out. */
function failureOf(thrown: unknown, { url }: LanguageModelOptions): DeskhandError {
  const status = (thrown as { readonly statusCode?: unknown } | null)?.statusCode;
  const host = new URL(url).host;
  if (typeof status === 'number' && status >= 400) {
    const isPassing = status === 408 || status === 429 || status >= 500;
    const definition = isPassing ? intelligenceErrors.modelUnavailable : intelligenceErrors.modelRefused;
    const advice = isPassing
      ? 'It is asked again with the next document.'
      : 'Check DESKHAND_LLM_URL, DESKHAND_LLM_MODEL and DESKHAND_LLM_KEY.';
    return new DeskhandError(definition, `The language model at ${host} refused the question (${status}). ${advice}`, {
      details: { status },
    });
  }
  const message = `The language model at ${host} gave no answer. Check that it can be reached.`;
  return new DeskhandError(intelligenceErrors.modelUnreachable, message, { cause: thrown });
}
