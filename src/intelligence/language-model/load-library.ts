import { registerHooks } from 'node:module';
import type * as provider from '@ai-sdk/openai-compatible';
import type * as core from 'ai';

/** Vercel's AI SDK, loaded with the first question. */
export interface Library {
  readonly core: typeof core;
  readonly provider: typeof provider;
}

let loaded: Promise<Library> | null = null;

/** Loads it once; a load that failed is tried again. */
export function loadLibrary(): Promise<Library> {
  loaded ??= load().catch((thrown: unknown) => {
    loaded = null;
    throw thrown;
  });
  return loaded;
}

/**
 * We run our own sources under the condition `source`. A package that the library needs (eventsource-parser) has a condition of the same
 * name for its TypeScript, which Node refuses to run there: packages are resolved without it.
 */
async function load(): Promise<Library> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      context.parentURL?.includes('/node_modules/') === true
        ? next(specifier, { ...context, conditions: context.conditions.filter((condition) => condition !== 'source') })
        : next(specifier, context),
  });
  try {
    const [sdk, openAi] = await Promise.all([import('ai'), import('@ai-sdk/openai-compatible')]);
    return { core: sdk, provider: openAi };
  } finally {
    hooks.deregister();
  }
}
