import type { Reading } from '#domain/documents';
import type { UnpackedMessage } from '#domain/messages';
import type { DocumentReadResult } from '#domain/ports';

/** Problems that say that the file beat its reader, not what is wrong with the file. */
const beaten = new Set(['timed-out', 'out-of-memory', 'reader-crashed', 'unpacker-crashed']);

/** What is wrong with how a file was read; nothing for a reader that did its work. */
export function faultsOfReading({ reading, extraction }: DocumentReadResult): string[] {
  const isUsable = reading.structuredXml !== null || reading.pages.some((page) => page.words.length > 0);
  return [
    ...reading.problems.filter(({ code }) => beaten.has(code)).map(({ code }) => `it ended with ${code}`),
    ...(isUsable || reading.problems.some(({ severity }) => severity === 'error') ? [] : ['nothing was read, and no problem says why']),
    ...[...reading.problems, ...(extraction?.problems ?? [])].flatMap(faultsOfProblem),
    ...faultsOfPages(reading),
    ...unstorable('reading', reading),
    ...unstorable('extraction', extraction),
  ];
}

/** What is wrong with how a message was opened. */
export function faultsOfUnpacking(message: UnpackedMessage): string[] {
  const { parts, ...rest } = message;
  return [
    ...message.problems.filter(({ code }) => beaten.has(code)).map(({ code }) => `it ended with ${code}`),
    ...message.problems.flatMap(faultsOfProblem),
    ...(parts.every(({ fileName }) => fileName.trim() !== '') ? [] : ['a document without a name']),
    ...unstorable('message', { ...rest, parts: parts.map(({ fileName, path }) => ({ fileName, path })) }),
  ];
}

function faultsOfProblem({ code, message }: { readonly code: string; readonly message: string }): string[] {
  if (!/^[a-z0-9-]+$/.test(code)) return [`a problem without a name: ${code}`];
  // A sentence for a person, not a stack or an exception's own words.
  const isPlain =
    /^\S.{9,}[.?!]$/s.test(message) &&
    !/\b(?:TypeError|RangeError|undefined|NaN|at \w+ \()/.test(message.replaceAll(/"[^"]*"|“[^”]*”/g, ''));
  return isPlain ? [] : [`problem ${code} is not in plain words: ${message.slice(0, 120)}`];
}

function faultsOfPages({ pages }: Reading): string[] {
  const words = pages.flatMap((page) => page.words);
  return [
    ...(words.every(({ box }) => box.length === 4 && box.every(Number.isFinite)) ? [] : ['a word without a place']),
    ...(words.every(({ text }) => text.trim() !== '') ? [] : ['a word without text']),
    ...(new Set(words.map(({ id }) => id)).size === words.length ? [] : ['two words with one id']),
    ...(pages.every(({ width, height }) => Number.isFinite(width) && Number.isFinite(height)) ? [] : ['a page without a size']),
  ];
}

/** Postgres takes neither the character NUL nor half a surrogate pair, in text or in JSON. */
function unstorable(what: string, value: unknown): string[] {
  const text = JSON.stringify(value) ?? '';
  return /(?<!\\)(?:\\\\)*\\u0000/.test(text)
    ? [`the ${what} holds the character NUL`]
    : /(?<!\\)(?:\\\\)*\\ud[89a-f]/i.test(text)
      ? [`the ${what} holds half a character`]
      : [];
}
