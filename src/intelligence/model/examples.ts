import { headerFieldNames } from '#domain/documents';
import type { Extraction, FieldName, Reading } from '#domain/documents';
import { readByRules } from '../extraction/extract-from-words.ts';
import { lookUp } from './context.ts';
import { classOf, poolFor, searchedFields } from './pools.ts';
import type { DocumentClass, FieldPool } from './pools.ts';

/** A document as the model sees it, without its truth. */
export interface Example {
  readonly extraction: Extraction;
  /** What the rules proposed: judging looks at this alone, here as later. */
  readonly proposed: ReadonlyMap<FieldName, FieldPool>;
  /** With everything of the right shape on the page, for the fields that are searched. */
  readonly searched: ReadonlyMap<FieldName, FieldPool>;
  readonly documentClass: DocumentClass;
  /** How sure the words themselves are. */
  readonly certainty: number;
}

export function exampleFrom(reading: Reading): Example {
  const { extraction, seen } = readByRules(reading);
  const page = lookUp(seen);
  const poolsOf = (names: readonly FieldName[], isSearched: boolean): Map<FieldName, FieldPool> =>
    new Map(names.map((name) => [name, poolFor(page, extraction, name, isSearched)]));
  const proposed = poolsOf(headerFieldNames, false);
  const searched = poolsOf([...searchedFields], true);
  return { extraction, proposed, searched, documentClass: classOf(seen, extraction), certainty: page.certainty };
}
