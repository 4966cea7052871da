import type { Extraction, Reading } from '#domain/documents';
import { headerFields } from './field.ts';

/** Changes with every change of rules, so that a stored extraction can be replayed (G6). */
export const extractorVersion = 'rules-1';

/** Finds the fields of a business document in its reading, each with its grounds. Never throws on any reading. */
export function extract(reading: Reading): Extraction {
  return {
    documentType: 'other',
    documentTypeConfidence: 0,
    fields: headerFields({}),
    lines: [],
    proof: { equations: [] },
    problems: reading.problems,
    language: null,
    extractorVersion,
  };
}
