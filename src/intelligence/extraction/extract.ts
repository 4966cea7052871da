import type { Extraction, Reading } from '#domain/documents';
import { extractFromWords } from './extract-from-words.ts';

/** Finds the fields of a business document in its reading, each with its grounds. Never throws on any reading. */
export function extract(reading: Reading): Extraction {
  return extractFromWords(reading);
}
