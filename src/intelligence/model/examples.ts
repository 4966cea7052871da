import { headerFieldNames } from '#domain/documents';
import type { Extraction, FieldName, Reading } from '#domain/documents';
import { readByRules } from '../extraction/extract-from-words.ts';
import { lookUp } from './context.ts';
import { classOf, poolFor, searchedFields } from './pools.ts';
import type { DocumentClass, FieldPool } from './pools.ts';

/** A document as the model sees it, without its truth. */
export interface Example {
  readonly extraction: Extraction;
  readonly pools: ReadonlyMap<FieldName, FieldPool>;
  readonly documentClass: DocumentClass;
  /** How sure the words themselves are. */
  readonly certainty: number;
}

export function exampleFrom(reading: Reading): Example {
  const { extraction, seen } = readByRules(reading);
  const page = lookUp(seen);
  const pools = new Map(headerFieldNames.map((name) => [name, poolFor(page, extraction, name, searchedFields.has(name))]));
  return { extraction, pools, documentClass: classOf(seen, extraction), certainty: page.certainty };
}
