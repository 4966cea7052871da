import type { Evidence, Reading } from '#domain/documents';
import { foldIdentifier } from '../matching/text-similarity.ts';

/** Where the number of an agreement stands on a paper; `page` is null where the data of an e-invoice say it. */
export interface PrintedReference {
  readonly page: Evidence['page'] | null;
  readonly wordIds: Evidence['wordIds'];
  /** As printed. */
  readonly text: string;
}

/** Shorter ones stand on any paper by chance: a quantity, an article, the number of a house or, of digits alone, a postcode. */
const shortest = { withLetters: 5, ofDigits: 6 };
/** `MV 2024 / 08 15` is five words. */
const mostWords = 6;
/** Of an e-invoice; the head, where the number stands, comes first. */
const mostXml = 2_000_000;

/** Whether a number is long enough to be looked for in text, where no label says what it is. */
export function isTelling(reference: string): boolean {
  const { length } = foldIdentifier(reference);
  return /\d/.test(reference) && length >= (/\p{L}/u.test(reference) ? shortest.withLetters : shortest.ofDigits);
}

/** Finds a number on a paper as words of its own, however they are spaced; part of a longer number is another number. */
export function findReference(
  reference: string,
  { pages, structuredXml }: Pick<Reading, 'pages' | 'structuredXml'>,
): PrintedReference | null {
  const wanted = foldIdentifier(reference);
  if (!isTelling(reference)) return null;
  for (const { number, words } of pages) {
    const pieces = words.flatMap(({ id, text }) => piecesOf(text).map((piece) => ({ id, piece })));
    const at = findPieces(
      pieces.map(({ piece }) => piece),
      wanted,
    );
    if (at === null) continue;
    const found = pieces.slice(at.from, at.to);
    return { page: number, wordIds: [...new Set(found.map(({ id }) => id))], text: found.map(({ piece }) => piece).join(' ') };
  }
  const said = [...(structuredXml ?? '').slice(0, mostXml).matchAll(/>([^<>]{1,80})</g)].find(
    ([, text = '']) => foldIdentifier(text) === wanted,
  );
  return said === undefined ? null : { page: null, wordIds: [], text: said[1]?.trim() ?? '' };
}

/** The same in the text of a line. */
export function namesReference(text: string, reference: string): boolean {
  return isTelling(reference) && findPieces(text.split(/\s+/).flatMap(piecesOf), foldIdentifier(reference)) !== null;
}

/** `Contract:MV-2024/0815,` is two: a label and a number. */
function piecesOf(text: string): string[] {
  return text.split(/[:;,=()[\]]+/).filter((piece) => foldIdentifier(piece) !== '');
}

function findPieces(pieces: readonly string[], wanted: string): { readonly from: number; readonly to: number } | null {
  const folded = pieces.map(foldIdentifier);
  for (let from = 0; from < folded.length; from += 1) {
    let joined = '';
    for (let to = from; to < Math.min(folded.length, from + mostWords) && joined.length < wanted.length; to += 1) {
      joined += folded[to] ?? '';
      if (joined === wanted) return { from, to: to + 1 };
      if (!wanted.startsWith(joined)) break;
    }
  }
  return null;
}
